// The list of names in parts: those in view are asked for, the others when they come into it.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, type Name, type NameList } from '../api';
import type { PeopleView } from '../nav';

const PART = 100;

export interface Names {
  head: NameList | null;
  at: (row: number) => Name | null;
  error: unknown;
  again: () => void;
  onView: (first: number, last: number) => void;
}

interface State {
  key: string;
  head: NameList | null;
  parts: Map<number, Name[]>;
  error: unknown;
}

/** Kept while a name is open, so that coming back shows the same list at once. */
let kept: State = { key: '', head: null, parts: new Map(), error: null };

/** `turn` changes when the names have. */
export function useNames(view: PeopleView, turn: number): Names {
  const key = JSON.stringify([view, turn]);
  const [state, setState] = useState<State>(kept);
  const [tries, setTries] = useState(0);
  const asked = useRef(new Set<number>());
  const control = useRef(new AbortController());

  const keep = (next: State) => {
    kept = next;
    setState(next);
  };

  const ask = (part: number) => {
    if (asked.current.has(part)) return;
    asked.current.add(part);
    const { signal } = control.current;
    api.names(view, part * PART, PART, signal).then(
      (list) => {
        if (signal.aborted) return;
        const same = kept.key === key;
        const parts = new Map(same ? kept.parts : []);
        parts.set(part, list.names);
        keep({ key, head: list, parts, error: null });
      },
      (error: unknown) => {
        asked.current.delete(part);
        if (!signal.aborted) keep({ ...kept, key, error });
      },
    );
  };

  useEffect(() => {
    control.current = new AbortController();
    asked.current = new Set(kept.key === key ? kept.parts.keys() : []);
    ask(0);
    return () => control.current.abort();
  }, [key, tries]);

  const onView = useCallback(
    (first: number, last: number) => {
      if (kept.key !== key) return;
      for (let part = Math.floor(first / PART); part <= Math.floor(last / PART); part++) ask(part);
    },
    [key],
  );
  return {
    head: state.head,
    at: (row) => state.parts.get(Math.floor(row / PART))?.[row % PART] ?? null,
    error: state.key === key ? state.error : null,
    again: () => setTries((n) => n + 1),
    onView,
  };
}
