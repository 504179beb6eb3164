// Results that the reader picks out, to take their originals away. They hold for one query.

import { useState } from 'preact/hooks';

export interface Picked {
  items: ReadonlySet<number>;
  toggle: (item: number) => void;
  clear: () => void;
}

/** Kept while a document is open. */
let kept: { key: string; items: ReadonlySet<number> } = { key: '', items: new Set() };

/** More numbers do not fit one request. */
const PICKED_MAX = 3000;

export function usePicked(key: string): Picked {
  const [, draw] = useState(0);
  if (kept.key !== key) kept = { key, items: new Set() };
  const keep = (items: ReadonlySet<number>) => {
    kept = { key, items };
    draw((n) => n + 1);
  };
  return {
    items: kept.items,
    toggle: (item) => {
      const next = new Set(kept.items);
      if (!next.delete(item) && next.size < PICKED_MAX) next.add(item);
      keep(next);
    },
    clear: () => keep(new Set()),
  };
}
