// Has a network arranged by the worker. Who was in the network before keeps about the same place, so that
// the picture grows and does not jump.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Network } from '../api';

export type Point = [number, number];

export interface ToArrange {
  /** Where a name stood before. */
  places: (Point | null)[];
  /** Places of two names in the list, and passages. */
  ties: [number, number, number][];
}

export interface Arranged {
  places: Point[];
  /** By size, the largest 0; -1: tied to nobody. */
  groups: number[];
  /** Share of the shortest paths between others that lead by way of a name; null: too many names. */
  between: number[] | null;
}

export interface Arrangement {
  of: Network;
  arranged: Arranged;
}

/** The last network that is arranged; `error` when that cannot be. */
export function useArranged(network: Network | null): { done: Arrangement | null; error: unknown } {
  const [done, setDone] = useState<Arrangement | null>(null);
  const [error, setError] = useState<unknown>(null);
  const places = useRef(new Map<number, Point>());
  useEffect(() => {
    if (!network) return;
    const at = new Map(network.names.map(({ id }, i) => [id, i]));
    const kept = network.names.filter(({ id }) => places.current.has(id)).length;
    const grows = network.names.some(({ centre }) => centre) && kept * 2 > network.names.length;
    const worker = new Worker('/assets/arrange.worker.js', { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Arranged>) => {
      places.current = new Map(network.names.map(({ id }, i) => [id, data.places[i]!]));
      setError(null);
      setDone({ of: network, arranged: data });
    };
    worker.onerror = (event) => setError(new Error(event.message || 'arrange.worker.js'));
    const order: ToArrange = {
      places: network.names.map(({ id }) => (grows ? (places.current.get(id) ?? null) : null)),
      ties: network.ties.map(({ a, b, passages }) => [at.get(a)!, at.get(b)!, passages]),
    };
    worker.postMessage(order);
    return () => worker.terminate();
  }, [network]);
  return { done, error };
}
