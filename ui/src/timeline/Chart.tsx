// The picture: bars on a scale, lanes below it, stretches of days for dates that are not exact, and an
// axis for each calendar. One bar at a time can be reached by Tab; the arrows go on from there.

import { useEffect, useRef } from 'preact/hooks';
import type { Timeline, TimelineAxis, TimelineLane, TimelineUnit } from '../api';
import { number, pageDir, t, usesSolar } from '../i18n';
import { linkTo, type TimelineChoice } from '../nav';
import { daysLabel, partLabel, tickLabel } from './labels';
import { dayOf, spanOf, type Span } from './window';

export type Bar = Timeline['bars'][number];
export interface Lane {
  /** Missing for all documents. */
  of: TimelineLane | null;
  bars: Bar[];
}

/** Which bar the arrows are at. */
export interface Cursor {
  lane: number;
  bar: number;
}

interface Picture {
  of: Timeline;
  lanes: Lane[];
  cursor: Cursor;
  chosen: TimelineChoice | null;
  onBar: (lane: Lane, bar: Bar, cursor: Cursor) => void;
  onDays: (days: Bar) => void;
  onTick: (span: Span) => void;
  onWheel: (steps: number, day: number) => void;
}

/** Where days lie between the ends of the window, in percent. */
function placeOf(shown: Span, span: Span): { left: string; width: string } {
  const days = shown.last - shown.first + 1;
  const first = Math.max(span.first, shown.first);
  const last = Math.min(span.last, shown.last);
  return { left: `${((first - shown.first) / days) * 100}%`, width: `${((last - first + 1) / days) * 100}%` };
}

/** The most labels of an axis; the other ticks have a line only. */
const LABELS = 12;

/** Every how many of a unit a label may stand, so that it stands at round ones. */
const rounds: Record<TimelineUnit, number[]> = {
  day: [1, 2, 5, 10, 15],
  month: [1, 3, 6, 12],
  year: [1, 2, 5, 10, 20, 50],
  decade: [10, 50, 100, 200, 500, 1000],
};

function everyOf(axis: TimelineAxis, most: number): number {
  const [least = 1] = rounds[axis.unit];
  return rounds[axis.unit].find((round) => (axis.ticks.length * least) / round <= most) ?? Infinity;
}

function hasLabel(axis: TimelineAxis, every: number, date: string): boolean {
  const from = axis.unit === 'day' || axis.unit === 'month' ? 1 : 0;
  return (Number(date.split('-').at(-1)) - from) % every === 0;
}

