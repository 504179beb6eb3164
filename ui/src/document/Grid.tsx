// A sheet as a table of any size: only rows and columns in view are drawn, its heads stay in view, and one
// cell is chosen, whose whole text stands above. What is hidden in the document is shown, and marked so.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Page, PageName } from '../api';
import { number, t } from '../i18n';
import { Annotated } from './Annotated';
import { fieldsOf, lettersOf, RowReader, within, type Row, type Rows, type Sheet } from './rows';

const OVERSCAN = 6;
/** Rem. */
const ROW = 1.75;
const NARROW = 4;
const WIDE = 22;
/** Of a letter. */
const LETTER = 0.5;
/** Rows by which the columns' widths are judged. */
const JUDGED = 200;
/** Runs that are loaded unasked, and rows before the last one in view at which more are. */
const EAGER = 400;
const AHEAD = 200;
/** Browsers draw no element that is much higher. */
const HIGHEST_PIXELS = 16_000_000;

function remPixels(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function useRows(sheet: Sheet, runs: Page[]): Rows {
  const reader = useRef<RowReader>();
  return useMemo(() => {
    const more = reader.current?.rowsOf(runs);
    if (more) return more;
    reader.current = new RowReader(sheet);
    return reader.current.rowsOf(runs)!;
  }, [runs.length, runs[0]]);
}

/** Widths of the columns and of the heads of rows, in pixels, by what stands in the first rows. */
function useWidths(sheet: Sheet, { rows, columns }: Rows): number[] {
  const judged = Math.min(rows.length, JUDGED);
  return useMemo(() => {
    const letters = new Array<number>(columns).fill(0);
    for (const row of rows.slice(0, JUDGED))
      fieldsOf(row).forEach(({ from, to }, i) => i < columns && (letters[i] = Math.max(letters[i]!, to - from)));
    const rem = remPixels();
    return letters.map((count) => Math.round(rem * Math.min(WIDE, Math.max(NARROW, 1.2 + count * LETTER))));
  }, [sheet.run, columns, judged]);
}

interface View {
  top: number;
  left: number;
  height: number;
  width: number;
}

function useView(pane: { current: HTMLElement | null }): [View, () => void] {
  const [view, setView] = useState<View>({ top: 0, left: 0, height: 600, width: 1000 });
  const look = () => {
    const { current: at } = pane;
    if (!at) return;
    // In a sheet from right to left browsers count to the left from 0 downwards.
    const next = { top: at.scrollTop, left: Math.abs(at.scrollLeft), height: at.clientHeight, width: at.clientWidth };
    setView((old) => (JSON.stringify(old) === JSON.stringify(next) ? old : next));
  };
  useEffect(() => {
    const watcher = new ResizeObserver(look);
    watcher.observe(pane.current!);
    return () => watcher.disconnect();
  }, []);
  return [view, look];
}

/** First and last column in view, and where each begins. */
function columnsIn(widths: number[], { left, width }: View): { starts: number[]; first: number; last: number } {
  const starts = [0];
  for (const one of widths) starts.push(starts.at(-1)! + one);
  const first = Math.max(0, starts.findIndex((start) => start > left) - 1 - 1);
  const behind = starts.findIndex((start) => start > left + width);
  return { starts, first, last: behind < 0 ? widths.length - 1 : Math.min(widths.length - 1, behind) };
}

interface Place {
  row: number;
  column: number;
}

const moves: Record<string, (at: Place, rows: number, page: number) => Place> = {
  ArrowDown: (at) => ({ ...at, row: at.row + 1 }),
  ArrowUp: (at) => ({ ...at, row: at.row - 1 }),
  PageDown: (at, _, page) => ({ ...at, row: at.row + page }),
  PageUp: (at, _, page) => ({ ...at, row: at.row - page }),
  Home: (at) => ({ ...at, column: 0 }),
  End: (at) => ({ ...at, column: Infinity }),
};

function nameOf(sheet: Sheet, column: number): string {
  return sheet.narrowed ? '' : lettersOf(column + 1);
}

function Chosen({ sheet, row, at, names }: { sheet: Sheet; row: Row | undefined; at: Place; names: PageName[] }) {
  const field = row && fieldsOf(row)[at.column];
  return (
    <p class="cellbar" aria-live="polite">
      <b>
        <bdi>{row ? `${nameOf(sheet, at.column)}${row.number}` : ''}</bdi>
      </b>
      <span dir="auto">
        {row && field ? (
          <Annotated
            text={row.page.text}
            from={field.from}
            to={field.to}
            marks={[]}
            misread={new Set()}
            names={names.filter(({ end, start }) => start >= field.from && end <= field.to)}
            id={`${row.page.page}c`}
          />
        ) : null}
      </span>
    </p>
  );
}

export function Grid({ sheet, runs, namesOf, current, more, onMore, onView }: {
  sheet: Sheet;
  runs: Page[];
  namesOf: (page: number) => PageName[];
  /** data-mark of the match in view, or "". */
  current: string;
  /** There are rows that are not loaded. */
  more: boolean;
  onMore: () => void;
  /** Called with the first and last run in view. */
  onView: (first: number, last: number) => void;
}) {
  const pane = useRef<HTMLDivElement>(null);
  const [view, look] = useView(pane);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const table = useRows(sheet, runs);
  const widths = useWidths(sheet, table);
  const height = Math.round(remPixels() * ROW);
  const head = Math.round(remPixels() * (1.4 + 0.6 * String(table.rows.at(-1)?.number ?? 1).length));
  const count = Math.min(table.rows.length, Math.floor(HIGHEST_PIXELS / height));
  const first = Math.max(0, Math.floor(view.top / height) - OVERSCAN);
  const last = Math.min(count - 1, Math.ceil((view.top + view.height) / height) + OVERSCAN);
  const shown = columnsIn(widths, view);
  const columns = Array.from({ length: shown.last - shown.first + 1 }, (_, i) => shown.first + i);
  const before = shown.starts[shown.first]!;
  const behind = shown.starts.at(-1)! - shown.starts[shown.last + 1]!;

  useEffect(() => {
    if (more && (runs.length < EAGER || last >= count - AHEAD)) onMore();
  }, [more, last, count, runs.length, onMore]);

  const [from, to] = [table.rows[first]?.page.page ?? 0, table.rows[last]?.page.page ?? 0];
  useEffect(() => onView(from, to), [from, to]);

  /** Brings a cell into the part of the pane that the heads leave free. */
  const bring = ({ row, column }: Place, middle = false) => {
    const box = pane.current;
    if (!box) return;
    const [top, left] = [row * height, shown.starts[column] ?? 0];
    const room = box.clientHeight - height;
    const sign = getComputedStyle(box).direction === 'rtl' ? -1 : 1;
    if (top < box.scrollTop || top + height > box.scrollTop + room)
      box.scrollTop = middle ? top - room / 2 : top < box.scrollTop ? top : top + height - room;
    const wide = box.clientWidth - head;
    const from = Math.abs(box.scrollLeft);
    if (left < from || left + widths[column]! > from + wide)
      box.scrollLeft = sign * (left < from ? left : left + widths[column]! - wide);
    look();
  };
  const choose = (next: Place, middle = false) => {
    const row = Math.min(Math.max(0, next.row), count - 1);
    const column = Math.min(Math.max(0, next.column), widths.length - 1);
    setAt({ row, column });
    bring({ row, column }, middle);
  };

  // The match in view is the chosen cell, even before its row is drawn.
  const shownMatch = useRef('');
  useEffect(() => {
    if (shownMatch.current === current) return;
    const [page, mark] = current.split(':').map(Number);
    const run = runs.find((one) => one.page === page);
    const start = run?.marks[mark!]?.[0];
    const row = start === undefined ? -1 : table.rows.findIndex((one) => one.page === run && one.from <= start && start < one.to);
    if (row < 0) return;
    shownMatch.current = current;
    const column = fieldsOf(table.rows[row]!).findIndex((field) => start! < field.to);
    choose({ row, column }, true);
  }, [current, table]);

  // Its row may be drawn later than it becomes the one in view.
  useEffect(() => {
    for (const mark of pane.current?.querySelectorAll<HTMLElement>('mark') ?? [])
      mark.classList.toggle('current', mark.dataset.mark === current);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const rtl = pane.current && getComputedStyle(pane.current).direction === 'rtl';
    const along = rtl ? -1 : 1;
    const by = event.key === 'ArrowRight' ? along : event.key === 'ArrowLeft' ? -along : 0;
    const page = Math.max(1, Math.floor(view.height / height) - 2);
    const next = by ? { ...at, column: at.column + by } : moves[event.key]?.(at, count, page);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    choose(next);
  };

  const cellOf = (row: Row, index: number) => {
    const fields = fieldsOf(row);
    const marked = { marks: row.page.marks, misread: new Set(row.page.misread), names: namesOf(row.page.page), id: String(row.page.page) };
    return columns.map((column) => {
      const field = fields[column];
      const hidden = within(sheet.hiddenColumns, column + 1);
      const chosen = index === at.row && column === at.column;
      return (
        <td
          key={column}
          id={chosen ? 'cell-chosen' : undefined}
          role="gridcell"
          dir="auto"
          aria-colindex={column + 2}
          aria-selected={chosen}
          class={hidden ? 'concealed' : undefined}
          onClick={() => choose({ row: index, column })}
        >
          {field && field.to > field.from ? (
            <Annotated {...marked} text={row.page.text} from={field.from} to={field.to} />
          ) : null}
        </td>
      );
    });
  };

  return (
    <>
      <Chosen sheet={sheet} row={table.rows[at.row]} at={at} names={namesOf(table.rows[at.row]?.page.page ?? 0)} />
      <div
        ref={pane}
        class="rows"
        dir={runs[0]?.dir ?? 'ltr'}
        tabIndex={0}
        role="grid"
        aria-label={sheet.name || t('document.table')}
        aria-rowcount={more ? -1 : count + 1}
        aria-colcount={widths.length + 1}
        aria-activedescendant="cell-chosen"
        onScroll={look}
        onKeyDown={onKeyDown}
      >
        <table role="presentation" style={{ width: `${head + shown.starts.at(-1)!}px` }}>
          <colgroup role="presentation">
            <col style={{ width: `${head}px` }} />
            <col style={{ width: `${before}px` }} />
            {columns.map((column) => (
              <col key={column} style={{ width: `${widths[column]}px` }} />
            ))}
            <col style={{ width: `${behind}px` }} />
          </colgroup>
          <thead role="rowgroup">
            <tr role="row" aria-rowindex={1} style={{ height: `${height}px` }}>
              <th role="columnheader" class="corner" aria-colindex={1} aria-label={t('document.rowNumber')} />
              <td role="presentation" />
              {columns.map((column) => {
                const hidden = within(sheet.hiddenColumns, column + 1);
                return (
                  <th
                    key={column}
                    role="columnheader"
                    scope="col"
                    aria-colindex={column + 2}
                    class={hidden ? 'concealed' : undefined}
                    title={hidden ? t('document.hiddenColumn') : undefined}
                  >
                    {nameOf(sheet, column) || number(column + 1)}
                    {hidden ? <span class="sr"> {t('document.hidden')}</span> : null}
                  </th>
                );
              })}
              <td role="presentation" />
            </tr>
          </thead>
          <tbody role="rowgroup">
            <tr role="presentation" class="gap" style={{ height: `${first * height}px` }} />
            {table.rows.slice(first, last + 1).map((row, i) => {
              const index = first + i;
              const hidden = within(sheet.hiddenRows, row.number);
              return (
                <tr
                  key={index}
                  role="row"
                  aria-rowindex={index + 2}
                  class={hidden ? 'concealed' : undefined}
                  style={{ height: `${height}px` }}
                >
                  <th role="rowheader" scope="row" aria-colindex={1} title={hidden ? t('document.hiddenRow') : undefined}>
                    {row.number}
                    {hidden ? <span class="sr"> {t('document.hidden')}</span> : null}
                  </th>
                  <td role="presentation" />
                  {cellOf(row, index)}
                  <td role="presentation" />
                </tr>
              );
            })}
            <tr role="presentation" class="gap" style={{ height: `${Math.max(0, count - 1 - last) * height}px` }} />
          </tbody>
        </table>
      </div>
      {table.beside.map(({ page, from }) => (
        <div key={page.page} class="prose" dir={page.dir} data-page={page.page} data-from={from}>
          <Annotated
            text={page.text}
            from={from}
            marks={page.marks}
            misread={new Set(page.misread)}
            names={namesOf(page.page)}
            id={String(page.page)}
          />
        </div>
      ))}
    </>
  );
}
