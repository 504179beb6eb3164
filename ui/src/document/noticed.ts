// What a reader noticed of a document beside its text, and wrote down in English: words under black
// boxes, earlier revisions, letters that may be wrong. The usual ones are said in the reader's language.

import type { Item, Page } from '../api';
import { t, type Key } from '../i18n';

export interface Notice {
  /** First and last pages it is about; none: the whole document. */
  pages: [number, number][];
  says: string;
  /** The document's own words that it is about, or "". */
  words: string;
}

const form = /^(?:[a-z-]+: )?(?:pages? (?<pages>\d[\d, -]*)(?:, and more)?: )?(?<text>.*)$/s;
const kinds: [RegExp, Key][] = [
  [/^words hidden under what is drawn over them(?:: (?<words>.*))?$/s, 'notice.covered'],
  [/^words hidden in the colour of the page behind them(?:: (?<words>.*))?$/s, 'notice.coloured'],
  [/^words hidden by not being painted(?:: (?<words>.*))?$/s, 'notice.unpainted'],
  [/^words outside the part of the page that is shown(?:: (?<words>.*))?$/s, 'notice.outside'],
  [/^words on a layer that is switched off(?:: (?<words>.*))?$/s, 'notice.layer'],
  [/^the text may be wrong\b/, 'notice.wrong'],
  [/^read by OCR: its fonts\b/, 'notice.fonts'],
  [/^the file was changed after it was written: it holds (?<n>\d+) revisions\b/, 'notice.revisions'],
  [/^revision (?<n>\d+) of the file holds words that the last does not: (?<words>.*)$/s, 'notice.revision'],
  [/^opening it fetches from elsewhere \([^)]*\): (?<words>.*)$/s, 'notice.fetches'],
  [/^the document runs scripts\b/, 'notice.scripts'],
  [/^the PDF's table of contents was broken\b/, 'notice.rebuilt'],
];

function rangesOf(pages: string): [number, number][] {
  return pages.split(', ').map((range) => {
    const [first, last] = range.split('-').map(Number);
    return [first!, last ?? first!];
  });
}

export function readNotice(value: string): Notice {
  const { pages, text } = form.exec(value)!.groups!;
  const ranges = pages ? rangesOf(pages) : [];
  for (const [pattern, key] of kinds) {
    const match = pattern.exec(text!);
    if (match)
      return { pages: ranges, says: t(key, { n: Number(match.groups?.n ?? 0) }), words: match.groups?.words ?? '' };
  }
  return { pages: ranges, says: pages ? text! : value, words: '' };
}

/** All of an item's, in the order of its pages; those of the whole document first. */
export function noticesOf(item: Item): Notice[] {
  const all = item.meta.filter(({ key }) => key === 'warning').map(({ value }) => readNotice(value));
  return all.sort((a, b) => (a.pages[0]?.[0] ?? 0) - (b.pages[0]?.[0] ?? 0));
}

/** Those of the whole document and of this page. */
export function noticesFor(item: Item, page: Page | null): Notice[] {
  return noticesOf(item).filter(
    ({ pages }) => pages.length === 0 || !page || pages.some(([first, last]) => first <= page.page && page.page <= last),
  );
}
