// The documents before and behind this one among the results it was opened from.

import { api, type Hit } from '../api';
import type { Query } from '../nav';
import { compose } from '../search/compose';

/** The result at a place of the list; null when there is none. */
async function resultAt(query: Query, at: number): Promise<Hit | null> {
  if (at < 0) return null;
  const found = await api.search(compose(query), query, at, 1);
  return found.hits[0] ?? null;
}

export interface Neighbour {
  item: number;
  page: number;
  at: number;
}

/** `chosen` is this document's place in the list, null when it was not opened from one. With `last`, its
 * last page that matches. */
export async function neighbour(
  query: Query,
  chosen: number | null,
  by: 1 | -1,
  last: boolean,
): Promise<Neighbour | null> {
  if (chosen === null) return null;
  const hit = await resultAt(query, chosen + by);
  if (!hit) return null;
  const pages = last ? (await api.hits(hit.item, compose(query))).pages : [];
  return { item: hit.item, page: pages.at(-1) ?? hit.page, at: chosen + by };
}
