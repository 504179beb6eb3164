// Loading what a screen shows: one request at a time for each use, the old one given up. What is shown
// follows the case: when it changes, the same is asked for again, and takes the place of what is there
// only if it differs, so that place, selection and focus stay.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api';
import { onChange } from './live';

export interface Loaded<T> {
  value: T | null;
  error: unknown;
  loading: boolean;
  again: () => void;
}

/** Asking again takes at most this part of the time, and not more often than once in this. */
const SHARE = 10;
const REST_MS = 1000;

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Calls `ask` when the case has changed, never while the last call runs or the page is hidden; what comes
 * meanwhile is one call later. `ask` is not called after the component has gone. */
export function useFollow(ask: (() => Promise<unknown>) | null): void {
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    let behind = false;
    let busy = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let rest = REST_MS;
    let over = false;

    const free = () => {
      timer = undefined;
      if (behind) run();
    };
    const run = () => {
      if (busy || timer !== undefined || document.hidden || !latest.current) return;
      behind = false;
      busy = true;
      const start = performance.now();
      void latest.current().finally(() => {
        busy = false;
        if (over) return;
        rest = Math.max(REST_MS, SHARE * (performance.now() - start));
        timer = setTimeout(free, rest);
      });
    };
    const heard = () => {
      behind = true;
      run();
    };
    const seen = () => {
      if (behind) run();
    };
    const stop = onChange(heard);
    document.addEventListener('visibilitychange', seen);
    return () => {
      over = true;
      stop();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
}

/** Loads when `key` changes; null loads nothing. The last value stays until the next is there. */
export function useLoaded<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; value: T | null; error: unknown }>({
    key: null,
    value: null,
    error: null,
  });
  const [turn, setTurn] = useState(0);
  const control = useRef<AbortController | null>(null);

  useEffect(() => {
    if (key === null) return;
    control.current = new AbortController();
    const { signal } = control.current;
    load(signal).then(
      (value) => !signal.aborted && setState({ key, value, error: null }),
      (error: unknown) => !signal.aborted && setState({ key, value: null, error }),
    );
    return () => control.current?.abort();
  }, [key, turn]);

  // What fails now may be there in a moment: what is shown stays, unless the room is closed.
  const refresh = async () => {
    const signal = control.current?.signal;
    if (!signal || signal.aborted) return;
    try {
      const value = await load(signal);
      if (!signal.aborted) setState((old) => (old.key !== key || same(old.value, value) ? old : { key, value, error: null }));
    } catch (error) {
      const closed = error instanceof ApiError && error.code === 'session';
      if (closed && !signal.aborted) setState({ key, value: null, error });
    }
  };
  useFollow(key === null || state.key !== key ? null : refresh);

  const again = useCallback(() => {
    setState({ key: null, value: null, error: null });
    setTurn((n) => n + 1);
  }, []);
  return { value: state.value, error: state.key === key ? state.error : null, loading: state.key !== key, again };
}
