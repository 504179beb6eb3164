// The document screen: picture and text side by side or alone, thumbnails, and what is known of the item.

import { useLayoutEffect, useState } from 'preact/hooks';
import './document.css';
import './picture.css';
import './about.css';
import './relations.css';
import './marks/docmarks.css';
import './sheets.css';
import { api, type Item, type Mark } from '../api';
import { t, type Key } from '../i18n';
import { useKeys } from '../keys';
import { useLoaded } from '../load';
import { undoLast } from '../marks/did';
import { go, here, noLedger, type ReadingView, type Spot, type Zoom } from '../nav';
import { compose } from '../search/compose';
import { Failure, Waiting } from '../parts/State';
import { About } from './About';
import { Attached, Conversation, useThread } from './Conversation';
import { Actions } from './marks/Actions';
import { Bar } from './marks/Bar';
import { Draw } from './marks/Draw';
import { Layer } from './marks/Layer';
import { usePaintedMarks, useWordKeys } from './marks/painted';
import { Panel } from './marks/Panel';
import { useMarking } from './marks/state';
import { useMatches } from './matches';
import { neighbour } from './neighbours';
import { Notices } from './Notices';
import { useNames, useRuns, useWords } from './page';
import { usePlace, type Place } from './place';
import { Picture, Tool, zoomStep } from './Picture';
import { NoText, Remark } from './Reading';
import { sheetOf, withSheet } from './sheet';
import { Sheets } from './Sheets';
import { isTable, sheetsOf, within } from './rows';
import { useStep } from './step';
import { Text } from './Text';
import { Thumbs } from './Thumbs';
import { Heading, MatchSteps, Pages, ResultSteps } from './Toolbar';
import { nextView, useCopy, Viewbar } from './Viewbar';

type Tab = 'picture' | 'text' | 'about';
const tabs: [Tab, Key][] = [
  ['picture', 'picture'],
  ['text', 'text'],
  ['about', 'about'],
];

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

const NAMES = '.text a.named';
const DATES = '.about a.dated';

