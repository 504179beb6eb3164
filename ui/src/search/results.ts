// The results of a query: pages of hits, joined as the reader goes on.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, type Hit, type SearchResult } from '../api';
import type { Query } from '../nav';
import { compose, wordsOf } from './compose';

const FIRST = 20;
const NEXT = 50;

export interface Results {
  first: SearchResult | null;
  hits: Hit[];
  loading: boolean;
  error: unknown;
  more: () => void;
  again: () => void;
}

interface State {
  key: string;
  asked: string;
  first: SearchResult | null;
  hits: Hit[];
  error: unknown;
}

/** Kept while a document is open, so that coming back shows the same list at once. */
let kept: State = { key: '', asked: '', first: null, hits: [], error: null };

function keyOf(query: Query): string {
  return JSON.stringify(query);
}

async function askFirst(query: Query, signal: AbortSignal): Promise<{ asked: string; first: SearchResult }> {
  const asked = compose(query.q, query.filters);
  const first = await api.search(asked, query.sort, 0, FIRST, signal);
  if (!first.as_words || asked === query.q) return { asked, first };
  const words = compose(wordsOf(query.q), query.filters);
  const plain = await api.search(words, query.sort, 0, FIRST, signal);
  return { asked: words, first: { ...plain, as_words: true, note: first.note } };
}

export function useResults(query: Query): Results {
  const key = keyOf(query);
  const [state, setState] = useState<State>(kept);
  const [busy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const running = useRef<AbortController | null>(null);

  const keep = (next: State) => {
    kept = next;
    setState(next);
  };

  useEffect(() => {
    if (kept.key === key && kept.first) return;
    const control = new AbortController();
    running.current?.abort();
    running.current = control;
    setBusy(false);
    askFirst(query, control.signal).then(
      ({ asked, first }) =>
        !control.signal.aborted && keep({ key, asked, first, hits: first.hits, error: null }),
      (error: unknown) =>
        !control.signal.aborted && keep({ key, asked: '', first: null, hits: [], error }),
    );
    return () => control.abort();
  }, [key, turn]);

  const more = useCallback(() => {
    if (busy || !state.first || state.key !== key || state.hits.length >= state.first.total) return;
    const control = new AbortController();
    running.current = control;
    setBusy(true);
    api.search(state.asked, query.sort, state.hits.length, NEXT, control.signal).then(
      (next) => {
        if (control.signal.aborted) return;
        setBusy(false);
        keep({ ...state, hits: [...state.hits, ...next.hits] });
      },
      (error: unknown) => {
        if (control.signal.aborted) return;
        setBusy(false);
        keep({ ...state, error });
      },
    );
  }, [busy, state, key]);

  const again = useCallback(() => {
    kept = { ...kept, key: '' };
    setTurn((n) => n + 1);
  }, []);

  const mine = state.key === key;
  return {
    first: state.first,
    hits: state.hits,
    loading: !mine || busy,
    error: mine ? state.error : null,
    more,
    again,
  };
}
