// A workbook: its sheets to choose from, what is hidden in the one that is shown, and its table.

import type { ComponentChildren } from 'preact';
import type { Page, PageName } from '../api';
import { number, t } from '../i18n';
import { Grid } from './Grid';
import { lettersOf, type Sheet } from './rows';

const SPANS_SAID = 12;

function spansText(spans: [number, number][], say: (n: number) => string): string {
  const said = spans.slice(0, SPANS_SAID).map(([first, last]) => (first === last ? say(first) : `${say(first)}–${say(last)}`));
  return said.join(' · ') + (spans.length > SPANS_SAID ? ' …' : '');
}

function Hidden({ sheet }: { sheet: Sheet }) {
  const { hidden, hiddenRows, hiddenColumns } = sheet;
  if (!hidden && hiddenRows.length + hiddenColumns.length === 0) return null;
  return (
    <aside class="remark concealments">
      {hidden ? <p>{t('document.hiddenSheet')}</p> : null}
      {hiddenRows.length > 0 ? <p>{t('document.hiddenRows', { name: spansText(hiddenRows, number) })}</p> : null}
      {hiddenColumns.length > 0 ? (
        <p>{t('document.hiddenColumns', { name: spansText(hiddenColumns, lettersOf) })}</p>
      ) : null}
    </aside>
  );
}

export function Sheets({ sheets, sheet, runs, namesOf, head, current, after, onAfter, onView, onSheet }: {
  sheets: Sheet[];
  /** The one that is shown. */
  sheet: Sheet;
  /** Its runs that are loaded. */
  runs: Page[];
  namesOf: (page: number) => PageName[];
  head: ComponentChildren;
  current: string;
  after: boolean;
  onAfter: () => void;
  onView: (first: number, last: number) => void;
  onSheet: (run: number) => void;
}) {
  const label = runs[0]?.label;
  return (
    <section class="text sheets" aria-label={t('text')}>
      {head}
      {sheets.length > 1 || sheet.name ? (
        <nav class="sheettabs" aria-label={t('document.sheets')}>
          {sheets.map((one) => (
            <button
              key={one.run}
              type="button"
              aria-current={one === sheet ? 'true' : undefined}
              class={one.hidden ? 'concealed' : undefined}
              onClick={() => onSheet(one.run)}
            >
              <bdi>{one.name}</bdi>
              {one.hidden ? <small>{t('document.hidden')}</small> : null}
            </button>
          ))}
        </nav>
      ) : label ? (
        <h2 class="label" dir="auto">
          {label}
        </h2>
      ) : null}
      <Hidden sheet={sheet} />
      <Grid
        key={sheet.run}
        sheet={sheet}
        runs={runs}
        namesOf={namesOf}
        current={current}
        more={after}
        onMore={onAfter}
        onView={onView}
      />
    </section>
  );
}
