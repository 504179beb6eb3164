// A long list in the window, of which only the rows in view are drawn. Rows are of one height.

import { Virtualizer, observeWindowOffset, observeWindowRect, windowScroll } from '@tanstack/virtual-core';
import type { ComponentChild } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Windowed {
  count: number;
  /** Pixels of a row. */
  height: number;
  /** The row that is kept in view. */
  chosen?: number | null;
  /** Called with the first and last row in view. */
  onView?: (first: number, last: number) => void;
}

interface VirtualList extends Windowed {
  row: (at: number) => ComponentChild;
  label: string;
}

const OVERSCAN = 8;

/** Which rows of a list in the window are drawn, and where; `list` holds them. */
export function useVirtual(list: { current: HTMLElement | null }, { count, height, chosen = null, onView }: Windowed) {
  const [, setTurn] = useState(0);
  const [top, setTop] = useState(0);
  const options = {
    count,
    estimateSize: () => height,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    initialOffset: () => window.scrollY,
    scrollMargin: top,
    // The frame at the top covers what is behind it.
    scrollPaddingStart: 90,
    scrollPaddingEnd: 30,
    overscan: OVERSCAN,
    onChange: () => setTurn((n) => n + 1),
  };
  const [virtualizer] = useState(() => new Virtualizer<Window, HTMLElement>(options));
  virtualizer.setOptions(options);

  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => {
    if (list.current) setTop(list.current.getBoundingClientRect().top + window.scrollY);
  });
  useLayoutEffect(() => virtualizer.measure(), [height]);
  useLayoutEffect(() => {
    if (chosen !== null && chosen < count) virtualizer.scrollToIndex(chosen, { align: 'auto' });
  }, [chosen]);

  const shown = virtualizer.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? 0;
  useLayoutEffect(() => onView?.(first, last), [first, last, count]);
  return { shown, top, size: virtualizer.getTotalSize() };
}

export function Virtual({ count, height, row, chosen = null, onView, label }: VirtualList) {
  const list = useRef<HTMLOListElement>(null);
  const { shown, top, size } = useVirtual(list, { count, height, chosen, ...(onView ? { onView } : {}) });
  return (
    <ol ref={list} class="virtual" aria-label={label} style={{ height: `${size}px` }}>
      {shown.map(({ index, start }) => (
        <li
          key={index}
          aria-setsize={count}
          aria-posinset={index + 1}
          class={index === chosen ? 'chosen' : undefined}
          style={{ height: `${height}px`, transform: `translateY(${start - top}px)` }}
        >
          {row(index)}
        </li>
      ))}
    </ol>
  );
}
