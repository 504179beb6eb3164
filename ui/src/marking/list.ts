// The marks that a filter leaves, in parts.

import { api, type Mark, type MarkList } from '../api';
import { useChange } from '../live';
import { useDid } from '../marks/did';
import type { MarkingView } from '../nav';
import { pagedList, type Paged } from '../parts/paged';

const PART = 50;
const useList = pagedList<MarkList, Mark>(PART, ({ marks }) => marks);

/** Entries that are worked off come in the order in which they were put there; none of another list is
 * shown until they are there. */
export function useMarks(view: MarkingView): Paged<MarkList, Mark> {
  const { working, ...filters } = view;
  const asked = working ? { ...filters, state: 'open' as const, sort: 'oldest' as const } : filters;
  const { turn } = useDid();
  const change = useChange();
  const which = JSON.stringify(asked);
  const list = useList(`${which} ${turn} ${change?.turn}`, (offset, limit, signal) =>
    api.marks(asked, offset, limit, signal),
  );
  return working && !list.key.startsWith(which) ? { ...list, head: null } : list;
}
