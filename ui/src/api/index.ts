// What the reading room answers. The types are those of docs/api/openapi.yaml.

import { act, ask, get, params, post, postFor } from './ask';
import type { components } from './schema';

export { ApiError } from './ask';

type Schemas = components['schemas'];
export type Status = Schemas['Status'];
export type Sort = Schemas['Sort'];
export type Hit = Schemas['Hit'];
export type NamedCounts = Schemas['NamedCounts'];
export type FacetValue = Schemas['FacetValue'];
export type SearchResult = Schemas['SearchResult'];
export type Row = Schemas['Row'];
export type Listing = Schemas['Listing'];
export type ItemLink = Schemas['ItemLink'];
export type Item = Schemas['Item'];
export type NamedDate = Schemas['NamedDate'];
export type DateReading = Schemas['DateReading'];
export type Page = Schemas['Page'];
/** From and to. */
export type Range = Schemas['Mark'];
/** A word's box on the picture of its page, in 65535ths, and the mark it belongs to. */
export type Box = Schemas['Box'];

export type Word = Schemas['Word'];
export type PageName = Schemas['PageName'];

export type Provenance = Schemas['Provenance'];
export type Thread = Schemas['Thread'];
export type Message = Schemas['Message'];
export type Near = Schemas['Near'];
export type Difference = Schemas['Difference'];

export type Name = Schemas['Name'];
export type NameKind = Schemas['NameKind'];
export type NameOrder = Schemas['NameOrder'];
export type NameList = Schemas['NameList'];
export type NamePage = Schemas['NamePage'];
export type Passage = Schemas['Passage'];
export type Company = Schemas['Company'];
export type Decision = Schemas['Decision'];
export type Verdict = Schemas['Verdict'];
export type Pair = Schemas['Pair'];
export type Review = Schemas['Review'];
export type UsedName = Schemas['UsedName'];
export type BatchRow = Schemas['TermRow'];
export type SavedSearch = Schemas['SavedSearch'];

export type Timeline = Schemas['Timeline'];
export type TimelineLane = Schemas['TimelineLane'];
export type TimelineAxis = Schemas['TimelineAxis'];
export type TimelineUnit = Schemas['TimelineUnit'];
export type TimelineCalendar = Schemas['TimelineCalendar'];
export type TimelineDocument = Schemas['TimelineDocument'];
export type TimelineDocuments = Schemas['TimelineDocuments'];

export type Network = Schemas['Network'];
export type NetworkName = Schemas['NetworkName'];
export type NetworkTie = Schemas['NetworkTie'];
export type TiePassage = Schemas['TiePassage'];

interface NetworkQuery {
  around: number[];
  each: number;
  names: number;
  kinds: NameKind[];
  from: string;
  to: string;
  least: number;
}

function networkParams({ around, each, names, kinds, from, to, least }: NetworkQuery): string {
  return params({ around: around.join(), each, names, kinds: kinds.join(), from, to, least });
}

/** What somebody marked in a document. */
export type Mark = Schemas['Annotation'];
export type MarkKind = Schemas['MarkKind'];
export type MarkWish = Schemas['MarkWish'];
export type MarkChange = Schemas['MarkChange'];
export type MarkList = Schemas['MarkList'];
/** Left, top, right, bottom in 10000ths of the page. */
export type Region = Schemas['Region'];
export type Revision = Schemas['Revisions']['revisions'][number];
/** The name of a tag, a colour or a work list. */
export type Label = Schemas['Label'];
export type LabelKind = Schemas['LabelKind'];
export type Labels = Schemas['Labels'];
export type Colour = Schemas['Colour'];

/** What leaves only some marks. */
export interface MarkFilters {
  kind: MarkKind | '';
  label: number;
  by: string;
  mine: boolean;
  state: 'open' | 'done' | '';
  q: string;
  sort: '' | 'oldest' | 'place';
}

function markParams(view: MarkFilters, more: Record<string, number> = {}): string {
  const { label, mine, ...words } = view;
  return params({ ...words, label: label || null, mine: mine ? 1 : null, ...more });
}

export type Overview = Schemas['Overview'];
export type Running = Schemas['Running'];
export type LedgerSums = Schemas['LedgerSums'];
export type Retry = Schemas['Retry'];

/** What leaves only some rows of the ledger. */
interface LedgerFilters {
  outcome: string;
  reason: string;
  parent: number | null;
  after: number;
  type: string;
  folder: string;
  words: string;
  differs: boolean;
  unequal: boolean;
}

