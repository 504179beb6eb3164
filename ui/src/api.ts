// The JSON API of the reading room (docs/API.md).

import { tame } from './tame';

export type Sort = 'relevance' | 'date' | '-date' | 'path';
export type Range = [start: number, end: number];
/** A word's box on the picture of its page, in 65535ths, and the mark it belongs to. */
export type Box = [mark: number, x0: number, y0: number, x1: number, y1: number];

export interface Status {
  api: number;
  version: string;
  case: string;
  items: number;
  objects: number;
  bytes: number;
  pages: number;
  chars: number;
  outcomes: Record<string, number>;
  reasons: { outcome: string; reason: string; items: number }[];
  unequal_containers: number;
}

export interface Hit {
  item: number;
  page: number;
  pages: number;
  score: number;
  path: string;
  name: string;
  title: string | null;
  /** The story where the words stand, by its headline, in a page that holds several. */
  label: string | null;
  type: string | null;
  lang: string | null;
  date: string | null;
  ocr: boolean;
  snippet: string;
  marks: Range[];
  misread: number[];
}

export interface FacetValue {
  value: string;
  items: number;
}

export interface SearchResult {
  query: string;
  offset: number;
  total: number;
  pages: number;
  ms: number;
  as_words: boolean;
  note: string | null;
  hits: Hit[];
  facets?: Partial<Record<string, FacetValue[]>>;
}

export interface Row {
  item: number;
  parent: number | null;
  path: string;
  name: string;
  name_escaped: boolean;
  sha256: string | null;
  bytes: number;
  modified: string | null;
  type: string | null;
  lang: string | null;
  pages: number | null;
  chars: number | null;
  outcome: string;
  reason: string | null;
  detail: string | null;
  duplicate_of: number | null;
  children: number;
  title: string | null;
  date: string | null;
  from: string | null;
  to: string | null;
  source: string | null;
}

export interface ItemLink {
  item: number;
  name: string;
  path: string;
  type: string | null;
  outcome: string;
}

export interface Item extends Row {
  stored_pages: number;
  meta: { key: string; value: string }[];
  containers: ItemLink[];
  duplicates: ItemLink[];
}

export interface Page {
  item: number;
  page: number;
  method: 'flow' | 'text' | 'ocr';
  label: string | null;
  lang: string | null;
  dir: 'ltr' | 'rtl';
  image: boolean;
  width: number;
  height: number;
  confidence: number | null;
  text: string;
  marks: Range[];
  misread: number[];
  boxes: Box[];
  rest: string;
  rest_marks: Range[];
}

export interface Listing {
  rows: Row[];
  next: number | null;
}

export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const BUSY_TRIES = 8;

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

async function refusal(answer: Response): Promise<ApiError> {
  try {
    const body = (await answer.json()) as { error: { code: string; message: string } };
    return new ApiError(body.error.code, body.error.message);
  } catch {
    return new ApiError('failed', `HTTP ${answer.status}`);
  }
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries++) {
    let answer: Response;
    try {
      answer = await fetch(`/api/v1/${path}`, { credentials: 'same-origin', ...init });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ApiError('offline', String(error));
    }
    if (answer.ok) return answer;
    const busy = answer.status === 429 || answer.status === 503;
    if (!busy || tries === BUSY_TRIES) throw await refusal(answer);
    await pause(100 * tries);
  }
}

/** Short texts of the leak that stand among the room's own words; documents stay as they are. */
const NAMES = new Set(['name', 'path', 'title', 'from', 'to', 'detail']);

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await ask(path, signal ? { signal } : {});
  return JSON.parse(await answer.text(), (key, value: unknown) =>
    typeof value === 'string' && NAMES.has(key) ? tame(value) : value,
  ) as T;
}

function params(values: Record<string, string | number>): string {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== '') out.set(name, String(value));
  return out.toString();
}

export const api = {
  status: (signal?: AbortSignal) => get<Status>('status', signal),
  search: (q: string, sort: Sort, offset: number, limit: number, signal?: AbortSignal) =>
    get<SearchResult>(
      `search?${params({ q, sort, offset, limit, facets: offset === 0 ? 1 : 0 })}`,
      signal,
    ),
  item: (item: number, signal?: AbortSignal) => get<Item>(`items/${item}`, signal),
  hits: (item: number, q: string, signal?: AbortSignal) =>
    get<{ pages: number[] }>(`items/${item}/hits?${params({ q })}`, signal),
  page: (item: number, page: number, q: string, signal?: AbortSignal) =>
    get<Page>(`items/${item}/pages/${page}?${params({ q })}`, signal),
  image: async (item: number, page: number, dpi: number, signal: AbortSignal) =>
    (await ask(`items/${item}/pages/${page}/image?${params({ dpi })}`, { signal })).blob(),
  ledger: (view: { outcome: string; reason: string; parent: number | null }, after: number, signal?: AbortSignal) =>
    get<Listing>(
      `ledger?${params({ outcome: view.outcome, reason: view.reason, parent: view.parent ?? '', after, limit: 100 })}`,
      signal,
    ),
  leave: () => ask('leave', { method: 'POST' }),
};
