// A list in parts: those in view are asked for, the others when they come into it.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Paged<H, T> {
  /** Whose list this is: until it has come, that of the key before. */
  key: string;
  /** The part that came last, with what it says of the whole list. */
  head: H | null;
  at: (row: number) => T | null;
  error: unknown;
  again: () => void;
  onView: (first: number, last: number) => void;
}

interface State<H, T> {
  key: string;
  head: H | null;
  parts: Map<number, T[]>;
  error: unknown;
}

/** The hook of one list, of which `size` rows are asked for at a time. What it had last is kept while another
 * screen is open, so that coming back shows the same list at once. */
export function pagedList<H, T>(size: number, rowsOf: (head: H) => T[]) {
  let kept: State<H, T> = { key: '', head: null, parts: new Map(), error: null };

  /** `key` changes when the list is another. */
  return function usePaged(
    key: string,
    load: (offset: number, limit: number, signal: AbortSignal) => Promise<H>,
  ): Paged<H, T> {
    const [state, setState] = useState<State<H, T>>(kept);
    const [tries, setTries] = useState(0);
    const asked = useRef(new Set<number>());
    const failed = useRef(0);
    const control = useRef(new AbortController());

    const keep = (next: State<H, T>) => {
      kept = next;
      setState(next);
    };

    const ask = (part: number) => {
      if (asked.current.has(part)) return;
      asked.current.add(part);
      const { signal } = control.current;
      load(part * size, size, signal).then(
        (head) => {
          if (signal.aborted) return;
          const parts = new Map(kept.key === key ? kept.parts : []);
          parts.set(part, rowsOf(head));
          keep({ key, head, parts, error: null });
        },
        (error: unknown) => {
          asked.current.delete(part);
          failed.current = part;
          // The rows of another list are not those of this one.
          if (!signal.aborted) keep(kept.key === key ? { ...kept, error } : { key, head: null, parts: new Map(), error });
        },
      );
    };

    useEffect(() => {
      control.current = new AbortController();
      asked.current = new Set(kept.key === key ? kept.parts.keys() : []);
      ask(kept.key === key && kept.error ? failed.current : 0);
      return () => control.current.abort();
    }, [key, tries]);

    const onView = useCallback(
      (first: number, last: number) => {
        if (kept.key !== key) return;
        for (let part = Math.floor(first / size); part <= Math.floor(last / size); part++) ask(part);
      },
      [key],
    );
    return {
      key: state.key,
      head: state.head,
      at: (row) => state.parts.get(Math.floor(row / size))?.[row % size] ?? null,
      error: state.key === key ? state.error : null,
      again: () => setTries((n) => n + 1),
      onView,
    };
  };
}
