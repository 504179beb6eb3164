// Keys: the table of all of them, by where they work; "?" shows it. Nothing happens while the reader
// types, holds Ctrl, Alt or Meta, or a dialog is open. On a keyboard of another script a key counts as
// the Latin letter of its place.

import { useLayoutEffect } from 'preact/hooks';
import type { Key } from './i18n';

/** Keys of one use stand together and share their words. */
export const keyTable = {
  everywhere: {
    title: 'keysEverywhere',
    keys: { '/': 'keyFocus', '?': 'keyHelp' },
  },
  overview: {
    title: 'overview.title',
    keys: { j: 'overview.keyMove', k: 'overview.keyMove' },
  },
  ledger: {
    title: 'ledger',
    keys: { j: 'ledger.keyMove', k: 'ledger.keyMove', Enter: 'keyOpen', f: 'ledger.keyFilter', r: 'ledger.keyAgain' },
  },
  results: {
    title: 'search',
    keys: { j: 'keyMove', k: 'keyMove', Enter: 'keyOpen', r: 'search.keyNewer', w: 'search.keyNarrow', v: 'search.keySave', x: 'search.keyPick', o: 'search.keyOriginals', t: 'marks.keyTag', s: 'marks.keyStar', l: 'marks.keyList', z: 'marks.keyUndo' },
  },
  document: {
    title: 'keysDocument',
    keys: {
      n: 'keyHit',
      p: 'keyHit',
      j: 'document.keyResult',
      k: 'document.keyResult',
      ArrowLeft: 'keyPage',
      ArrowRight: 'keyPage',
      e: 'document.keyName',
      E: 'document.keyName',
      d: 'document.keyDate',
      D: 'document.keyDate',
      v: 'document.keyView',
      '+': 'document.keyZoom',
      '-': 'document.keyZoom',
      w: 'document.keyWidth',
      f: 'document.keyPage',
      r: 'document.keyTurn',
      R: 'document.keyTurn',
      i: 'document.keyNames',
      t: 'marks.keyTag',
      s: 'marks.keyStar',
      m: 'docmarks.keyNote',
      u: 'docmarks.keyTranslate',
      l: 'marks.keyList',
      h: 'docmarks.keyHighlight',
      x: 'docmarks.keyDraw',
      z: 'marks.keyUndo',
      c: 'document.keyDoubt',
      a: 'document.keyWhole',
      y: 'document.keyCopy',
      '[': 'document.keySheet',
      ']': 'document.keySheet',
      b: 'keyBack',
      Escape: 'keyBack',
    },
  },
  people: {
    title: 'people.title',
    keys: {
      j: 'people.keyMove',
      k: 'people.keyMove',
      Enter: 'people.keyOpen',
      f: 'people.keyFilter',
      r: 'people.keyReview',
      z: 'people.keyUndo',
    },
  },
  name: {
    title: 'people.sectionOne',
    keys: {
      j: 'people.keyPassage',
      k: 'people.keyPassage',
      Enter: 'keyOpen',
      f: 'people.keyFind',
      r: 'people.keyRename',
      m: 'people.keyNote',
      z: 'people.keyUndo',
      b: 'people.keyBack',
      Escape: 'people.keyBack',
    },
  },
  review: {
    title: 'people.reviewTitle',
    keys: {
      s: 'people.keySame',
      d: 'people.keyDifferent',
      u: 'people.keyUnsure',
      j: 'people.keySkip',
      z: 'people.keyUndo',
      b: 'people.keyBack',
      Escape: 'people.keyBack',
    },
  },
  network: {
    title: 'network.title',
    keys: {
      j: 'network.keyTie',
      k: 'network.keyTie',
      v: 'network.keyTable',
      x: 'network.keyGrow',
      i: 'network.keyZoom',
      o: 'network.keyZoom',
      '+': 'network.keyZoom',
      '-': 'network.keyZoom',
      a: 'network.keyFit',
      ArrowLeft: 'network.keyMove',
      ArrowRight: 'network.keyMove',
      ArrowUp: 'network.keyMove',
      ArrowDown: 'network.keyMove',
      Escape: 'network.keyClose',
    },
  },
  marking: {
    title: 'marking.title',
    keys: {
      j: 'marking.keyMove',
      k: 'marking.keyMove',
      Enter: 'marking.keyOpen',
      f: 'marking.keyFilter',
      x: 'marking.keyDone',
      d: 'marking.keyRemove',
      w: 'marking.keyWork',
      z: 'marks.keyUndo',
      Escape: 'marking.keyEnd',
    },
  },
  timeline: {
    title: 'timeline.title',
    keys: {
      l: 'timeline.keyLanes',
      ArrowLeft: 'timeline.keyBar',
      ArrowRight: 'timeline.keyBar',
      ArrowUp: 'timeline.keyLane',
      ArrowDown: 'timeline.keyLane',
      Enter: 'timeline.keyOpen',
      i: 'timeline.keyZoom',
      o: 'timeline.keyZoom',
      '+': 'timeline.keyZoom',
      '-': 'timeline.keyZoom',
      n: 'timeline.keyMove',
      p: 'timeline.keyMove',
      '1': 'timeline.keyUnit',
      '2': 'timeline.keyUnit',
      '3': 'timeline.keyUnit',
      '4': 'timeline.keyUnit',
      a: 'timeline.keyAll',
      u: 'timeline.keyUndated',
      Escape: 'timeline.keyClose',
    },
  },
} as const satisfies Record<string, { title: Key; keys: Record<string, Key> }>;

export type KeySection = keyof typeof keyTable;
type Actions<S extends KeySection> = Partial<Record<keyof (typeof keyTable)[S]['keys'], () => void>>;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** Enter on a link or a button is theirs. */
function isTheirs(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && event.target instanceof HTMLElement && event.target.matches('a, button, summary');
}

function keyOf(event: KeyboardEvent): string {
  if (event.key === '؟') return '?';
  if (event.key.length > 1 || /^[!-~]$/.test(event.key)) return event.key;
  if (event.code === 'Slash') return event.shiftKey ? '?' : '/';
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (!letter) return event.key;
  return event.shiftKey ? letter : letter.toLowerCase();
}

/** The key, unless it is not meant for the screen. */
function meant(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return null;
  if (isTyping(event.target) || isTheirs(event) || document.querySelector('dialog[open]')) return null;
  return keyOf(event);
}

// As soon as what is shown is shown: a key that comes before the browser has painted it must not act on what was
// there before.
function useListener(onKey: (event: KeyboardEvent) => void, capture: boolean): void {
  useLayoutEffect(() => {
    window.addEventListener('keydown', onKey, capture);
    return () => window.removeEventListener('keydown', onKey, capture);
  });
}

/** What keys of a section of the table do, while whoever calls is on the screen. */
export function useKeys<S extends KeySection>(_section: S, actions: Actions<S>): void {
  useListener((event) => {
    const key = meant(event);
    const action = key === null ? undefined : (actions as Record<string, (() => void) | undefined>)[key];
    if (!action) return;
    event.preventDefault();
    action();
  }, false);
}

const PATIENCE_MS = 1500;
let pressed = 0;

/** "g" and then a letter, before any screen hears of that letter. */
export function useGo(letters: Record<string, () => void>): void {
  useListener((event) => {
    const key = meant(event);
    if (key === null || key === 'Shift') return;
    const waiting = event.timeStamp - pressed < PATIENCE_MS && pressed > 0;
    pressed = !waiting && key === 'g' ? event.timeStamp : 0;
    if (!waiting) return;
    const action = letters[key];
    event.preventDefault();
    event.stopImmediatePropagation();
    action?.();
  }, true);
}
