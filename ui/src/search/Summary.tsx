// How much was found, in which order it stands, and what can be done with all of it.

import type { ComponentChildren } from 'preact';
import type { SearchResult, Sort } from '../api';
import { number, t, type Key } from '../i18n';

const sorts: [Sort, Key][] = [
  ['relevance', 'sortRelevance'],
  ['-date', 'sortDateDesc'],
  ['date', 'sortDate'],
  ['path', 'sortPath'],
];

export function Summary({ first, sort, onSort, children }: {
  first: SearchResult;
  sort: Sort;
  onSort: (sort: Sort) => void;
  children?: ComponentChildren;
}) {
  return (
    <div class="summary">
      <p role="status">
        <b>{t('documents', { n: first.total })}</b>
        {first.pages > 0 ? <span>{t('pages', { n: first.pages })}</span> : null}
        <span>{t('ms', { n: number(first.ms, first.ms < 10 ? 1 : 0) })}</span>
      </p>
      <label>
        <span class="label">{t('sort')}</span>
        <select value={sort} onChange={(event) => onSort(event.currentTarget.value as Sort)}>
          {sorts.map(([one, key]) => (
            <option key={one} value={one}>
              {t(key)}
            </option>
          ))}
        </select>
      </label>
      {children}
    </div>
  );
}
