// A list of terms, searched in parts: progress can be shown and the rest given up at any time. It goes
// on while other screens are looked at.

import { useLayoutEffect, useState } from 'preact/hooks';
import { api, type BatchRow } from '../api';

const PART_LINES = 100;
const PART_BYTES = 40_000;
const TERMS_MAX = 10_000;

export interface Batch {
  rows: BatchRow[];
  /** Lines that hold something. */
  total: number;
  running: boolean;
  error: unknown;
}

const none: Batch = { rows: [], total: 0, running: false, error: null };
let batch = none;
let control = new AbortController();
const listeners = new Set<(batch: Batch) => void>();

function tell(change: Partial<Batch>): void {
  batch = { ...batch, ...change };
  for (const listener of listeners) listener(batch);
}

export function useBatch(): Batch {
  const [state, setState] = useState(batch);
  useLayoutEffect(() => {
    setState(batch);
    listeners.add(setState);
    return () => {
      listeners.delete(setState);
    };
  }, []);
  return state;
}

interface Line {
  line: number;
  term: string;
}

function bad({ line, term }: Line, reason: string): BatchRow {
  return { line, term, documents: 0, pages: 0, as_words: false, note: null, reason };
}

/** Why a line is not even sent. */
function reasonOf(term: string, at: number): string | null {
  if (at >= TERMS_MAX) return 'a list has at most 10,000 terms';
  if (term.includes('\ufffd')) return 'not UTF-8';
  if (new TextEncoder().encode(term).length > 8192) return 'longer than 8,192 bytes';
  return null;
}

function linesOf(text: string): Line[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((term, i) => ({ line: i + 1, term: term.trim() }))
    .filter(({ term }) => term !== '');
}

/** The next lines that fit one request; one that is large goes alone. */
function partOf(lines: Line[], from: number): Line[] {
  const part: Line[] = [];
  let bytes = 0;
  for (const line of lines.slice(from, from + PART_LINES)) {
    bytes += new TextEncoder().encode(JSON.stringify(line.term)).length;
    if (part.length > 0 && bytes > PART_BYTES) break;
    part.push(line);
  }
  return part;
}

async function search(lines: Line[], signal: AbortSignal): Promise<void> {
  for (let at = 0; at < lines.length; ) {
    const part = partOf(lines, at);
    const { rows } = await api.batch(part.map(({ term }) => term).join('\n'), signal);
    if (signal.aborted) return;
    const done = rows.map((row, i) => ({ ...row, line: part[i]!.line }));
    tell({ rows: [...batch.rows, ...done].sort((a, b) => a.line - b.line) });
    at += rows.length;
  }
}

export function startBatch(text: string): void {
  stopBatch();
  control = new AbortController();
  const { signal } = control;
  const lines = linesOf(text);
  const refused = lines.flatMap((line, i) => {
    const reason = reasonOf(line.term, i);
    return reason ? [bad(line, reason)] : [];
  });
  const lost = new Set(refused.map(({ line }) => line));
  tell({ rows: refused, total: lines.length, running: true, error: null });
  search(lines.filter(({ line }) => !lost.has(line)), signal).then(
    () => !signal.aborted && tell({ running: false }),
    (error: unknown) => !signal.aborted && tell({ running: false, error }),
  );
}

export function stopBatch(): void {
  control.abort();
  tell({ running: false });
}
