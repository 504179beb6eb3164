// The search screen: totals, filters, hits.

import './search.css';
import './hits.css';
import './start.css';
import './kept.css';
import type { SearchResult } from '../api';
import { t } from '../i18n';
import { inWords } from '../i18n/refusals';
import { useKeys } from '../keys';
import { DidBar } from '../marks/DidBar';
import { go, here, type Query } from '../nav';
import { Empty, Failure, Waiting } from '../parts/State';
import { Actions } from './Actions';
import { Chips } from './Chips';
import { withoutDates, wordsOf } from './compose';
import { Facets } from './Facets';
import { Hits } from './Hits';
import { listed } from './height';
import { MarkResults } from './MarkResults';
import { NameChips } from './NameChips';
import { NamedFacets, useNamed } from './Named';
import { usePicked } from './picked';
import { useResults } from './results';
import { useHistory } from './saved';
import { Start } from './Start';
import { Summary } from './Summary';

type Ask = (change: Partial<Query>) => void;

function NoHits({ query, ask }: { query: Query; ask: Ask }) {
  const narrowed = Object.keys(query.filters).length > 0 || query.within.length > 0 || query.named.length > 0;
  return (
    <Empty title={t('noHitsTitle')}>
      <p>{narrowed ? t('noHitsFilters') : t('noHitsText')}</p>
      {narrowed ? (
        <button type="button" onClick={() => ask({ filters: {}, named: [], within: [], q: query.q || (query.within.at(-1) ?? '') })}>
          {t('dropFilters')}
        </button>
      ) : null}
    </Empty>
  );
}

/** A question finds few documents that hold all of its words: what it may mean finds more. */
function Meant({ meant, ask }: { meant: NonNullable<SearchResult['meant']>; ask: Ask }) {
  return (
    <p class="note">
      {t('search.meant')}{' '}
      <button type="button" class="link" onClick={() => ask({ q: meant.query })}>
        <bdi>{meant.query}</bdi>
      </button>{' '}
      <span class="count">{t('documents', { n: meant.documents })}</span>
    </p>
  );
}

/** The list does not move while it is read: what came since is shown when it is wanted. */
function Newer({ by, onShow }: { by: number; onShow: () => void }) {
  return (
    <p class="note newer" role="status">
      {by > 0 ? t('search.newer', { n: by }) : t('search.changed')}{' '}
      <button type="button" class="link" onClick={onShow}>
        {t('search.newerShow')}
      </button>
    </p>
  );
}

/** What the reader should know of how it was searched. */
function Notes({ first, query, ask }: { first: SearchResult; query: Query; ask: Ask }) {
  const showUndated = () =>
    ask({
      q: withoutDates(query.q),
      within: query.within.map(withoutDates).filter(Boolean),
      filters: { ...query.filters, year: 'none' },
    });
  return (
    <>
      {first.as_words || first.note ? (
        <p class="note">
          {first.note ? inWords(first.note) : t('asWords')}
        </p>
      ) : null}
      <NameChips names={first.names} query={query} onQuery={ask} />
      {first.meant ? <Meant meant={first.meant} ask={ask} /> : null}
      {first.undated > 0 ? (
        <p class="note">
          {t('undatedLeftOut', { n: first.undated })}.{' '}
          <button type="button" class="link" onClick={showUndated}>
            {t('undatedShow')}
          </button>
        </p>
      ) : null}
    </>
  );
}

function Found({ query, chosen }: { query: Query; chosen: number | null }) {
  const results = useResults(query);
  const { first, error, loading, again, newer } = results;
  const rows = listed(first?.total ?? 0);
  const picked = usePicked(results.asked);
  useHistory(query, loading || !first || query.since !== null ? null : first.total);
  const ask: Ask = (change) => go({ screen: 'search' }, { query: { ...query, ...change }, chosen: null });

  const choose = (at: number) => {
    if (at >= 0 && at < rows) go({ screen: 'search' }, { chosen: at }, 'replace');
  };
  const narrow = () => {
    if (!first || query.q === '') return;
    ask({ within: [...query.within, first.as_words ? wordsOf(query.q) : query.q], q: '' });
    document.querySelector<HTMLInputElement>('.box input')?.focus();
  };
  const names = useNamed(first && !loading && first.total > 0 && query.since === null ? results.asked : null);
  // Keys may come faster than the screen is drawn: what is chosen is what is chosen now.
  const now = () => here().chosen;
  useKeys('results', {
    r: () => newer !== null && again(),
    j: () => choose((now() ?? -1) + 1),
    k: () => choose(Math.max(0, (now() ?? 1) - 1)),
    Enter: () => {
      const at = now() ?? 0;
      const hit = results.at(at);
      if (hit) go({ screen: 'item', item: hit.item, page: hit.page }, { chosen: at });
    },
    x: () => {
      const hit = results.at(now() ?? 0);
      if (hit) picked.toggle(hit.item);
    },
  });

  const toMark = () => {
    const at = now();
    const hit = at === null ? null : results.at(at);
    if (picked.items.size > 0) return [...picked.items];
    return hit ? [hit.item] : [];
  };

  if (error && !first) return <Failure error={error} again={again} />;
  if (!first) return <Waiting />;
  const facets = (
    <>
      <Facets facets={first.facets} filters={query.filters} onFilters={(filters) => ask({ filters })} />
      <NamedFacets found={names} named={query.named} onNamed={(named) => ask({ named })} />
    </>
  );
  return (
    <div class="found" aria-busy={loading}>
      <aside class="facets wide" aria-label={t('filters')}>
        {facets}
      </aside>
      <section class="list">
        <Summary first={first} sort={query.sort} onSort={(sort) => ask({ sort })}>
          <Actions query={query} asked={results.asked} total={first.total} picked={picked} onNarrow={narrow} />
          <MarkResults items={toMark} onMarked={results.renew} />
        </Summary>
        <DidBar />
        {newer !== null && !loading ? <Newer by={newer} onShow={again} /> : null}
        <Notes first={first} query={query} ask={ask} />
        <Chips query={query} onQuery={ask} />
        {first.total > 0 ? (
          <details class="facets narrow">
            <summary>{t('filters')}</summary>
            {facets}
          </details>
        ) : null}
        {first.total === 0 ? (
          <NoHits query={query} ask={ask} />
        ) : (
          <>
            {rows < first.total ? <p class="note">{t('search.listed', { n: rows })}</p> : null}
            <Hits results={results} total={rows} chosen={chosen} picked={picked} />
            {error ? <Failure error={error} again={again} /> : null}
          </>
        )}
      </section>
    </div>
  );
}

export function Search({ query, chosen }: { query: Query; chosen: number | null }) {
  const empty = query.q === '' && query.within.length === 0 && query.named.length === 0 && Object.keys(query.filters).length === 0;
  return empty ? <Start /> : <Found query={query} chosen={chosen} />;
}
