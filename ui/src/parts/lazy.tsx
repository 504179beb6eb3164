// A screen or a part of one that is loaded when it is shown first.

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failure, Waiting } from './State';

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;

  return function Lazy(props: P) {
    const [, setTurn] = useState(0);
    const [error, setError] = useState<unknown>(null);
    useEffect(() => {
      if (loaded || error) return;
      let gone = false;
      load().then(
        (component) => {
          loaded = component;
          if (!gone) setTurn((n) => n + 1);
        },
        (why: unknown) => !gone && setError(why),
      );
      return () => {
        gone = true;
      };
    }, [error]);
    if (loaded) {
      const Loaded = loaded;
      return <Loaded {...props} />;
    }
    return error ? <Failure error={error} again={() => setError(null)} /> : <Waiting />;
  };
}
