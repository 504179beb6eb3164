// What people decide of names: sent one after the other, told to whoever shows names, taken back.

import { useLayoutEffect, useState } from 'preact/hooks';
import { api, type Verdict } from '../api';

export interface Said {
  /** Grows with each decision that was recorded: what was loaded before is old. */
  turn: number;
  waiting: number;
  /** The last one that can be taken back. */
  last: number | null;
  error: unknown;
}

let said: Said = { turn: 0, waiting: 0, last: null, error: null };
let queue: Promise<unknown> = Promise.resolve();
const listeners = new Set<(said: Said) => void>();

function tell(change: Partial<Said>): void {
  said = { ...said, ...change };
  for (const listener of listeners) listener(said);
}

export function useSaid(): Said {
  const [state, setState] = useState(said);
  useLayoutEffect(() => {
    setState(said);
    listeners.add(setState);
    return () => {
      listeners.delete(setState);
    };
  }, []);
  return state;
}

/** True once it is recorded; false when it was refused, and then the error is told. */
export function decide(verdict: Verdict): Promise<boolean> {
  tell({ waiting: said.waiting + 1, error: null });
  const sent = queue.then(async () => {
    try {
      const { decision } = await api.decide(verdict);
      tell({
        turn: said.turn + 1,
        waiting: said.waiting - 1,
        last: verdict.verdict === 'undo' ? null : decision,
      });
      return true;
    } catch (error) {
      tell({ waiting: said.waiting - 1, error });
      return false;
    }
  });
  queue = sent;
  return sent;
}

export function undoLast(): void {
  const { last } = said;
  if (last === null) return;
  tell({ last: null });
  void decide({ verdict: 'undo', undoes: last });
}

export function forgetError(): void {
  tell({ error: null });
}
