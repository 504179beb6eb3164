// Which words of a page lie in a part of its text. Words come in the order of the text and do not overlap.

import type { Word } from '../api';

/** The first word that ends behind `at`. */
function firstBehind(words: Word[], at: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle]![1] > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function wordsIn(words: Word[], from: number, to: number): Word[] {
  const first = firstBehind(words, from);
  let end = first;
  while (end < words.length && words[end]![0] < to) end++;
  return words.slice(first, end);
}

/** The number of the range that holds `at`, of ranges in the order of the text; -1 none. */
export function rangeAt(ranges: readonly (readonly [number, number])[], at: number): number {
  return ranges.findIndex(([start, end]) => start <= at && at < end);
}

/** Below these OCR is doubtful, and unsure. */
export const DOUBTFUL = 60;
export const UNSURE = 80;

export type Doubt = 'doubtful' | 'unsure';

/** How far OCR trusted a word; null: far enough, or no OCR. */
export function doubtOf([, , , , , , confidence]: Word): Doubt | null {
  if (confidence < 0 || confidence >= UNSURE) return null;
  return confidence < DOUBTFUL ? 'doubtful' : 'unsure';
}
