// Where the reader is. The address holds screens and numbers only; what is searched for lives in
// the history entry's state, because browsers write addresses and titles to their history on disk.

import { useEffect, useState } from 'preact/hooks';
import type { Sort } from './api';

export type Place =
  | { screen: 'search' }
  | { screen: 'item'; item: number; page: number }
  | { screen: 'ledger' };

export type FacetName = 'type' | 'lang' | 'year' | 'folder';
export type Filters = Partial<Record<FacetName, string>>;

export interface Query {
  q: string;
  filters: Filters;
  sort: Sort;
}

export interface LedgerView {
  outcome: string;
  reason: string;
  parent: number | null;
}

interface Entry {
  query: Query;
  ledger: LedgerView;
  /** The result that was chosen, for coming back. */
  chosen: number | null;
}

export interface Spot extends Entry {
  place: Place;
}

export const noQuery: Query = { q: '', filters: {}, sort: 'relevance' };
const noEntry: Entry = {
  query: noQuery,
  ledger: { outcome: '', reason: '', parent: null },
  chosen: null,
};

function parse(hash: string): Place {
  const item = /^#\/item\/(\d{1,11})(?:\/(\d{1,9}))?$/.exec(hash);
  if (item) return { screen: 'item', item: Number(item[1]), page: Number(item[2] ?? 1) || 1 };
  return hash === '#/ledger' ? { screen: 'ledger' } : { screen: 'search' };
}

export function hashOf(place: Place): string {
  if (place.screen === 'item') return `#/item/${place.item}/${place.page}`;
  return place.screen === 'ledger' ? '#/ledger' : '#/';
}

export function here(): Spot {
  const state = history.state as Partial<Entry> | null;
  return { ...noEntry, ...state, place: parse(location.hash) };
}

const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Goes to a place; what is not said stays as it is. */
export function go(place: Place, change: Partial<Entry> = {}, how: 'push' | 'replace' = 'push'): void {
  const { place: _, ...entry } = here();
  const state = { ...entry, ...change };
  if (how === 'push') history.pushState(state, '', hashOf(place));
  else history.replaceState(state, '', hashOf(place));
  tell();
}

/** For onClick of links: keeps the state, and leaves new tabs to the browser. */
export function follow(place: Place, change: Partial<Entry> = {}) {
  return (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(place, change);
  };
}

export function useSpot(): Spot {
  const [spot, setSpot] = useState(here);
  useEffect(() => {
    const update = () => setSpot(here());
    listeners.add(update);
    window.addEventListener('popstate', update);
    return () => {
      listeners.delete(update);
      window.removeEventListener('popstate', update);
    };
  }, []);
  return spot;
}
