// The search screen: totals, filters, hits.

import { useEffect, useRef } from 'preact/hooks';
import './search.css';
import './start.css';
import type { SearchResult, Sort } from '../api';
import { number, t, type Key } from '../i18n';
import { useKeys } from '../keys';
import { go, type Filters, type Query } from '../nav';
import { Empty, Failure, Waiting } from '../parts/State';
import { withoutDates } from './compose';
import { Chips, Facets } from './Facets';
import { Hits } from './Hits';
import { NameChips } from './NameChips';
import { useResults, type Results } from './results';
import { Start } from './Start';

const sorts: [Sort, Key][] = [
  ['relevance', 'sortRelevance'],
  ['-date', 'sortDateDesc'],
  ['date', 'sortDate'],
  ['path', 'sortPath'],
];

/** Keeps the list going while its end is near. */
function End({ results }: { results: Results }) {
  const end = useRef<HTMLDivElement>(null);
  const { first, hits, loading, more } = results;
  const all = first !== null && hits.length >= first.total;

  useEffect(() => {
    if (!end.current || all) return;
    const watcher = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && more(), {
      rootMargin: '600px',
    });
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [more, all]);

  return (
    <div ref={end} class="end">
      {all ? (
        <p>{t('allShown')}</p>
      ) : (
        <button type="button" disabled={loading} onClick={more}>
          {loading ? t('loading') : t('more')}
        </button>
      )}
    </div>
  );
}

function Summary({ first, query, onSort }: { first: SearchResult; query: Query; onSort: (sort: Sort) => void }) {
  return (
    <div class="summary">
      <p role="status">
        <b>{t('documents', { n: first.total })}</b>
        {first.pages > 0 ? <span>{t('pages', { n: first.pages })}</span> : null}
        <span>{t('ms', { n: number(first.ms, first.ms < 10 ? 1 : 0) })}</span>
      </p>
      <label>
        <span class="label">{t('sort')}</span>
        <select value={query.sort} onChange={(event) => onSort(event.currentTarget.value as Sort)}>
          {sorts.map(([sort, key]) => (
            <option key={sort} value={sort}>
              {t(key)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function NoHits({ filters, onFilters }: { filters: Filters; onFilters: (filters: Filters) => void }) {
  const filtered = Object.keys(filters).length > 0;
  return (
    <Empty title={t('noHitsTitle')}>
      <p>{filtered ? t('noHitsFilters') : t('noHitsText')}</p>
      {filtered ? (
        <button type="button" onClick={() => onFilters({})}>
          {t('dropFilters')}
        </button>
      ) : null}
    </Empty>
  );
}

function Found({ query, chosen }: { query: Query; chosen: number | null }) {
  const results = useResults(query);
  const { first, hits, error, loading, again, more } = results;
  const ask = (change: Partial<Query>) =>
    go({ screen: 'search' }, { query: { ...query, ...change }, chosen: null });

  const choose = (at: number) => {
    if (at >= hits.length - 5) more();
    if (at >= 0 && at < hits.length) go({ screen: 'search' }, { chosen: at }, 'replace');
  };
  useKeys('results', {
    j: () => choose((chosen ?? -1) + 1),
    k: () => choose(Math.max(0, (chosen ?? 1) - 1)),
    Enter: () => {
      const hit = hits[chosen ?? 0];
      if (hit) go({ screen: 'item', item: hit.item, page: hit.page }, { chosen: chosen ?? 0 });
    },
  });

  if (error && !first) return <Failure error={error} again={again} />;
  if (!first) return <Waiting />;
  const facets = (
    <Facets facets={first.facets} filters={query.filters} onFilters={(filters) => ask({ filters })} />
  );
  return (
    <div class="found" aria-busy={loading}>
      <aside class="facets wide" aria-label={t('filters')}>
        {facets}
      </aside>
      <section class="list">
        <Summary first={first} query={query} onSort={(sort) => ask({ sort })} />
        {first.as_words || first.note ? (
          <p class="note" dir="auto">
            {first.as_words ? t('asWords') : first.note}
          </p>
        ) : null}
        <NameChips names={first.names} q={query.q} onQuery={(q) => ask({ q })} />
        {first.undated > 0 ? (
          <p class="note">
            {t('undatedLeftOut', { n: first.undated })}.{' '}
            <button type="button" class="link" onClick={() => ask({ q: withoutDates(query.q), filters: { ...query.filters, year: 'none' } })}>
              {t('undatedShow')}
            </button>
          </p>
        ) : null}
        <Chips filters={query.filters} onFilters={(filters) => ask({ filters })} />
        {first.total > 0 ? (
          <details class="facets narrow">
            <summary>{t('filters')}</summary>
            {facets}
          </details>
        ) : null}
        {first.total === 0 ? (
          <NoHits filters={query.filters} onFilters={(filters) => ask({ filters })} />
        ) : (
          <>
            <Hits hits={hits} chosen={chosen} />
            {error ? <Failure error={error} again={more} /> : <End results={results} />}
          </>
        )}
      </section>
    </div>
  );
}

export function Search({ query, chosen }: { query: Query; chosen: number | null }) {
  const empty = query.q === '' && Object.keys(query.filters).length === 0;
  return empty ? <Start /> : <Found query={query} chosen={chosen} />;
}
