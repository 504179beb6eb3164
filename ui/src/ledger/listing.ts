// What lies directly in an item, a part at a time.

import { useCallback, useEffect, useState } from 'preact/hooks';
import { api, type Row } from '../api';
import { noLedger, type LedgerView } from '../nav';

const PART = 100;

interface State {
  key: string;
  rows: Row[];
  next: number | null;
  error: unknown;
}

export interface RowsShown {
  rows: Row[];
  loading: boolean;
  error: unknown;
  /** Loads the next part; null when all is there. */
  more: (() => void) | null;
  again: () => void;
}

export function useListing(view: Partial<LedgerView>): RowsShown {
  const key = JSON.stringify(view);
  const [state, setState] = useState<State>({ key: '', rows: [], next: null, error: null });
  const [from, setFrom] = useState<{ key: string; after: number; turn: number }>({ key, after: 0, turn: 0 });
  const [done, setDone] = useState('');
  const after = from.key === key ? from.after : 0;
  const want = `${key}@${after}@${from.turn}`;

  useEffect(() => {
    const control = new AbortController();
    api.ledger({ ...noLedger, ...view, after }, 0, PART, control.signal).then(
      ({ rows, next }) => {
        if (control.signal.aborted) return;
        setState((old) => ({ key, rows: after === 0 ? rows : [...old.rows, ...rows], next, error: null }));
        setDone(want);
      },
      (error: unknown) => {
        if (control.signal.aborted) return;
        setState((old) => ({ ...old, key, error }));
        setDone(want);
      },
    );
    return () => control.abort();
  }, [want]);

  const fetchMore = useCallback(() => {
    if (state.next !== null) setFrom({ key, after: state.next, turn: from.turn });
  }, [key, state.next, from.turn]);
  const again = useCallback(() => setFrom({ key, after, turn: from.turn + 1 }), [key, after, from.turn]);

  const mine = state.key === key;
  return {
    rows: mine ? state.rows : [],
    loading: done !== want,
    error: mine ? state.error : null,
    more: mine && state.next !== null ? fetchMore : null,
    again,
  };
}
