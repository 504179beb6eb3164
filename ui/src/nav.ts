// Where the reader is. The address holds screens and numbers only; what is searched for lives in
// the history entry's state, because browsers write addresses and titles to their history on disk.

import { useLayoutEffect, useState } from 'preact/hooks';
import type { MarkFilters, NameKind, NameOrder, Sort, TimelineCalendar, TimelineUnit } from './api';

/** Every screen's address; ":x" is a number from 1. Those with fewer numbers stand first. */
const addresses = {
  overview: '/overview',
  search: '/',
  batch: '/terms',
  ledger: '/ledger',
  people: '/people',
  review: '/people/review',
  person: '/people/:id',
  timeline: '/timeline',
  network: '/network',
  marking: '/marking',
  item: '/item/:item/:page',
} as const;

export type Screen = keyof typeof addresses;
type Numbers<A extends string> = A extends `${string}:${infer Name}/${infer Rest}`
  ? { [N in Name]: number } & Numbers<Rest>
  : A extends `${string}:${infer Name}`
    ? { [N in Name]: number }
    : unknown;
export type PlaceOf<S extends Screen> = { screen: S } & Numbers<(typeof addresses)[S]>;
export type Place = { [S in Screen]: PlaceOf<S> }[Screen];

export type FacetName = 'type' | 'lang' | 'year' | 'folder' | 'outcome' | 'tag';
export type Filters = Partial<Record<FacetName, string>>;

export interface Named {
  id: number;
  name: string;
}

export interface Query {
  q: string;
  /** Earlier queries, within whose results it searches. */
  within: string[];
  filters: Filters;
  /** Persons, organisations and places that all of the results name. */
  named: Named[];
  sort: Sort;
  /** Only what this kept search did not know before it was opened. */
  since: number | null;
}

export interface LedgerView {
  outcome: string;
  reason: string;
  parent: number | null;
  /** Only items with a larger number. */
  after: number;
  type: string;
  folder: string;
  words: string;
  differs: boolean;
  unequal: boolean;
  /** Reading again is being asked for. */
  again: boolean;
}

export interface PeopleView {
  kind: NameKind | '';
  text: string;
  sort: NameOrder;
}

export interface NetworkView {
  /** Names it grows from; none: the most named of the case. */
  around: number[];
  each: number;
  names: number;
  /** None: all. */
  kinds: NameKind[];
  from: string;
  to: string;
  least: number;
  /** What is chosen: a line, or a name. */
  tie: [number, number] | null;
  name: number | null;
  table: 'ties' | 'names';
}

/** Documents of the timeline that were chosen: of some days, or undated. */
export interface TimelineChoice {
  from: string;
  to: string;
  undated: boolean;
  /** Of them those with this name, or in this folder. */
  name: number | null;
  folder: string | null;
}

/** A name, or a folder by its path. */
export type PickedLane = { id: number; name: string } | { folder: string };

export interface TimelineView {
  /** "" to the first and last day there is. */
  from: string;
  to: string;
  /** "" as fine as there is room for. */
  unit: TimelineUnit | '';
  lanes: 'person' | 'folder' | 'picked' | '';
  /** Lanes that the reader picked, in their order. */
  picked: PickedLane[];
  /** "" as the language has it. */
  calendar: TimelineCalendar | '';
  /** Only documents with this name. */
  name: number | null;
  chosen: TimelineChoice | null;
}

export interface MarkingView extends MarkFilters {
  /** The open entries of the list are worked off one by one. */
  working: boolean;
}

export type PageView = 'both' | 'picture' | 'text';
/** As wide as the pane, whole in it, or so many times as wide. */
export type Zoom = 'width' | 'page' | number;
/** How the pages of one document lie. */
export interface Sheet {
  item: number;
  /** Degrees, clockwise. */
  turn: number;
  zoom: Zoom;
}
export interface ReadingView {
  view: PageView;
  /** Of documents that have none of their own. */
  zoom: 'width' | 'page';
  sheets: Sheet[];
  /** Names are marked. */
  names: boolean;
  /** Words that OCR was not sure of are shaded. */
  doubt: boolean;
  /** A message stands in its whole conversation. */
  whole: boolean;
}

