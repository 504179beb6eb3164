// Rows of the ledger in parts: those in view are asked for, the others when they come into it. When the
// case changes, what is in view is asked for again; numbers only grow, so rows keep their places.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, type LedgerSums, type Row } from '../api';
import { useFollow } from '../load';
import type { LedgerView } from '../nav';

const PART = 100;

export interface Rows {
  sums: LedgerSums | null;
  at: (row: number) => Row | null;
  error: unknown;
  again: () => void;
  onView: (first: number, last: number) => void;
}

interface State {
  key: string;
  sums: LedgerSums | null;
  parts: Map<number, Row[]>;
  error: unknown;
}

/** Kept while a document is open, so that coming back shows the same list at once. */
let kept: State = { key: '', sums: null, parts: new Map(), error: null };

export function useRows(view: LedgerView): Rows {
  const { again: _, ...filters } = view;
  const key = JSON.stringify(filters);
  const [state, setState] = useState<State>(kept);
  const [tries, setTries] = useState(0);
  const asked = useRef(new Set<number>());
  const seen = useRef<[number, number]>([0, 0]);
  const control = useRef(new AbortController());

  const keep = (next: State) => {
    kept = next;
    setState(next);
  };
  // The rows of another list are not those of this one.
  const fail = (error: unknown) =>
    keep(kept.key === key ? { ...kept, error } : { key, sums: null, parts: new Map(), error });
  const put = (part: number, rows: Row[]) => {
    if (kept.key === key) keep({ ...kept, parts: new Map(kept.parts).set(part, rows), error: null });
  };

  const ask = (part: number) => {
    if (asked.current.has(part)) return;
    asked.current.add(part);
    const { signal } = control.current;
    api.ledger(view, part * PART, PART, signal).then(
      ({ rows }) => signal.aborted || put(part, rows),
      (error: unknown) => {
        asked.current.delete(part);
        if (!signal.aborted) fail(error);
      },
    );
  };

  useEffect(() => {
    control.current = new AbortController();
    const { signal } = control.current;
    const same = kept.key === key && kept.sums !== null;
    asked.current = new Set(same ? kept.parts.keys() : []);
    const first = Promise.all([api.ledgerSums(view, signal), api.ledger(view, 0, PART, signal)]);
    first.then(
      ([sums, { rows }]) => {
        if (signal.aborted) return;
        asked.current.add(0);
        const parts = new Map(kept.key === key ? kept.parts : []);
        keep({ key, sums, parts: parts.set(0, rows), error: null });
      },
      (error: unknown) => signal.aborted || fail(error),
    );
    return () => control.current.abort();
  }, [key, tries]);

  useFollow(async () => {
    const { signal } = control.current;
    const [first, last] = seen.current;
    const shown: number[] = [];
    for (let part = Math.floor(first / PART); part <= Math.floor(last / PART); part++) shown.push(part);
    try {
      const sums = await api.ledgerSums(view, signal);
      const lists = await Promise.all(shown.map((part) => api.ledger(view, part * PART, PART, signal)));
      if (signal.aborted || kept.key !== key) return;
      // What is out of view is asked for again when it comes into it.
      asked.current = new Set(shown);
      const parts = new Map(shown.map((part, i) => [part, lists[i]!.rows]));
      keep({ key, sums, parts, error: null });
    } catch {
      return; // what is shown stays
    }
  });

  const onView = useCallback(
    (first: number, last: number) => {
      seen.current = [first, last];
      if (kept.key !== key) return;
      for (let part = Math.floor(first / PART); part <= Math.floor(last / PART); part++) ask(part);
    },
    [key],
  );
  const mine = state.key === key;
  return {
    sums: state.sums,
    at: (row) => (mine ? (state.parts.get(Math.floor(row / PART))?.[row % PART] ?? null) : null),
    error: mine ? state.error : null,
    again: () => setTries((n) => n + 1),
    onView,
  };
}
