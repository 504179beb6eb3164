// What the reading room answers. The types are those of docs/api/openapi.yaml.

import { ask, get, params } from './ask';
import type { components } from './schema';

export { ApiError } from './ask';

type Schemas = components['schemas'];
export type Status = Schemas['Status'];
export type Sort = Schemas['Sort'];
export type Hit = Schemas['Hit'];
export type FacetValue = Schemas['FacetValue'];
export type SearchResult = Schemas['SearchResult'];
export type Row = Schemas['Row'];
export type Listing = Schemas['Listing'];
export type ItemLink = Schemas['ItemLink'];
export type Item = Schemas['Item'];
export type Page = Schemas['Page'];
/** From and to. */
export type Range = Schemas['Mark'];
/** A word's box on the picture of its page, in 65535ths, and the mark it belongs to. */
export type Box = Schemas['Box'];

export const api = {
  status: (signal?: AbortSignal) => get<Status>('status', signal),
  search: (q: string, sort: Sort, offset: number, limit: number, signal?: AbortSignal) =>
    get<SearchResult>(
      `search?${params({ q, sort, offset, limit, facets: offset === 0 ? 1 : 0 })}`,
      signal,
    ),
  item: (item: number, signal?: AbortSignal) => get<Item>(`items/${item}`, signal),
  hits: (item: number, q: string, signal?: AbortSignal) =>
    get<Schemas['ItemHits']>(`items/${item}/hits?${params({ q })}`, signal),
  page: (item: number, page: number, q: string, signal?: AbortSignal) =>
    get<Page>(`items/${item}/pages/${page}?${params({ q })}`, signal),
  image: async (item: number, page: number, dpi: number, signal: AbortSignal) =>
    (await ask(`items/${item}/pages/${page}/image?${params({ dpi })}`, { signal })).blob(),
  ledger: (view: { outcome: string; reason: string; parent: number | null }, after: number, signal?: AbortSignal) =>
    get<Listing>(
      `ledger?${params({ outcome: view.outcome, reason: view.reason, parent: view.parent, after, limit: 100 })}`,
      signal,
    ),
  leave: () => ask('leave', { method: 'POST' }),
};
