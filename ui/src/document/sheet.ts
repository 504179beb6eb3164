// How a document's pages lie in their pane: turned, nearer or farther. Each document has its own, kept with the
// place in the history; how pages are fitted is for the next one too.

import type { ReadingView, Sheet } from '../nav';

const KEPT_MAX = 40;

export function sheetOf(reading: ReadingView, item: number): Pick<Sheet, 'turn' | 'zoom'> {
  return reading.sheets.find((sheet) => sheet.item === item) ?? { turn: 0, zoom: reading.zoom };
}

/** What of the reading changes with it; the last documents are kept. */
export function withSheet(reading: ReadingView, item: number, change: Partial<Sheet>): Partial<ReadingView> {
  const sheet = { ...sheetOf(reading, item), ...change, item };
  const sheets = [...reading.sheets.filter((one) => one.item !== item), sheet].slice(-KEPT_MAX);
  return typeof change.zoom === 'string' ? { sheets, zoom: change.zoom } : { sheets };
}
