// What a workbook says of its sheets beside their text (docs/WIRE.md), and their text as rows of fields.

import type { Item, Page } from '../api';
import { isTabular } from '../i18n/types';

/** First and last, from 1. */
type Span = [number, number];

export interface Sheet {
  /** "" where the rows are not of a workbook. */
  name: string;
  /** Its first and last run. */
  run: number;
  last: number;
  /** The rows that its lines are; null: unknown, or all that there are. */
  lines: Span[] | null;
  /** Cells may stand nearer together than in the sheet: columns have no letters. */
  narrowed: boolean;
  hidden: boolean;
  hiddenRows: Span[];
  hiddenColumns: Span[];
}

/** "AB" is 28. */
function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** 28 is "AB". */
export function lettersOf(column: number): string {
  return column > 0 ? lettersOf(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26)) : '';
}

function spansOf(text: string, numberOf: (end: string) => number): Span[] {
  return [...text.matchAll(/(\w+):(\w+)/g)].map(([, first, last]) => [numberOf(first!), numberOf(last!)]);
}

export function within(spans: Span[], at: number): boolean {
  return spans.some(([first, last]) => first <= at && at <= last);
}

function hiddenOf(item: Item, key: string, sheet: string, numberOf: (end: string) => number): Span[] {
  const values = item.meta.filter((meta) => meta.key === key && meta.value.startsWith(`${sheet}!`));
  return values.flatMap(({ value }) => spansOf(value.slice(sheet.length + 1), numberOf));
}

function sheetOf(item: Item, value: string): Sheet | null {
  const groups = /^(?<run>\d+) (?<narrowed>~?)(?<lines>\S*) (?<name>.*)$/s.exec(value)?.groups;
  if (!groups) return null;
  const name = groups.name!;
  return {
    name,
    run: Number(groups.run),
    last: item.stored_pages,
    lines: groups.lines!.endsWith('...') ? null : spansOf(groups.lines!, Number),
    narrowed: groups.narrowed !== '',
    hidden: item.meta.some((meta) => meta.key === 'hidden-sheet' && meta.value === name),
    hiddenRows: hiddenOf(item, 'hidden-rows', name, Number),
    hiddenColumns: hiddenOf(item, 'hidden-columns', name, columnOf),
  };
}

const nameless = { name: '', lines: null, narrowed: false, hidden: false, hiddenRows: [], hiddenColumns: [] };

/** The sheets of a workbook, or the one that other rows of fields are; none where the text is something else. */
export function sheetsOf(item: Item, page: number): Sheet[] {
  const told = item.meta.filter(({ key }) => key === 'sheet-lines').map(({ value }) => sheetOf(item, value));
  const sheets = told.filter((sheet) => sheet !== null).sort((a, b) => a.run - b.run);
  sheets.forEach((sheet, i) => (sheet.last = (sheets[i + 1]?.run ?? item.stored_pages + 1) - 1));
  if (sheets.length > 0) return sheets.filter(({ run, last }) => run <= last);
  if (!isTabular(item.type)) return [];
  // Tables of a database have pages; what flows is one.
  return [item.pages === null ? { ...nameless, run: 1, last: item.stored_pages } : { ...nameless, run: page, last: page }];
}

const COLUMNS_MAX = 1024;

/** Whether a text is rows: tabs in most of its lines, and not too many columns for a table. */
export function isTable(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const tabbed = lines.filter((line) => line.includes('\t'));
  if (tabbed.length === 0 || tabbed.length * 2 <= lines.length) return false;
  return tabbed.every((line) => line.split('\t').length <= COLUMNS_MAX);
}

export interface Row {
  page: Page;
  /** Of its text in that of the page. */
  from: number;
  to: number;
  /** In the sheet, from 1. */
  number: number;
}

export interface Field {
  from: number;
  to: number;
}

export interface Rows {
  rows: Row[];
  columns: number;
  /** What lies on the sheet besides: where it begins in the page. */
  beside: { page: Page; from: number }[];
}

/** The number of the line at a place, from 0; beyond them 0. */
function* numbersOf(spans: Span[]): Generator<number> {
  for (const [first, last] of spans) for (let row = first; row <= last; row++) yield row;
}

function tabsIn(text: string, from: number, to: number): number {
  let tabs = 0;
  for (let at = text.indexOf('\t', from); at >= 0 && at < to; at = text.indexOf('\t', at + 1)) tabs++;
  return tabs;
}

/** The rows of a sheet, read as its runs come: each run once. */
export class RowReader {
  private readonly out: Rows = { rows: [], columns: 1, beside: [] };
  private readonly numbers: Iterator<number> | null;
  private readonly read: Page[] = [];

  constructor(private readonly sheet: Sheet) {
    this.numbers = sheet.lines && numbersOf(sheet.lines);
  }

  /** Whether these runs begin with those that were read. */
  private goesOn(runs: Page[]): boolean {
    return this.read.every((page, i) => runs[i] === page);
  }

  private add(page: Page): void {
    const { text } = page;
    const { out, numbers, sheet } = this;
    // A sheet's name stands on a line of its own.
    let from = page.page === sheet.run && sheet.name !== '' ? text.indexOf('\n') + 1 : 0;
    for (let end; from < text.length; from = end + 1) {
      end = text.indexOf('\n', from);
      if (end < 0) end = text.length;
      if (end === from) continue;
      const next = numbers ? numbers.next() : { done: false, value: out.rows.length + 1 };
      if (next.done) {
        out.beside.push({ page, from });
        return;
      }
      out.rows.push({ page, from, to: end, number: next.value as number });
      out.columns = Math.max(out.columns, Math.min(COLUMNS_MAX, tabsIn(text, from, end) + 1));
    }
  }

  /** The rows of these runs, from the sheet's first on; null: they are others than before. */
  rowsOf(runs: Page[]): Rows | null {
    if (!this.goesOn(runs)) return null;
    for (const page of runs.slice(this.read.length)) {
      this.add(page);
      this.read.push(page);
    }
    return { ...this.out };
  }
}

export function fieldsOf({ page: { text }, from, to }: Row): Field[] {
  let at = from;
  return text
    .slice(from, to)
    .split('\t')
    .map((field) => {
      const start = at;
      at += field.length + 1;
      return { from: start, to: start + field.length };
    });
}
