// Loading what a screen shows: one request at a time for each use, the old one given up.

import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Loaded<T> {
  value: T | null;
  error: unknown;
  loading: boolean;
  again: () => void;
}

/** Loads when `key` changes; null loads nothing. The last value stays until the next is there. */
export function useLoaded<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; value: T | null; error: unknown }>({
    key: null,
    value: null,
    error: null,
  });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    if (key === null) return;
    const control = new AbortController();
    load(control.signal).then(
      (value) => !control.signal.aborted && setState({ key, value, error: null }),
      (error: unknown) => !control.signal.aborted && setState({ key, value: null, error }),
    );
    return () => control.abort();
  }, [key, turn]);

  const again = useCallback(() => {
    setState({ key: null, value: null, error: null });
    setTurn((n) => n + 1);
  }, []);
  return { value: state.value, error: state.key === key ? state.error : null, loading: state.key !== key, again };
}