/** Focuses the link of these that is behind or before the one that has the focus. */
function focusNext(root: HTMLElement | null, links: string, by: 1 | -1): void {
  const all = [...(root?.querySelectorAll<HTMLElement>(links) ?? [])];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function Open({ item, page, spot }: { item: Item; page: number; spot: Spot }) {
  // Filters mark nothing.
  const q = compose({ ...spot.query, filters: {}, named: [] });
  const { reading } = spot;
  const sheets = sheetsOf(item, page);
  const shown = sheets.find(({ run, last }) => within([[run, last]], page));
  const { first, runs, flows, after, onAfter } = useRuns(item, shown?.run ?? page, q, shown?.last);
  const hits = useLoaded(q ? `${item.item}/${q}` : null, (signal) => api.hits(item.item, q, signal));
  const hitPages = hits.value?.pages ?? [];
  const show = (next: number) => go({ screen: 'item', item: item.item, page: next }, {}, 'replace');
  const leave = async (by: 1 | -1, last = by < 0) => {
    const next = await neighbour(spot.query, spot.chosen, by, last).catch(() => null);
    // Whoever went elsewhere meanwhile stays there.
    const now = here().place;
    if (now.screen !== 'item' || now.item !== item.item) return false;
    if (next) go({ screen: 'item', item: next.item, page: next.page }, { chosen: next.at }, 'replace');
    return next !== null;
  };
  const matches = useMatches(runs, hitPages, page, show, leave);
  const place = usePlace(item.item, (at) => {
    setTab((old) => (old === 'about' ? 'text' : old));
    if (!runs.some(({ page }) => page === at)) show(at);
  });
  const current = runs[0];
  const picture = current?.image ?? false;
  const words = useWords(current);
  // Of a sheet, whose runs are many, only those in view are marked.
  const [seen, setSeen] = useState<[number, number]>([0, 0]);
  const marked = shown ? runs.filter((run) => within([seen], run.page)) : runs;
  const namesOf = useNames(item.item, marked, reading.names);
  const names = current ? namesOf(current.page) : [];
  const [tab, setTab] = useState<Tab>('text');
  const { said, copy } = useCopy();
  const thread = useThread(item).value;
  const talks = (thread?.messages.length ?? 0) > 1;
  const inside = useLoaded(item.children > 0 && item.stored_pages > 0 ? `${item.item}` : null, (signal) =>
    api.ledger({ ...noLedger, parent: item.item }, 0, 100, signal),
  );
  const { root, picked, handlers } = useStep({ page: current, words, names }, (mark) =>
    matches.choose(current?.page ?? 0, mark),
  );

  const marking = useMarking(item.item, current, words, picked, runs);
  const [chosenMark, setChosenMark] = useState(0);
  usePaintedMarks(root, marking.marks, chosenMark, runs.map(({ page }) => `${page}:${namesOf(page).length}`).join());
  useWordKeys(root);
  const goMark = (mark: Mark) => {
    setChosenMark(mark.id);
    if (mark.page > 0 && mark.end > 0) place.go(mark);
    else if (mark.page > 0 && mark.page !== current?.page) show(mark.page);
  };

  useLayoutEffect(() => setTab((old) => (old === 'picture' && current && !picture ? 'text' : old)), [picture, current]);

  // Keys may come faster than the screen is drawn: what is changed is how it is seen now.
  const now = () => here().reading;
  const see = (change: Partial<ReadingView>) => go(spot.place, { reading: { ...now(), ...change } }, 'replace');
  const sheet = () => sheetOf(now(), item.item);
  const zoomTo = (zoom: Zoom) => see(withSheet(now(), item.item, { zoom }));
  const turnBy = (by: number) => see(withSheet(now(), item.item, { turn: (sheet().turn + by) % 360 }));
  const back = () => go({ screen: 'search' });
  const step = (by: number) => {
    if (!flows && page + by >= 1 && page + by <= item.stored_pages) show(page + by);
  };
  const stepSheet = (by: 1 | -1) => {
    const next = sheets[sheets.findIndex((one) => one === shown) + by];
    if (next) show(next.run);
  };
  const choose = (next: Tab) => {
    setTab(next);
    if (next === 'picture' && reading.view === 'text') see({ view: 'both' });
  };
  // On a narrow window what is known of the item is another tab.
  const focusDate = (by: 1 | -1) => {
    const next = () => focusNext(root.current, DATES, by);
    if (root.current?.querySelector('.about')?.getClientRects().length) return next();
    setTab('about');
    requestAnimationFrame(next);
  };
  const along = document.documentElement.dir === 'rtl' ? -1 : 1;
  useKeys('document', {
    n: matches.next,
    p: matches.previous,
    j: () => void leave(1),
    k: () => void leave(-1, false),
    e: () => focusNext(root.current, NAMES, 1),
    E: () => focusNext(root.current, NAMES, -1),
    d: () => focusDate(1),
    D: () => focusDate(-1),
    b: back,
    Escape: marking.target || marking.drawing ? marking.drop : back,
    ArrowRight: () => step(along),
    ArrowLeft: () => step(-along),
    v: () => see({ view: nextView(now().view) }),
    '+': () => zoomTo(zoomStep(sheet().zoom, 1)),
    '-': () => zoomTo(zoomStep(sheet().zoom, -1)),
    w: () => zoomTo('width'),
    f: () => zoomTo('page'),
    r: () => turnBy(90),
    R: () => turnBy(-90),
    t: () => marking.choose('tag'),
    s: marking.star,
    m: () => marking.write('note'),
    u: () => marking.write('translation'),
    l: () => marking.choose('list'),
    h: () => marking.choose('highlight'),
    x: () => picture && marking.setDrawing(!marking.drawing),
    z: () => void undoLast(),
    i: () => see({ names: !now().names }),
    c: () => see({ doubt: !now().doubt }),
    a: () => talks && see({ whole: !now().whole }),
    y: copy,
    '[': () => stepSheet(-1),
    ']': () => stepSheet(1),
  });

  const onPage = (of: Place | null): [number, number] | null =>
    of?.page === current?.page && of ? [of.start, of.end] : null;
  const paged = !flows && item.stored_pages > 1;
  const read = words.some((word) => word[6] >= 0);
  const head = current ? (
    <>
      <Remark item={item} page={current} />
      <Notices item={item} page={paged ? current : null} />
      <Attached rows={inside.value?.rows.slice(0, 12) ?? []} all={item.children} />
    </>
  ) : null;
  const view = picture ? reading.view : 'text';
  return (
    <div
      ref={root}
      class="document"
      data-tab={tab}
      data-view={view}
      data-picture={picture && view !== 'text'}
      data-thumbs={paged && picture && view !== 'text'}
      {...handlers}
    >
      <div class="toolbar">
        <Heading item={item} onBack={back} />
        <ResultSteps at={spot.chosen} onStep={(by) => void leave(by, false)} />
        <MatchSteps matches={matches} pages={hitPages} />
        {paged ? <Pages page={page} pages={item.stored_pages} onPage={show} /> : null}
        <Viewbar
          reading={reading}
          picture={picture}
          named={runs.length > 0}
          read={read}
          talks={talks ? (thread?.messages.length ?? 0) : 0}
          said={said}
          onChange={see}
          onCopy={copy}
        />
        <Tabs tab={tab} onTab={choose} picture={picture} />
      </div>
      {paged && picture && view !== 'text' ? (
        <Thumbs item={item.item} page={page} pages={item.stored_pages} hits={hitPages} onChoose={show} />
      ) : null}
      {first.error ? <Failure error={first.error} again={first.again} /> : null}
      {item.stored_pages === 0 ? <NoText item={item} /> : null}
      {item.stored_pages > 0 && !current && !first.error ? <Waiting /> : null}
      {current && picture && view !== 'text' ? (
        <Picture
          page={current}
          words={words}
          names={names}
          current={matches.mark}
          picked={onPage(place.shown) ?? (picked?.page === current.page ? picked.range : null)}
          doubt={reading.doubt && read}
          {...sheetOf(reading, item.item)}
          onZoom={zoomTo}
          onTurn={turnBy}
          over={
            <>
              <Layer page={current.page} words={words} marks={marking.marks} target={marking.target} chosen={chosenMark} />
              {marking.drawing ? (
                <Draw
                  page={current.page}
                  turn={sheet().turn}
                  onDrawn={marking.setDrawn}
                  onLeave={() => marking.setDrawing(false)}
                />
              ) : null}
            </>
          }
          tools={
            <Tool
              name="frame"
              label="docmarks.draw"
              on={marking.drawing}
              onClick={() => marking.setDrawing(!marking.drawing)}
            />
          }
        />
      ) : null}
      {current && talks && reading.whole && thread ? (
        <Conversation thread={thread} item={item.item} q={q} />
      ) : current && shown && isTable(current.text.slice(shown.name.length)) ? (
        <Sheets
          sheets={sheets}
          sheet={shown}
          runs={runs}
          namesOf={namesOf}
          head={head}
          current={matches.name}
          after={after}
          onAfter={onAfter}
          onView={(from, to) => setSeen([from, to])}
          onSheet={show}
        />
      ) : current ? (
        <Text
          runs={runs}
          namesOf={namesOf}
          words={words}
          doubt={reading.doubt}
          head={head}
          current={matches.name}
          place={place}
          before={flows && current.page > 1}
          after={after}
          onBefore={() => show(current.page - 1)}
          onAfter={onAfter}
        />
      ) : null}
      <About
        item={item}
        place={place}
        marks={
          <>
            <Actions marking={marking} foot={false} picture={picture && view !== 'text'} />
            <Panel item={item} marks={marking.marks} chosen={chosenMark} onGo={goMark} />
          </>
        }
      />
      <Bar marking={marking} pages={paged ? item.stored_pages : 0} />
    </div>
  );
}

export function Document({ item, page, spot }: { item: number; page: number; spot: Spot }) {
  const loaded = useLoaded(String(item), (signal) => api.item(item, signal));
  if (loaded.error) return <Failure error={loaded.error} again={loaded.again} />;
  if (!loaded.value) return <Waiting />;
  return <Open item={loaded.value} page={page} spot={spot} />;
}
