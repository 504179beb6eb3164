// When: how many documents lie where in time, and what is behind each bar.

import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Timeline as Of, type TimelineCalendar, type TimelineUnit } from '../api';
import { t, usesSolar } from '../i18n';
import { useKeys } from '../keys';
import { useLoaded } from '../load';
import { go, here, linkTo, noTimeline, type TimelineChoice, type TimelineView } from '../nav';
import { Icon } from '../parts/Icon';
import { Empty, Failure, Waiting } from '../parts/State';
import { Chart, type Bar, type Cursor, type Lane } from './Chart';
import { Documents } from './Documents';
import { daysLabel, partLabel } from './labels';
import { Lanes, linesOf } from './Lanes';
import { dayOf, densest, inUnit, middle, moved, onlyOf, units, zoomed } from './window';

const ZOOM = 0.5;
const WHEEL = 0.8;
const PAUSE_MS = 120;

function show(view: TimelineView, change: Partial<TimelineView>): void {
  go({ screen: 'timeline' }, { timeline: { ...view, ...change } }, 'replace');
}

function calendarOf(view: TimelineView): TimelineCalendar {
  return view.calendar || (usesSolar() ? 'solar-hijri' : 'gregorian');
}

function Tools({ view, of, act }: { view: TimelineView; of: Of; act: Actions }) {
  const calendars: TimelineCalendar[] = ['gregorian', 'solar-hijri'];
  return (
    <div class="tools">
      <div class="units" role="group" aria-label={t('timeline.unit')}>
        {units.map((unit) => (
          <button key={unit} type="button" aria-pressed={of.unit === unit} onClick={() => act.unit(unit)}>
            {t(`timeline.${unit}`)}
          </button>
        ))}
      </div>
      <div class="steps">
        <button type="button" class="quiet" aria-label={t('timeline.earlier')} title={t('timeline.earlier')} onClick={act.earlier}>
          <Icon name="earlier" />
        </button>
        <button type="button" class="quiet" aria-label={t('timeline.zoomOut')} title={t('timeline.zoomOut')} onClick={act.zoomOut}>
          <Icon name="minus" />
        </button>
        <button type="button" onClick={act.all} disabled={!view.from && !view.to}>
          {t('timeline.all')}
        </button>
        <button type="button" class="quiet" aria-label={t('timeline.zoomIn')} title={t('timeline.zoomIn')} onClick={act.zoomIn}>
          <Icon name="plus" />
        </button>
        <button type="button" class="quiet" aria-label={t('timeline.later')} title={t('timeline.later')} onClick={act.later}>
          <Icon name="later" />
        </button>
      </div>
      <label>
        <span class="label">{t('timeline.lanes')}</span>
        <select
          value={view.lanes}
          onChange={(event) => show(view, { lanes: event.currentTarget.value as TimelineView['lanes'], chosen: null })}
        >
          <option value="">{t('timeline.lanesNone')}</option>
          <option value="person">{t('timeline.lanesPerson')}</option>
          <option value="folder">{t('timeline.lanesFolder')}</option>
          <option value="picked">{t('timeline.lanesPicked')}</option>
        </select>
      </label>
      <label>
        <span class="label">{t('timeline.calendar')}</span>
        <select
          value={calendarOf(view)}
          onChange={(event) => show(view, { calendar: event.currentTarget.value as TimelineCalendar, chosen: null })}
        >
          {calendars.map((calendar) => (
            <option key={calendar} value={calendar}>
              {t(`timeline.${calendar}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

interface Actions {
  zoomIn: () => void;
  zoomOut: () => void;
  earlier: () => void;
  later: () => void;
  all: () => void;
  unit: (unit: TimelineUnit) => void;
  undated: () => void;
  close: () => void;
}

/** What the buttons and keys do with the window. */
function actionsOf(view: TimelineView, of: Of | null): Actions {
  const change = (make: (of: Of) => Partial<TimelineView>) => () => {
    if (of?.shown) show(view, make(of));
  };
  const chosenDay = view.chosen && !view.chosen.undated ? middle(view.chosen.from, view.chosen.to) : null;
  return {
    zoomIn: change((now) => zoomed(now, ZOOM, chosenDay ?? undefined)),
    zoomOut: change((now) => zoomed(now, 1 / ZOOM)),
    earlier: change((now) => moved(now, -0.5)),
    later: change((now) => moved(now, 0.5)),
    all: change(() => ({ from: '', to: '', unit: '' })),
    unit: (unit) => change((now) => inUnit(now, unit, chosenDay ?? densest(now)))(),
    undated: () => show(view, { chosen: { from: '', to: '', undated: true, name: view.name, folder: null } }),
    close: () => show(view, { chosen: null }),
  };
}

function choose(view: TimelineView, lane: Lane | null, bar: Bar): void {
  const { of } = lane ?? { of: null };
  const chosen: TimelineChoice = {
    from: bar.first,
    to: bar.last,
    undated: false,
    name: of?.id ?? view.name,
    folder: of && of.id === undefined ? of.name : null,
  };
  show(view, { chosen });
}

/** The bar that has the focus: keys come faster than what is drawn. */
function focusedBar(): Cursor | null {
  const [lane, bar] = document.activeElement?.getAttribute('data-bar')?.split(':').map(Number) ?? [];
  return lane === undefined || bar === undefined ? null : { lane, bar };
}

/** The arrows walk over the bars of all lanes. */
function useCursor(lanes: Lane[]) {
  const [cursor, setCursor] = useState<Cursor>({ lane: 0, bar: 0 });
  const to = (lane: number, bar: number) => {
    const at = Math.min(Math.max(0, lane), lanes.length - 1);
    const bars = lanes[at]?.bars.length ?? 0;
    if (bars === 0) return;
    const next = { lane: at, bar: Math.min(Math.max(0, bar), bars - 1) };
    setCursor(next);
    document.querySelector<HTMLElement>(`[data-bar="${next.lane}:${next.bar}"]`)?.focus();
  };
  /** To the next bar; to the one where Tab leads when none has the focus. */
  const along = (step: number) => {
    const at = focusedBar();
    if (at) to(at.lane, at.bar + step);
    else to(cursor.lane, cursor.bar);
  };
  /** The bar of another lane that is nearest in time. */
  const across = (step: number) => {
    const at = focusedBar() ?? cursor;
    const lane = at.lane + step;
    const day = lanes[at.lane]?.bars[at.bar]?.first;
    const bars = lanes[Math.min(Math.max(0, lane), lanes.length - 1)]?.bars ?? [];
    const distance = (bar: Bar) => Math.abs(dayOf(bar.first) - dayOf(day ?? bar.first));
    const nearest = bars.reduce((best, bar, i) => (distance(bar) < distance(bars[best]!) ? i : best), 0);
    to(lane, nearest);
  };
  const valid = cursor.bar < (lanes[cursor.lane]?.bars.length ?? 0);
  return { cursor: valid ? cursor : { lane: 0, bar: 0 }, setCursor, along, across };
}

function Sums({ of, view, act }: { of: Of; view: TimelineView; act: Actions }) {
  const bars = of.documents - of.undated - of.inexact - of.beyond;
  return (
    <div class="sums">
      <p class="facts">
        <b>{t('timeline.sum', { n: of.documents })}</b>
        <span>{t('timeline.sumShown', { n: bars })}</span>
        {of.inexact > 0 ? <span>{t('timeline.sumInexact', { n: of.inexact })}</span> : null}
        {of.beyond > 0 ? <span>{t('timeline.sumBeyond', { n: of.beyond })}</span> : null}
      </p>
      <button
        type="button"
        class="undated"
        title={t('timeline.undatedHint')}
        aria-pressed={view.chosen?.undated ?? false}
        disabled={of.undated === 0}
        onClick={act.undated}
      >
        {of.undated === 0 ? t('timeline.undatedNone') : t('timeline.undated', { n: of.undated })}
      </button>
    </div>
  );
}

function titleOf(choice: TimelineChoice, of: Of): string {
  if (choice.undated) return t('timeline.undatedTitle');
  const lane = of.lanes.find(({ id, name }) => (choice.folder === null ? id !== undefined && id === choice.name : name === choice.folder));
  const days = { first: choice.from, last: choice.to, documents: 0, solar: null };
  const bar = [...of.bars, ...(lane?.bars ?? [])].find(({ first, last }) => first === choice.from && last === choice.to);
  const stretch = of.stretches.find(({ first, last }) => first === choice.from && last === choice.to);
  const when = bar ? partLabel(of, bar) : daysLabel(stretch ?? days);
  return lane ? `${lane.name || t('timeline.folderTop')}, ${when}` : when;
}

/** The wheel gives many small turns: they count together once it rests. */
function useZoomByWheel(view: TimelineView, of: Of | null) {
  const turned = useRef({ steps: 0, timer: 0 });
  useEffect(() => () => clearTimeout(turned.current.timer), []);
  return (steps: number, day: number) => {
    const now = turned.current;
    clearTimeout(now.timer);
    now.steps += steps;
    now.timer = window.setTimeout(() => {
      const factor = WHEEL ** -Math.max(-6, Math.min(6, now.steps));
      now.steps = 0;
      if (of?.shown) show(view, zoomed(of, factor, day));
    }, PAUSE_MS);
  };
}

function Heading({ view }: { view: TimelineView }) {
  const name = useLoaded(view.name === null ? null : String(view.name), (signal) => api.name(view.name!, signal));
  return (
    <header>
      <h1>{t('timeline.title')}</h1>
      {view.name !== null && name.value ? (
        <p class="chips">
          <button type="button" onClick={() => show(view, { ...noTimeline, lanes: view.lanes, picked: view.picked })} title={t('timeline.whole')}>
            <bdi>{t('timeline.of', { name: name.value.name })}</bdi> <Icon name="close" />
          </button>
          <a {...linkTo({ screen: 'person', id: view.name })}>
            <bdi>{name.value.name}</bdi>
          </a>
        </p>
      ) : null}
    </header>
  );
}

export function Timeline({ view }: { view: TimelineView }) {
  const calendar = calendarOf(view);
  const { from, to, unit, lanes: by, name } = view;
  const picked = by === 'picked' ? linesOf(view.picked) : '';
  const loaded = useLoaded(JSON.stringify([from, to, unit, by, picked, name, calendar]), (signal) =>
    api.timeline({ from, to, unit, lanes: by, picked, name, calendar }, signal),
  );
  const of = loaded.value;
  const lanes: Lane[] = of ? [{ of: null, bars: of.bars }, ...of.lanes.map((lane) => ({ of: lane, bars: lane.bars }))] : [];
  const { cursor, setCursor, along, across } = useCursor(lanes);
  const act = actionsOf(view, of);
  const onWheel = useZoomByWheel(view, of);
  const box = useRef<HTMLInputElement>(null);
  // What is picked may be more than what is drawn yet.
  const now = () => here().timeline;
  const pick = () => {
    if (by !== 'picked') show(now(), { lanes: 'picked', chosen: null });
    requestAnimationFrame(() => box.current?.focus());
  };
  useKeys('timeline', {
    ArrowRight: () => along(1),
    ArrowLeft: () => along(-1),
    ArrowDown: () => across(1),
    ArrowUp: () => across(-1),
    i: act.zoomIn,
    o: act.zoomOut,
    '+': act.zoomIn,
    '-': act.zoomOut,
    n: act.later,
    p: act.earlier,
    a: act.all,
    '1': () => act.unit('day'),
    '2': () => act.unit('month'),
    '3': () => act.unit('year'),
    '4': () => act.unit('decade'),
    l: pick,
    u: act.undated,
    Escape: act.close,
  });

  if (loaded.error) return <Failure error={loaded.error} again={loaded.again} />;
  if (!of) return <Waiting />;
  if (of.documents === 0) {
    return (
      <Empty title={t('timeline.none')}>
        <p>{t('timeline.noneText')}</p>
      </Empty>
    );
  }
  return (
    <div class={view.chosen ? 'timeline open' : 'timeline'} aria-busy={loaded.loading}>
      <Heading view={view} />
      {of.shown ? (
        <div class="picture">
          <Tools view={view} of={of} act={act} />
          {by === 'picked' ? (
            <Lanes picked={view.picked} box={box} onPicked={(lanes) => show(now(), { picked: lanes, chosen: null })} />
          ) : null}
          <Sums of={of} view={view} act={act} />
          <Chart
            of={of}
            lanes={lanes}
            cursor={cursor}
            chosen={view.chosen}
            onBar={(lane, bar, at) => {
              setCursor(at);
              choose(view, lane, bar);
            }}
            onDays={(bar) => choose(view, null, bar)}
            onTick={(span) => show(view, onlyOf(of, span))}
            onWheel={onWheel}
          />
          {of.bars.length === 0 && of.stretches.length === 0 ? <p class="end">{t('timeline.emptyWindow')}</p> : null}
          <p class="soft">{t('timeline.howto')}</p>
        </div>
      ) : (
        <Empty title={t('timeline.noneDated')}>
          <p>{t('timeline.noneDatedText')}</p>
          <button type="button" onClick={act.undated}>
            {t('timeline.undated', { n: of.undated })}
          </button>
        </Empty>
      )}
      {view.chosen ? <Documents choice={view.chosen} title={titleOf(view.chosen, of)} onClose={act.close} /> : null}
    </div>
  );
}
