// What people do with marks: sent one after the other, told to whoever shows marks, taken back.

import { useLayoutEffect, useState } from 'preact/hooks';
import type { Key } from '../i18n';

export interface Act {
  says: Key;
  n?: number;
  undo: () => Promise<unknown>;
}

export interface Did {
  /** Grows with each act: what was loaded before is old. */
  turn: number;
  waiting: number;
  /** The last one that can be taken back. */
  last: Act | null;
  /** It was taken back. */
  undone: boolean;
  error: unknown;
}

let did: Did = { turn: 0, waiting: 0, last: null, undone: false, error: null };
let queue: Promise<unknown> = Promise.resolve();
const listeners = new Set<(did: Did) => void>();

function tell(change: Partial<Did>): void {
  did = { ...did, ...change };
  for (const listener of listeners) listener(did);
}

export function useDid(): Did {
  const [state, setState] = useState(did);
  useLayoutEffect(() => {
    setState(did);
    listeners.add(setState);
    return () => {
      listeners.delete(setState);
    };
  }, []);
  return state;
}

function send(run: () => Promise<Act | null>, undone: boolean): Promise<boolean> {
  tell({ waiting: did.waiting + 1, error: null });
  const sent = queue.then(async () => {
    try {
      const last = await run();
      tell({ turn: did.turn + 1, waiting: did.waiting - 1, last, undone });
      return true;
    } catch (error) {
      tell({ waiting: did.waiting - 1, error });
      return false;
    }
  });
  queue = sent;
  return sent;
}

/** Does something; `run` gives the way back. True once it is recorded; false when it was refused, and
 * then the error is told. */
export function act(run: () => Promise<Act | null>): Promise<boolean> {
  return send(run, false);
}

/** True once it is taken back. */
export function undoLast(): Promise<boolean> {
  const { last } = did;
  if (last === null) return Promise.resolve(false);
  tell({ last: null });
  return send(async () => {
    await last.undo();
    return null;
  }, true);
}

export function forgetError(): void {
  tell({ error: null });
}
