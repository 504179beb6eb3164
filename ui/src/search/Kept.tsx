// On the start page: searches that were kept, with what is new in each, and the reader's history.

import { useEffect, useState } from 'preact/hooks';
import { api, type SavedSearch } from '../api';
import { oneByOne } from '../api/turns';
import { date, number, t } from '../i18n';
import { useLoaded } from '../load';
import { go, linkTo } from '../nav';
import { Icon } from '../parts/Icon';
import { forgetSent, queryOf, titleOf } from './saved';

const FEW = 8;
const counted = oneByOne(api.savedOne);

function Saved({ saved, onGone }: { saved: SavedSearch; onGone: () => void }) {
  const counts = useLoaded(`saved/${saved.id}`, (signal) => counted(saved.id, signal));
  const query = queryOf(saved.view);
  const fresh = counts.value?.new ?? 0;
  const open = (onlyNew: boolean) => {
    // While another process writes, what is new stays new.
    const since = onlyNew ? saved.id : null;
    const from = location.href;
    void api
      .savedOpen(saved.id)
      .catch(() => undefined)
      // Whoever went elsewhere meanwhile stays there.
      .then(() => location.href === from && go({ screen: 'search' }, { query: { ...query, since }, chosen: null }));
  };
  return (
    <li>
      <button type="button" class="link" title={titleOf(query)} onClick={() => open(false)}>
        <bdi>{saved.name}</bdi>
      </button>
      {counts.value ? <span class="soft">{t('documents', { n: counts.value.total })}</span> : null}
      {fresh > 0 ? (
        <button type="button" class="fresh" onClick={() => open(true)}>
          {t('search.fresh', { n: fresh })}
        </button>
      ) : null}
      <button
        type="button"
        class="quiet remove"
        aria-label={t('search.savedRemove', { name: saved.name })}
        onClick={() => void api.savedRemove(saved.id).then(onGone, onGone)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

function SavedList() {
  const [turn, setTurn] = useState(0);
  const list = useLoaded(`saved ${turn}`, api.saved);
  const saved = list.value?.saved ?? [];
  if (saved.length === 0) return null;
  return (
    <section class="kept">
      <h2>{t('search.saved')}</h2>
      <ul>
        {saved.map((one) => (
          <Saved key={one.id} saved={one} onGone={() => setTurn((n) => n + 1)} />
        ))}
      </ul>
    </section>
  );
}

function History() {
  const [turn, setTurn] = useState(0);
  const [all, setAll] = useState(false);
  const list = useLoaded(`history ${turn}`, api.history);
  const asked = list.value?.history ?? [];
  if (asked.length === 0) return null;
  const clear = () =>
    void api.historyClear().then(
      () => {
        forgetSent();
        setTurn((n) => n + 1);
      },
      () => undefined,
    );
  return (
    <section class="kept history">
      <h2>{t('search.history')}</h2>
      <ul>
        {(all ? asked : asked.slice(0, FEW)).map(({ at, view, documents }) => {
          const query = queryOf(view);
          return (
            <li key={view}>
              <a {...linkTo({ screen: 'search' }, { query, chosen: null })}>
                <bdi>{titleOf(query)}</bdi>
              </a>
              <span class="soft">
                {number(documents)} · <time dateTime={at}>{date(at)}</time>
              </span>
            </li>
          );
        })}
      </ul>
      <p>
        {asked.length > FEW ? (
          <button type="button" class="link" onClick={() => setAll(!all)}>
            {all ? t('showFewer') : t('showAll', { n: asked.length })}
          </button>
        ) : null}{' '}
        <button type="button" class="link" onClick={clear}>
          {t('search.historyClear')}
        </button>
      </p>
      <p class="soft">{t('search.historyWhere')}</p>
    </section>
  );
}

export function Kept() {
  // The lists are as long as they are: what stands below does not jump while they are empty.
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return ready ? (
    <div class="keptlists">
      <p>
        <a {...linkTo({ screen: 'batch' })}>{t('search.batchTitle')}</a>
      </p>
      <SavedList />
      <History />
    </div>
  ) : null;
}
