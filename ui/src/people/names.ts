// The list of names, in parts.

import { api, type Name, type NameList } from '../api';
import type { PeopleView } from '../nav';
import { pagedList, type Paged } from '../parts/paged';

const PART = 100;
const useList = pagedList<NameList, Name>(PART, ({ names }) => names);

/** `turn` changes when the names have. */
export function useNames(view: PeopleView, turn: number): Paged<NameList, Name> {
  return useList(JSON.stringify([view, turn]), (offset, limit, signal) => api.names(view, offset, limit, signal));
}
