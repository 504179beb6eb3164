// A long list that scrolls by itself, of which only the rows in view are drawn. Rows are of one height.

import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { ComponentChild } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const OVERSCAN = 4;

export function VirtualPane({ count, height, row, chosen, label }: {
  count: number;
  /** Pixels of a row. */
  height: number;
  row: (at: number) => ComponentChild;
  /** The row that is kept in view. */
  chosen: number;
  label: string;
}) {
  const pane = useRef<HTMLDivElement>(null);
  const [, setTurn] = useState(0);
  const options = {
    count,
    estimateSize: () => height,
    getScrollElement: () => pane.current,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    overscan: OVERSCAN,
    onChange: () => setTurn((n) => n + 1),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.scrollToIndex(chosen, { align: 'auto' }), [chosen, count]);

  return (
    <div ref={pane} class="pane">
      <ol class="virtual" aria-label={label} style={{ height: `${virtualizer.getTotalSize()}px` }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <li
            key={index}
            aria-setsize={count}
            aria-posinset={index + 1}
            style={{ height: `${height}px`, transform: `translateY(${start}px)` }}
          >
            {row(index)}
          </li>
        ))}
      </ol>
    </div>
  );
}