function ledgerParams(view: LedgerFilters, more: Record<string, number> = {}): string {
  const { outcome, reason, parent, after, type, folder, words, differs, unequal } = view;
  return params({ outcome, reason, parent, after, type, folder, words, differs: Number(differs), unequal: Number(unequal), ...more });
}

export const api = {
  status: (signal?: AbortSignal) => get<Status>('status', signal),
  search: (
    q: string,
    { sort, since }: { sort: Sort; since: number | null },
    offset: number,
    limit: number,
    signal?: AbortSignal,
    facets = offset === 0,
  ) =>
    get<SearchResult>(
      `search?${params({ q, sort, offset, limit, facets: facets ? 1 : 0, since })}`,
      signal,
    ),
  searchNames: (q: string, limit: number, signal?: AbortSignal) =>
    get<NamedCounts>(`search/names?${params({ q, limit })}`, signal),
  batch: (lines: string, signal?: AbortSignal) => post<Schemas['TermRows']>('batch', { lines }, signal),
  exportList: async (query: string, sort: Sort) => (await postFor('exports', { query, sort })).blob(),
  originals: (query: string, items: number[], why: string) =>
    post<Schemas['Parcel']>('exports/originals', { query, items: items.join(','), why }),
  saved: (signal?: AbortSignal) => get<Schemas['SavedSearches']>('saved', signal),
  savedOne: (id: number, signal?: AbortSignal) => get<Schemas['SavedCounts']>(`saved/${id}`, signal),
  savedAdd: (name: string, view: string, query: string) =>
    post<Schemas['SavedCounts']>('saved', { name, view, query }),
  savedOpen: (id: number) => ask(`saved/${id}/open`, { method: 'POST' }),
  savedRemove: (id: number) => ask(`saved/${id}/remove`, { method: 'POST' }),
  history: (signal?: AbortSignal) => get<Schemas['History']>('history', signal),
  historyAdd: (view: string, documents: number) => postFor('history', { view, documents }),
  historyClear: () => ask('history/clear', { method: 'POST' }),
  complete: (q: string, signal?: AbortSignal) =>
    get<Schemas['Completions']>(`complete?${params({ q })}`, signal),
  item: (item: number, signal?: AbortSignal) => get<Item>(`items/${item}`, signal),
  hits: (item: number, q: string, signal?: AbortSignal) =>
    get<Schemas['ItemHits']>(`items/${item}/hits?${params({ q })}`, signal),
  page: (item: number, page: number, q: string, signal?: AbortSignal) =>
    get<Page>(`items/${item}/pages/${page}?${params({ q })}`, signal),
  words: (item: number, page: number, signal?: AbortSignal) =>
    get<Schemas['PageWords']>(`items/${item}/pages/${page}/words`, signal),
  pageNames: (item: number, page: number, signal?: AbortSignal) =>
    get<Schemas['PageNames']>(`items/${item}/pages/${page}/names`, signal),
  itemDates: (item: number, offset: number, limit: number, signal?: AbortSignal) =>
    get<Schemas['NamedDates']>(`items/${item}/dates?${params({ offset, limit })}`, signal),
  provenance: (item: number, signal?: AbortSignal) => get<Provenance>(`items/${item}/provenance`, signal),
  original: (item: number, why: string) => postFor(`items/${item}/original`, { why }),
  thread: (item: number, signal?: AbortSignal) => get<Thread>(`items/${item}/thread`, signal),
  near: (item: number, signal?: AbortSignal) => get<Schemas['NearList']>(`items/${item}/near`, signal),
  difference: (item: number, other: number, signal?: AbortSignal) =>
    get<Difference>(`items/${item}/difference?${params({ with: other })}`, signal),
  image: async (item: number, page: number, dpi: number, signal: AbortSignal) =>
    (await ask(`items/${item}/pages/${page}/image?${params({ dpi })}`, { signal })).blob(),
  overview: (signal?: AbortSignal) => get<Overview>('overview', signal),
  visit: (seen: Schemas['Seen']) => postFor('visits', seen),
  ledger: (view: LedgerFilters, offset: number, limit: number, signal?: AbortSignal) =>
    get<Listing>(`ledger?${ledgerParams(view, { offset, limit })}`, signal),
  ledgerSums: (view: LedgerFilters, signal?: AbortSignal) =>
    get<LedgerSums>(`ledger/sums?${ledgerParams(view)}`, signal),
  ledgerCsv: async (view: LedgerFilters) => (await ask(`ledger/csv?${ledgerParams(view)}`)).blob(),
  retry: (signal?: AbortSignal) => get<Retry>('retry', signal),
  retryStart: (wish: Schemas['RetryWish']) => postFor('retry', wish),
  retryStop: () => ask('retry/stop', { method: 'POST' }),
  names: (
    view: { kind: NameKind | ''; text: string; sort: NameOrder },
    offset: number,
    limit: number,
    signal?: AbortSignal,
  ) => get<NameList>(`names?${params({ ...view, offset, limit })}`, signal),
  name: (id: number, signal?: AbortSignal) => get<NamePage>(`names/${id}`, signal),
  passages: (id: number, spelling: string, offset: number, limit: number, signal?: AbortSignal) =>
    get<Schemas['Passages']>(`names/${id}/passages?${params({ spelling, offset, limit })}`, signal),
  company: (id: number, kind: NameKind, limit: number, signal?: AbortSignal) =>
    get<Company>(`names/${id}/company?${params({ kind, limit })}`, signal),
  review: (kind: NameKind | '', offset: number, limit: number, signal?: AbortSignal) =>
    get<Review>(`names/review?${params({ kind, offset, limit })}`, signal),
  timeline: (
    view: {
      from: string;
      to: string;
      unit: TimelineUnit | '';
      calendar: TimelineCalendar;
      lanes: 'person' | 'folder' | 'picked' | '';
      picked: string;
      name: number | null;
    },
    signal?: AbortSignal,
  ) => get<Timeline>(`timeline?${params({ ...view })}`, signal),
  timelineFolders: (text: string, signal?: AbortSignal) =>
    get<Schemas['TimelineFolders']>(`timeline/folders?${params({ text })}`, signal),
  timelineDocuments: (
    of: { from: string; to: string; undated: boolean; name: number | null; folder: string | null },
    offset: number,
    limit: number,
    signal?: AbortSignal,
  ) => {
    const folder = of.folder === '' ? '&folder=' : '';
    const query = params({ ...of, undated: of.undated ? 1 : 0, offset, limit });
    return get<TimelineDocuments>(`timeline/documents?${query}${folder}`, signal);
  },
  network: (query: NetworkQuery, signal?: AbortSignal) => get<Network>(`network?${networkParams(query)}`, signal),
  networkFile: async (query: NetworkQuery, form: 'csv' | 'graphml') =>
    (await ask(`network/${form}?${networkParams(query)}`)).blob(),
  tiePassages: (
    of: { a: number; b: number; from: string; to: string },
    offset: number,
    limit: number,
    signal?: AbortSignal,
  ) => get<Schemas['TiePassages']>(`network/passages?${params({ ...of, offset, limit })}`, signal),
  decide: (verdict: Verdict) => post<Schemas['Decided']>('decisions', verdict),
  labels: (signal?: AbortSignal) => get<Labels>('labels', signal),
  labelAdd: (wish: Schemas['LabelWish']) => post<Label>('labels', wish),
  labelChange: (id: number, change: Schemas['LabelChange']) => post<Label>(`labels/${id}`, change),
  /** Refused while marks use it, unless they go with it. */
  labelRemove: (id: number, withMarks: boolean) => post<Label>(`labels/${id}/remove`, { with_marks: withMarks }),
  labelRestore: (id: number) => act<Label>(`labels/${id}/restore`),
  itemMarks: (item: number, signal?: AbortSignal) =>
    get<Schemas['MarksOnItem']>(`items/${item}/marks`, signal),
  marks: (view: MarkFilters, offset: number, limit: number, signal?: AbortSignal) =>
    get<MarkList>(`marks?${markParams(view, { offset, limit })}`, signal),
  marksCsv: async (view: MarkFilters) => (await ask(`marks/csv?${markParams(view)}`)).blob(),
  markAdd: (wish: MarkWish) => post<Mark>('marks', wish),
  marksMany: (wish: Schemas['ManyWish']) => post<Schemas['MarkedMany']>('marks/many', wish),
  markChange: (id: number, change: MarkChange) => post<Mark>(`marks/${id}`, change),
  markRemove: (id: number) => act<Mark>(`marks/${id}/remove`),
  markRestore: (id: number) => act<Mark>(`marks/${id}/restore`),
  markRevisions: (id: number, signal?: AbortSignal) =>
    get<Schemas['Revisions']>(`marks/${id}/revisions`, signal),
  leave: () => ask('leave', { method: 'POST' }),
};