function Axis({ axis, shown, onTick }: { axis: TimelineAxis; shown: Span; onTick: Picture['onTick'] }) {
  const most = window.innerWidth > 800 ? LABELS : LABELS / 4;
  const every = everyOf(axis, most);
  const labels = axis.ticks.filter(({ date }) => hasLabel(axis, every, date)).map((tick) => spanOf(tick).first);
  // The first part may be in view by a few days only: its label would lie on the next one.
  const room = (0.6 * (shown.last - shown.first + 1)) / most;
  const fits = (first: number) => !labels.some((next) => next > first && next - Math.max(first, shown.first) < room);
  return (
    <ol class="axis" aria-label={t(`timeline.${axis.calendar}`)}>
      {axis.ticks.map((tick) => {
        const span = spanOf(tick);
        const labelled = hasLabel(axis, every, tick.date) && fits(span.first);
        return (
          <li key={tick.first} style={{ left: placeOf(shown, span).left }} class={labelled ? 'labelled' : undefined}>
            {labelled ? (
              <button type="button" class="link" onClick={() => onTick(every >= 12 && axis.unit === 'month' ? { ...span, last: span.first + 364 } : span)}>
                <bdi>{tickLabel(axis.calendar, axis.unit, tick.date, every >= 12)}</bdi>
              </button>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

function isChosen(chosen: TimelineChoice | null, lane: Lane, bar: Bar): boolean {
  return (
    chosen !== null &&
    chosen.from === bar.first &&
    chosen.to === bar.last &&
    chosen.name === (lane.of?.id ?? null) &&
    chosen.folder === (lane.of && lane.of.id === undefined ? lane.of.name : null)
  );
}

function Bars({ lane, at, picture, shown }: { lane: Lane; at: number; picture: Picture; shown: Span }) {
  const most = Math.max(1, ...lane.bars.map(({ documents }) => documents));
  return (
    <ol class="bars" aria-label={lane.of?.name ?? t('timeline.ofAll')} data-most={number(most)}>
      {lane.bars.map((bar, i) => {
        const says = t('timeline.bar', { when: partLabel(picture.of, bar), n: bar.documents });
        const cursor = { lane: at, bar: i };
        return (
          <li key={bar.first} style={placeOf(shown, spanOf(bar))}>
            <button
              type="button"
              data-bar={`${at}:${i}`}
              tabIndex={picture.cursor.lane === at && picture.cursor.bar === i ? 0 : -1}
              aria-label={says}
              title={says}
              aria-pressed={isChosen(picture.chosen, lane, bar)}
              onClick={() => picture.onBar(lane, bar, cursor)}
            >
              <span style={{ height: `${Math.max(3, (bar.documents / most) * 100)}%` }} />
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** Each on the first line that is free where it begins. */
function stacked(stretches: Bar[]): { bar: Bar; line: number }[] {
  const ends: number[] = [];
  return stretches.map((bar) => {
    const { first, last } = spanOf(bar);
    const free = ends.findIndex((end) => end < first);
    const line = free < 0 ? ends.length : free;
    ends[line] = last;
    return { bar, line };
  });
}

const LINES_MAX = 12;

function Stretches({ picture, shown }: { picture: Picture; shown: Span }) {
  const rows = stacked(picture.of.stretches);
  const drawn = rows.filter(({ line }) => line < LINES_MAX);
  const rest = rows.filter(({ line }) => line >= LINES_MAX).reduce((sum, { bar }) => sum + bar.documents, 0);
  const leftOut = picture.of.stretches_left_out + rest;
  const lines = Math.max(0, ...drawn.map(({ line }) => line + 1));
  if (rows.length === 0) return null;
  return (
    <div class="lane stretches">
      <p class="of" dir={pageDir()} title={t('timeline.stretchesLead')}>{t('timeline.stretches')}</p>
      <ol style={{ height: `${lines * 0.85}rem` }} aria-label={t('timeline.stretches')}>
        {drawn.map(({ bar, line }) => {
          const says = t('timeline.stretch', { when: daysLabel(bar), n: bar.documents });
          return (
            <li key={`${bar.first}/${bar.last}`} style={{ ...placeOf(shown, spanOf(bar)), top: `${line * 0.85}rem` }}>
              <button type="button" aria-label={says} title={says} onClick={() => picture.onDays(bar)}>
                <span />
              </button>
            </li>
          );
        })}
      </ol>
      {leftOut > 0 ? <p class="soft">{t('timeline.stretchesLeftOut', { n: leftOut })}</p> : null}
    </div>
  );
}

function LaneTitle({ lane }: { lane: Lane }) {
  if (!lane.of) return null;
  return (
    <p class="of" dir={pageDir()}>
      {lane.of.id === undefined ? (
        <bdi>{lane.of.name || t('timeline.folderTop')}</bdi>
      ) : (
        <a {...linkTo({ screen: 'person', id: lane.of.id })}>
          <bdi>{lane.of.name}</bdi>
        </a>
      )}{' '}
      <span class="count">{t('timeline.sum', { n: lane.of.documents })}</span>
      {lane.of.undated > 0 ? <span class="count"> · {t('timeline.undated', { n: lane.of.undated })}</span> : null}
    </p>
  );
}

/** Calls back with the day below the pointer; the page does not scroll meanwhile. */
function useWheel(shown: Span, onWheel: Picture['onWheel']) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const listen = (event: WheelEvent) => {
      if (event.deltaY === 0 || event.shiftKey) return;
      event.preventDefault();
      const { left, width } = element.getBoundingClientRect();
      const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
      onWheel(Math.sign(event.deltaY), shown.first + share * (shown.last - shown.first + 1));
    };
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  });
  return box;
}

export function Chart(picture: Picture) {
  const shown: Span = { first: dayOf(picture.of.shown!.first), last: dayOf(picture.of.shown!.last) };
  const box = useWheel(shown, picture.onWheel);
  const axes = usesSolar() ? [...picture.of.axes].reverse() : picture.of.axes;
  const [top, bottom] = axes;
  return (
    // Time runs one way in every language.
    <div class="chart" dir="ltr" ref={box}>
      {top ? <Axis axis={top} shown={shown} onTick={picture.onTick} /> : null}
      {picture.lanes.map((lane, at) => (
        <div key={lane.of?.id ?? lane.of?.name ?? 'all'} class={lane.of ? 'lane' : 'lane whole'}>
          <LaneTitle lane={lane} />
          <Bars lane={lane} at={at} picture={picture} shown={shown} />
        </div>
      ))}
      <Stretches picture={picture} shown={shown} />
      {bottom ? <Axis axis={bottom} shown={shown} onTick={picture.onTick} /> : null}
    </div>
  );
}
