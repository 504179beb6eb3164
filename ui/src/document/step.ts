// Picture and text in step: what is pointed at, focused or selected on one shows on the other.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Page, PageName, Word } from '../api';
import { rangeAt } from './geometry';
import { paint, TextMap } from './textmap';
import { pickedIn } from './WordLayer';

export interface Picked {
  page: number;
  range: [number, number];
}

interface OnPage {
  page: Page | undefined;
  words: Word[];
  names: PageName[];
}

/** Names and marks carry these on both sides. */
function keyOf(target: Element, { page, words, names }: OnPage): string {
  const own = target.closest<HTMLElement>('[data-name], [data-mark]');
  if (own?.dataset.mark) return `[data-mark="${own.dataset.mark}"]`;
  if (own?.dataset.name) return `[data-name="${own.dataset.name}"]`;
  const word = words[Number(target.closest<HTMLElement>('[data-word]')?.dataset.word)];
  if (!page || !word) return '';
  const mark = rangeAt(page.marks, word[0]);
  if (mark >= 0) return `[data-mark="${page.page}:${mark}"]`;
  const name = rangeAt(names.map(({ start, end }) => [start, end]), word[0]);
  return name >= 0 ? `[data-name="${page.page}:${name}"]` : '';
}

function point(root: HTMLElement, key: string): void {
  for (const old of root.querySelectorAll('.pointed')) old.classList.remove('pointed');
  if (key) for (const now of root.querySelectorAll(key)) now.classList.add('pointed');
}

/** Where in a page's text the selection is, if it is in one. */
function pickedInText(root: HTMLElement): Picked | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const { startContainer: at } = range;
  const start = (at instanceof Element ? at : at.parentElement)?.closest<HTMLElement>('.prose[data-page]');
  if (!start || !root.contains(start) || !start.contains(range.endContainer)) return null;
  const map = new TextMap(start, Number(start.dataset.from));
  return {
    page: Number(start.dataset.page),
    range: [map.offset(range.startContainer, range.startOffset), map.offset(range.endContainer, range.endOffset)],
  };
}

function pickedOnPicture(root: HTMLElement, words: Word[]): Picked | null {
  const layer = root.querySelector<HTMLElement>('.words');
  const anchor = getSelection()?.anchorNode;
  if (!layer || !anchor || !layer.contains(anchor)) return null;
  const range = pickedIn(layer, words);
  return range ? { page: Number(layer.dataset.page), range } : null;
}

/** What is selected; text that is selected on the picture is painted in the text. */
function usePicked(root: { current: HTMLElement | null }, on: { current: OnPage }): Picked | null {
  const [picked, setPicked] = useState<Picked | null>(null);
  useLayoutEffect(() => {
    let frame = 0;
    const look = () => {
      if (!root.current) return;
      const picture = pickedOnPicture(root.current, on.current.words);
      const prose = picture && root.current.querySelector<HTMLElement>(`.prose[data-page="${picture.page}"]`);
      paint('picked', prose ? [new TextMap(prose, Number(prose.dataset.from)).range(...picture.range)] : []);
      const next = picture ?? pickedInText(root.current);
      setPicked((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
    };
    const onSelection = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    };
    document.addEventListener('selectionchange', onSelection);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('selectionchange', onSelection);
      paint('picked', []);
    };
  }, []);
  return picked;
}

/** For the element around both. `onMark`: a word of the query was clicked on the picture. */
export function useStep(onPage: OnPage, onMark: (mark: number) => void) {
  const root = useRef<HTMLDivElement>(null);
  const on = useRef(onPage);
  on.current = onPage;

  const key = (event: Event) => (event.target instanceof Element ? keyOf(event.target, on.current) : '');
  const onPointerOver = (event: Event) => root.current && point(root.current, key(event));
  const onPointerLeave = () => root.current && point(root.current, '');
  const onFocusIn = (event: Event) => {
    if (!root.current) return;
    const found = key(event);
    if (!found) return;
    point(root.current, found);
    root.current.querySelector(`.boxes ${found}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const onClick = (event: Event) => {
    const target = event.target as Element;
    const page = on.current.page;
    if (!page || !target.closest('.words') || !getSelection()?.isCollapsed) return;
    const found = /^\[data-(mark|name)="\d+:(\d+)"\]$/.exec(key(event));
    if (!found || !root.current) return;
    if (found[1] === 'mark') return onMark(Number(found[2]));
    const name = root.current.querySelector<HTMLElement>(`.text [data-name="${page.page}:${found[2]}"]`);
    name?.focus();
    name?.scrollIntoView({ block: 'center' });
  };
  const picked = usePicked(root, on);
  return { root, picked, handlers: { onPointerOver, onPointerLeave, onFocusIn, onClick } };
}
