// What of a document is about to be marked: selected words, a rectangle that was drawn, or all of it.

import type { Mark, MarkWish, Page, Region, Word } from '../../api';
import { wordsIn } from '../geometry';

export interface Target {
  /** 0: the document. */
  page: number;
  regions: Region[];
  quote: string;
  start: number;
  end: number;
}

/** As many as the API takes. */
const REGIONS_MAX = 64;
/** Regions are in these parts of the page; words' boxes in those. */
export const UNIT = 10000;
const WORD_UNIT = 65535;

export const wholeDocument: Target = { page: 0, regions: [], quote: '', start: 0, end: 0 };

function scaled([, , x0, y0, x1, y1]: Word): Region {
  const part = (value: number) => Math.round((value / WORD_UNIT) * UNIT);
  return [part(x0), part(y0), Math.max(part(x0) + 1, part(x1)), Math.max(part(y0) + 1, part(y1))];
}

/** Whether two boxes stand in one line: each reaches over the middle of the other. */
function inLine(a: Region, b: Region): boolean {
  const middle = ([, y0, , y1]: Region) => (y0 + y1) / 2;
  return a[1] < middle(b) && middle(b) < a[3] && b[1] < middle(a) && middle(a) < b[3];
}

/** Where words stand on the picture, a rectangle a line; the last takes in what is beyond the cap. */
export function regionsOf(words: Word[]): Region[] {
  const regions: Region[] = [];
  for (const word of words) {
    const box = scaled(word);
    const last = regions.at(-1);
    if (last && (inLine(last, box) || regions.length === REGIONS_MAX))
      regions[regions.length - 1] = [
        Math.min(last[0], box[0]),
        Math.min(last[1], box[1]),
        Math.max(last[2], box[2]),
        Math.max(last[3], box[3]),
      ];
    else regions.push(box);
  }
  return regions;
}

/** White space at the ends of what is selected is not meant. */
export function targetOf(page: Page, range: readonly [number, number], words: Word[]): Target | null {
  const text = page.text.slice(...range);
  const start = range[0] + (text.length - text.trimStart().length);
  const end = start + text.trim().length;
  if (end <= start) return null;
  return { page: page.page, regions: regionsOf(wordsIn(words, start, end)), quote: text.trim(), start, end };
}

/** The place of a mark on the picture: as it was drawn, or of the words it is of. */
export function shownRegions(mark: Mark, words: Word[]): Region[] {
  if (mark.regions.length > 0) return mark.regions;
  return mark.end > 0 ? regionsOf(wordsIn(words, mark.start, mark.end)) : [];
}

export function wishOf(item: number, target: Target): Pick<MarkWish, 'item' | 'page' | 'regions' | 'quote' | 'start' | 'end'> {
  return { item, ...target };
}
