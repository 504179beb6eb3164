// What the documents divide into, as bars; each is a link to the search with that filter.

import type { FacetValue } from '../api';
import { number, t, type Key } from '../i18n';
import { linkTo, noQuery, type FacetName } from '../nav';
import { valueName } from '../search/Facets';

const FEW = 8;
const YEARS_MAX = 150;

function searchFor(name: FacetName, value: string) {
  return linkTo({ screen: 'search' }, { query: { ...noQuery, filters: { [name]: value } }, chosen: null });
}

function shownName(name: FacetName, value: string): string {
  return value === '' ? t('unknown') : valueName(name, value);
}

/** Of a folder the last steps: those before are what all have in common. */
function shortName(name: FacetName, value: string): string {
  const steps = shownName(name, value).split('/');
  return name === 'folder' && steps.length > 2 ? `…/${steps.slice(-2).join('/')}` : steps.join('/');
}

export function Bars({ name, title, values }: { name: FacetName; title: Key; values: FacetValue[] }) {
  const shown = values.filter(({ value }) => value !== '').slice(0, FEW);
  if (shown.length === 0) return null;
  const most = Math.max(...shown.map(({ items }) => items));
  return (
    <section class="bars">
      <h3>{t(title)}</h3>
      <ul>
        {shown.map(({ value, items }) => (
          <li key={value}>
            <a class="step" {...searchFor(name, value)} title={shownName(name, value)}>
              <bdi>{shortName(name, value)}</bdi>
              <span class="track" aria-hidden="true">
                <span style={{ width: `${Math.max(1, (100 * items) / most)}%` }} />
              </span>
              <b>{number(items)}</b>
            </a>
          </li>
        ))}
      </ul>
      {values.length > FEW ? <p class="soft">{t('overview.barsMore', { n: FEW })}</p> : null}
    </section>
  );
}

/** Years in between stand there too, unless that would make hairs of the columns. */
function withGaps(dated: FacetValue[]): FacetValue[] {
  const first = Number(dated[0]!.value);
  const count = Number(dated.at(-1)!.value) - first + 1;
  if (count > YEARS_MAX) return dated;
  const items = new Map(dated.map((one) => [Number(one.value), one.items]));
  return Array.from({ length: count }, (_, i) => ({ value: String(first + i).padStart(4, '0'), items: items.get(first + i) ?? 0 }));
}

/** Columns in the order of time; from left to right in every language, as the axis of a timeline is. */
export function YearColumns({ values }: { values: FacetValue[] }) {
  const dated = values.filter(({ value }) => /^\d{4}$/.test(value)).sort((a, b) => (a.value < b.value ? -1 : 1));
  if (dated.length === 0) return null;
  const most = Math.max(...dated.map(({ items }) => items));
  const years = withGaps(dated);
  return (
    <section class="columns">
      <h3>{t('overview.year')}</h3>
      <ol dir="ltr">
        {years.map(({ value, items }) => {
          const says = t('overview.barOf', { name: shownName('year', value), n: items });
          if (items === 0) return <li key={value} title={says} />;
          return (
            <li key={value}>
              <a class="step" {...searchFor('year', value)} title={says} aria-label={says}>
                <span style={{ height: `${Math.max(2, (100 * items) / most)}%` }} />
              </a>
            </li>
          );
        })}
      </ol>
      <p class="ends" dir="ltr">
        <span>{shownName('year', years[0]!.value)}</span>
        {years.length > 1 ? <span>{shownName('year', years.at(-1)!.value)}</span> : null}
      </p>
    </section>
  );
}
