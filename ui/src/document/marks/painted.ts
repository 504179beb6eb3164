// Marks in the text, each in its colour, without touching its nodes; and words selected by keys.

import { useEffect, useLayoutEffect } from 'preact/hooks';
import type { Mark } from '../../api';
import { colours } from '../../marks/labels';
import { rangeOf } from '../place';
import { paint } from '../textmap';

type Root = { current: HTMLElement | null };
const PANE = '.text';

/** Notes, tags and translations of a passage share one paint; `drawn` changes when the nodes do. */
export function usePaintedMarks(root: Root, marks: Mark[], chosen: number, drawn: string): void {
  useEffect(() => {
    const pane = root.current?.querySelector<HTMLElement>(PANE) ?? null;
    const range = ({ page, start, end }: Mark) => rangeOf(pane, { page, start, end });
    const placed = marks.filter((mark) => mark.end > 0 && !mark.removed);
    for (const colour of colours)
      paint(`mark-${colour}`, placed.filter((mark) => mark.kind === 'highlight' && mark.colour === colour).map(range));
    paint('mark-other', placed.filter((mark) => mark.kind !== 'highlight').map(range));
    paint('mark-chosen', placed.filter(({ id }) => id === chosen).map(range));
    return () => {
      for (const name of [...colours, 'other', 'chosen']) paint(`mark-${name}`, []);
    };
  }, [marks, chosen, drawn]);
}

const steps: Record<string, [direction: 'left' | 'right' | 'forward' | 'backward', by: 'word' | 'line']> = {
  ArrowLeft: ['left', 'word'],
  ArrowRight: ['right', 'word'],
  ArrowDown: ['forward', 'line'],
  ArrowUp: ['backward', 'line'],
};

/** Where a selection begins: at the match in view, else at the first text that is in sight. */
function begin(pane: HTMLElement): void {
  const top = pane.getBoundingClientRect().top;
  const proses = [...pane.querySelectorAll('.prose[data-page]')];
  const at = pane.querySelector('mark.current') ?? proses.find((one) => one.getBoundingClientRect().bottom > top);
  const text = at && document.createTreeWalker(at, NodeFilter.SHOW_TEXT).nextNode();
  if (text) getSelection()?.collapse(text, 0);
}

/** Shift and arrows select words of the text, as they do where text is written. */
export function useWordKeys(root: Root): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = steps[event.key];
      const pane = root.current?.querySelector<HTMLElement>(PANE);
      if (!step || !pane || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
      const target = event.target as HTMLElement;
      if (target.matches('input, textarea, select, .drawpad') || document.querySelector('dialog[open]')) return;
      const selection = getSelection();
      if (!selection) return;
      if (!selection.anchorNode || !pane.contains(selection.anchorNode)) begin(pane);
      selection.modify('extend', ...step);
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
}