/** What a place is seen with; each screen has its own member. */
interface Entry {
  query: Query;
  ledger: Partial<LedgerView>;
  /** The row of the ledger that was chosen. */
  chosenRow: number | null;
  people: PeopleView;
  timeline: TimelineView;
  network: NetworkView;
  reading: ReadingView;
  marking: MarkingView;
  /** The row of the list of marks that was chosen. */
  chosenMark: number | null;
  /** The result that was chosen, for coming back. */
  chosen: number | null;
  /** The row of the list of names that was chosen. */
  chosenName: number | null;
}

export interface Spot extends Entry {
  place: Place;
}

export const noLedger: LedgerView = {
  outcome: '',
  reason: '',
  parent: null,
  after: 0,
  type: '',
  folder: '',
  words: '',
  differs: false,
  unequal: false,
  again: false,
};
export const noQuery: Query = { q: '', within: [], filters: {}, named: [], sort: 'relevance', since: null };
export const noTimeline: TimelineView = {
  from: '',
  to: '',
  unit: '',
  lanes: '',
  picked: [],
  calendar: '',
  name: null,
  chosen: null,
};
export const noNetwork: NetworkView = {
  around: [],
  each: 20,
  names: 50,
  kinds: [],
  from: '',
  to: '',
  least: 1,
  tie: null,
  name: null,
  table: 'ties',
};
export const noMarking: MarkingView = {
  kind: '',
  label: 0,
  by: '',
  mine: false,
  state: '',
  q: '',
  sort: '',
  working: false,
};
const noEntry: Entry = {
  query: noQuery,
  ledger: noLedger,
  chosenRow: null,
  people: { kind: 'person', text: '', sort: 'documents' },
  timeline: noTimeline,
  network: noNetwork,
  reading: { view: 'both', zoom: 'width', sheets: [], names: true, doubt: false, whole: false },
  marking: noMarking,
  chosenMark: null,
  chosen: null,
  chosenName: null,
};

/** A page that is not said is the first. */
const patterns = Object.entries(addresses).map(([screen, address]) => ({
  screen,
  pattern: new RegExp(
    `^#${address.replace('/:page', '(?:/(?<page>[1-9]\\d{0,8}))?').replace(/:(\w+)/g, '(?<$1>[1-9]\\d{0,10})')}$`,
  ),
}));

function parse(hash: string): Place {
  if (hash === '') return { screen: 'overview' };
  for (const { screen, pattern } of patterns) {
    const groups = pattern.exec(hash);
    if (!groups) continue;
    const numbers = Object.entries(groups.groups ?? {}).map(([name, digits]) => [name, Number(digits ?? 1)]);
    return { screen, ...Object.fromEntries(numbers) } as Place;
  }
  return { screen: 'search' };
}

export function hashOf(place: Place): string {
  const numbers = place as unknown as Record<string, number>;
  return `#${addresses[place.screen].replace(/:(\w+)/g, (_, name: string) => String(numbers[name]))}`;
}

export function here(): Spot {
  const state = history.state as Partial<Entry> | null;
  return {
    ...noEntry,
    ...state,
    query: { ...noQuery, ...state?.query },
    timeline: { ...noTimeline, ...state?.timeline },
    reading: { ...noEntry.reading, ...state?.reading },
    place: parse(location.hash),
  };
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

/** The properties of a link to a place. */
export function linkTo(place: Place, change: Partial<Entry> = {}) {
  return { href: hashOf(place), onClick: follow(place, change) };
}

export function useSpot(): Spot {
  const [spot, setSpot] = useState(here);
  useLayoutEffect(() => {
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
