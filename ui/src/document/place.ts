// A place in the text that something beside it speaks of: painted while it is pointed at, brought into view
// when it is gone to.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { paint, TextMap } from './textmap';

export interface Place {
  page: number;
  /** Offsets in its text. */
  start: number;
  end: number;
}

export interface Placed {
  /** What is to be painted. */
  shown: Place | null;
  /** What was gone to; another object each time. */
  gone: Place | null;
  point: (place: Place | null) => void;
  go: (place: Place) => void;
}

/** `reveal` sees to it that a page is in view. */
export function usePlace(item: number, reveal: (page: number) => void): Placed {
  const [pointed, point] = useState<Place | null>(null);
  const [gone, setGone] = useState<Place | null>(null);
  useLayoutEffect(() => {
    point(null);
    setGone(null);
  }, [item]);
  const go = (place: Place) => {
    setGone({ ...place });
    reveal(place.page);
  };
  return { shown: pointed ?? gone, gone, point, go };
}

/** The part of the drawn text that holds an offset: headline, prose, or a field of a table. */
function partAt(pane: HTMLElement, page: number, at: number): TextMap | null {
  const own = `[data-page="${page}"]`;
  const parts = [...pane.querySelectorAll<HTMLElement>(`${own}[data-from], ${own} td[data-from]`)];
  const part = parts.filter((one) => Number(one.dataset.from) <= at).at(-1);
  return part ? new TextMap(part, Number(part.dataset.from)) : null;
}

export function rangeOf(pane: HTMLElement | null, place: Place | null): Range | null {
  if (!pane || !place) return null;
  return partAt(pane, place.page, place.start)?.range(place.start, place.end) ?? null;
}

/** Paints what is pointed at, and scrolls once to what is gone to; `drawn` changes when the nodes do. */
export function usePainted(pane: { current: HTMLElement | null }, { shown, gone }: Placed, drawn: string): void {
  const reached = useRef<Place | null>(null);
  useEffect(() => {
    paint('place', [rangeOf(pane.current, shown)]);
    return () => paint('place', []);
  }, [shown, drawn]);
  useEffect(() => {
    const range = gone !== reached.current ? rangeOf(pane.current, gone) : null;
    if (!range || !pane.current) return;
    reached.current = gone;
    centre(pane.current, range);
  }, [gone, drawn]);
}

/** Paragraphs are long: the place itself comes into the middle of what scrolls. */
function centre(pane: HTMLElement, range: Range): void {
  const place = range.getBoundingClientRect();
  const scrolls = pane.scrollHeight > pane.clientHeight + 1;
  const box = scrolls ? pane.getBoundingClientRect() : { top: 0, height: innerHeight };
  (scrolls ? pane : window).scrollBy({ top: place.top - box.top - box.height / 2 });
}
