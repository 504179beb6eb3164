// The results of a query in parts: those in view are asked for, the others when they come into it.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, type Hit, type SearchResult } from '../api';
import { useFollow } from '../load';
import type { Query } from '../nav';
import { compose, wordsOf } from './compose';

const PART = 40;
/** Parts that are kept; those far from the view are asked for again. */
const PARTS_KEPT = 50;

export interface Results {
  first: SearchResult | null;
  /** What was asked in the end: the query with all that narrows it. */
  asked: string;
  at: (row: number) => Hit | null;
  loading: boolean;
  error: unknown;
  again: () => void;
  /** The case has changed since: how many documents more there are, 0 or fewer when it is other ones; null: as shown. */
  newer: number | null;
  /** What people marked on these documents is other than shown. */
  renew: (items: number[]) => void;
  onView: (first: number, last: number) => void;
}

interface State {
  key: string;
  asked: string;
  first: SearchResult | null;
  parts: Map<number, Hit[]>;
  error: unknown;
  newer: number | null;
}

const nothing: State = { key: '', asked: '', first: null, parts: new Map(), error: null, newer: null };

/** Kept while a document is open, so that coming back shows the same list at once. */
let kept: State = nothing;

async function askFirst(query: Query, signal: AbortSignal): Promise<{ asked: string; first: SearchResult }> {
  const asked = compose(query);
  const first = await api.search(asked, query, 0, PART, signal);
  if (!first.as_words || asked === query.q) return { asked, first };
  const { within, q, filters, named } = query;
  const words = compose({ q: wordsOf(q), within: within.map(wordsOf), filters, named });
  const plain = await api.search(words, query, 0, PART, signal);
  return { asked: words, first: { ...plain, as_words: true, note: first.note } };
}

/** With one part more, and without the farthest when there are too many. */
function withPart(parts: Map<number, Hit[]>, part: number, hits: Hit[]): Map<number, Hit[]> {
  const next = new Map(parts).set(part, hits);
  if (next.size <= PARTS_KEPT) return next;
  const farthest = [...next.keys()].reduce((a, b) => (Math.abs(b - part) > Math.abs(a - part) ? b : a));
  next.delete(farthest);
  return next;
}

/** By how many documents more a later answer differs; null: not that it could be seen. */
function differs(now: SearchResult, then: SearchResult | null): number | null {
  if (!then) return null;
  const same = now.total === then.total && JSON.stringify(now.names) === JSON.stringify(then.names);
  return same ? null : now.total - then.total;
}

export function useResults(query: Query): Results {
  const key = JSON.stringify(query);
  const [state, setState] = useState<State>(kept);
  const [turn, setTurn] = useState(0);
  const asked = useRef(new Set<number>());
  const control = useRef(new AbortController());

  const keep = (next: State) => {
    kept = next;
    setState(next);
  };
  const again = useCallback(() => {
    kept = { ...kept, key: '' };
    setTurn((n) => n + 1);
  }, []);

  const look = async () => {
    const { signal } = control.current;
    if (kept.key !== key || !kept.first) return;
    const now = await api.search(kept.asked, query, 0, 1, signal, false).catch(() => null);
    if (now && !signal.aborted && kept.key === key) keep({ ...kept, newer: differs(now, kept.first) });
  };

  useEffect(() => {
    control.current = new AbortController();
    const { signal } = control.current;
    asked.current = new Set([0]);
    if (kept.key === key && kept.first) void look();
    else
      askFirst(query, signal).then(
        ({ asked: whole, first }) =>
          !signal.aborted && keep({ key, asked: whole, first, parts: new Map([[0, first.hits]]), error: null, newer: null }),
        (error: unknown) => !signal.aborted && keep({ ...nothing, key, error }),
      );
    return () => control.current.abort();
  }, [key, turn]);

  // The list stays as it is read, until the reader wants what is new; what fails is asked with the next change.
  useFollow(look);

  const askPart = (part: number, anew = false) => {
    if (!anew && (asked.current.has(part) || kept.parts.has(part))) return;
    asked.current.add(part);
    const { signal } = control.current;
    api.search(kept.asked, query, part * PART, PART, signal).then(
      (next) => {
        asked.current.delete(part);
        if (signal.aborted || kept.key !== key) return;
        const newer = differs(next, kept.first);
        const first = part === 0 && kept.first ? { ...kept.first, ...(next.facets ? { facets: next.facets } : {}) } : kept.first;
        keep({ ...kept, first, parts: withPart(kept.parts, part, next.hits), error: null, newer });
      },
      (error: unknown) => {
        asked.current.delete(part);
        if (!signal.aborted && kept.key === key) keep({ ...kept, error });
      },
    );
  };
  const onView = useCallback(
    (first: number, last: number) => {
      if (kept.key !== key || !kept.first) return;
      for (let part = Math.floor(first / PART); part <= Math.floor(last / PART); part++) askPart(part);
    },
    [key],
  );
  // The first part brings the facets, in which tags are counted.
  const renew = (items: number[]) => {
    const marked = new Set(items);
    for (const [part, hits] of kept.parts)
      if (part === 0 || hits.some(({ item }) => marked.has(item))) askPart(part, true);
  };
  const mine = state.key === key;
  return {
    first: state.first,
    asked: state.asked,
    at: (row) => state.parts.get(Math.floor(row / PART))?.[row % PART] ?? null,
    loading: !mine,
    error: mine ? state.error : null,
    again,
    newer: mine ? state.newer : null,
    renew,
    onView,
  };
}
