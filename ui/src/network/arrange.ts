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

/** Those that were arranged last, by what was asked for: coming back to one shows it at once. */
const kept = new Map<string, Arrangement>();
const KEPT_MAX = 4;

function keep(asked: string, arrangement: Arrangement): void {
  kept.delete(asked);
  kept.set(asked, arrangement);
  for (const oldest of [...kept.keys()].slice(0, -KEPT_MAX)) kept.delete(oldest);
}

function placesOf({ of, arranged }: Arrangement): Map<number, Point> {
  return new Map(of.names.map(({ id }, i) => [id, arranged.places[i]!]));
}

/** The last network that is arranged, of those that were `asked` for so one that is kept; `error` when that
 * cannot be. */
export function useArranged(asked: string, network: Network | null): { done: Arrangement | null; error: unknown } {
  const [done, setDone] = useState<Arrangement | null>(null);
  const [error, setError] = useState<unknown>(null);
  const places = useRef(new Map<number, Point>());
  const show = (arrangement: Arrangement) => {
    places.current = placesOf(arrangement);
    setError(null);
    setDone(arrangement);
  };
  useEffect(() => {
    const known = kept.get(asked);
    if (known) show(known);
  }, [asked]);
  useEffect(() => {
    if (!network) return;
    const known = kept.get(asked);
    if (known && JSON.stringify(known.of) === JSON.stringify(network)) return show({ ...known, of: network });
    const at = new Map(network.names.map(({ id }, i) => [id, i]));
    const stayed = network.names.filter(({ id }) => places.current.has(id)).length;
    const grows = network.names.some(({ centre }) => centre) && stayed * 2 > network.names.length;
    const worker = new Worker('/assets/arrange.worker.js', { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Arranged>) => {
      const arrangement = { of: network, arranged: data };
      keep(asked, arrangement);
      show(arrangement);
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
