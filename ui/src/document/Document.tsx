// The document screen: picture and text side by side, thumbnails, and what is known of the item.

import { useCallback, useEffect, useState } from 'preact/hooks';
import './document.css';
import './about.css';
import { api, type Item, type Page } from '../api';
import { t, type Key } from '../i18n';
import { isTabular } from '../i18n/types';
import { useKeys } from '../keys';
import { useLoaded } from '../load';
import { go, type Spot } from '../nav';
import { Failure, Waiting } from '../parts/State';
import { About } from './About';
import { useMatches } from './matches';
import { Picture } from './Picture';
import { Notices } from './Notices';
import { NoText, Remark } from './Reading';
import { Text } from './Text';
import { Thumbs } from './Thumbs';
import { Heading, MatchSteps, Pages } from './Toolbar';

type Tab = 'picture' | 'text' | 'about';
const tabs: [Tab, Key][] = [
  ['picture', 'picture'],
  ['text', 'text'],
  ['about', 'about'],
];

/** The run in view, and those that follow it in a document that flows. */
function useRuns(item: Item, page: number, q: string) {
  const key = `${item.item}/${page}/${q}`;
  const first = useLoaded(item.stored_pages > 0 ? key : null, (signal) => api.page(item.item, page, q, signal));
  const [later, setLater] = useState<{ key: string; runs: Page[] }>({ key: '', runs: [] });
  const [busy, setBusy] = useState(false);

  const runs = first.value ? [first.value, ...(later.key === key ? later.runs : [])] : [];
  const last = runs[runs.length - 1];
  const flows = first.value?.method === 'flow';
  const after = flows && last !== undefined && last.page < item.stored_pages;

  const onAfter = useCallback(() => {
    if (busy || !after || !last || first.loading) return;
    setBusy(true);
    api
      .page(item.item, last.page + 1, q)
      .then((run) => setLater((old) => ({ key, runs: old.key === key ? [...old.runs, run] : [run] })))
      .catch(() => undefined)
      .finally(() => setBusy(false));
  }, [busy, after, last?.page, first.loading, key]);
  return { first, runs, flows, after, onAfter };
}

function Tabs({ tab, onTab, picture }: { tab: Tab; onTab: (tab: Tab) => void; picture: boolean }) {
  return (
    <div class="tabs">
      {tabs
        .filter(([name]) => picture || name !== 'picture')
        .map(([name, key]) => (
          <button key={name} type="button" aria-pressed={tab === name} onClick={() => onTab(name)}>
            {t(key)}
          </button>
        ))}
    </div>
  );
}

function Open({ item, page, spot }: { item: Item; page: number; spot: Spot }) {
  const { q } = spot.query;
  const { first, runs, flows, after, onAfter } = useRuns(item, page, q);
  const hits = useLoaded(q ? `${item.item}/${q}` : null, (signal) => api.hits(item.item, q, signal));
  const hitPages = hits.value?.pages ?? [];
  const show = (next: number) => go({ screen: 'item', item: item.item, page: next }, {}, 'replace');
  const matches = useMatches(runs, hitPages, show);
  const current = runs[0];
  const picture = current?.image ?? false;
  const [tab, setTab] = useState<Tab>('text');
  const rtl = document.documentElement.dir === 'rtl';

  useEffect(() => setTab((old) => (old === 'picture' && current && !picture ? 'text' : old)), [picture, current]);

  const back = () => go({ screen: 'search' });
  const step = (by: number) => {
    if (!flows && page + by >= 1 && page + by <= item.stored_pages) show(page + by);
  };
  useKeys('document', {
    n: matches.next,
    p: matches.previous,
    b: back,
    Escape: back,
    ArrowRight: () => step(rtl ? -1 : 1),
    ArrowLeft: () => step(rtl ? 1 : -1),
  });

  const paged = !flows && item.stored_pages > 1;
  return (
    <div class="document" data-tab={tab} data-picture={picture} data-thumbs={paged && picture}>
      <div class="toolbar">
        <Heading item={item} onBack={back} />
        <MatchSteps matches={matches} pages={hitPages} />
        {paged ? <Pages page={page} pages={item.stored_pages} onPage={show} /> : null}
        <Tabs tab={tab} onTab={setTab} picture={picture} />
      </div>
      {paged && picture ? (
        <Thumbs item={item.item} page={page} pages={item.stored_pages} hits={hitPages} onChoose={show} />
      ) : null}
      {first.error ? <Failure error={first.error} again={first.again} /> : null}
      {item.stored_pages === 0 ? <NoText item={item} /> : null}
      {item.stored_pages > 0 && !current && !first.error ? <Waiting /> : null}
      {current && picture ? (
        <Picture page={current} current={matches.mark} onChoose={(mark) => matches.choose(current.page, mark)} />
      ) : null}
      {current ? (
        <Text
          runs={runs}
          head={
            <>
              <Remark item={item} page={current} />
              <Notices item={item} page={paged ? current : null} />
            </>
          }
          tabular={isTabular(item.type)}
          current={matches.name}
          before={flows && current.page > 1}
          after={after}
          onBefore={() => show(current.page - 1)}
          onAfter={onAfter}
        />
      ) : null}
      <About item={item} />
    </div>
  );
}

export function Document({ item, page, spot }: { item: number; page: number; spot: Spot }) {
  const loaded = useLoaded(String(item), (signal) => api.item(item, signal));
  if (loaded.error) return <Failure error={loaded.error} again={loaded.again} />;
  if (!loaded.value) return <Waiting />;
  return <Open item={loaded.value} page={page} spot={spot} />;
}
