// Drawing a rectangle on the picture of a page: by dragging, or by keys. Arrows move it, with Shift they
// move its far corner, Enter takes it. Directions are those of the window, however the page is turned.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Region } from '../../api';
import { t } from '../../i18n';
import { UNIT, type Target, wholeDocument } from './target';
import { onSheet, unturned, type Point } from './turned';

const STEP = 200;
/** Less is a click, no rectangle. */
const LEAST = 40;
const FIRST: Region = [3000, 4000, 7000, 6000];

const arrows: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function between(a: Point, b: Point): Region {
  const part = (value: number) => Math.round(value * UNIT);
  return [part(Math.min(a.x, b.x)), part(Math.min(a.y, b.y)), part(Math.max(a.x, b.x)), part(Math.max(a.y, b.y))];
}

function moved([x0, y0, x1, y1]: Region, { x, y }: Point): Region {
  const dx = Math.min(UNIT - x1, Math.max(-x0, x * STEP));
  const dy = Math.min(UNIT - y1, Math.max(-y0, y * STEP));
  return [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
}

/** The corner that lies farther along on the window is the one that moves. */
function stretched(region: Region, { x, y }: Point, turn: number): Region {
  const far = unturned({ x: 1, y: 1 }, turn);
  const [x0, y0, x1, y1] = region;
  const kept = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  return [
    far.x < 0 ? kept(x0 + x * STEP, 0, x1 - STEP) : x0,
    far.y < 0 ? kept(y0 + y * STEP, 0, y1 - STEP) : y0,
    far.x > 0 ? kept(x1 + x * STEP, x0 + STEP, UNIT) : x1,
    far.y > 0 ? kept(y1 + y * STEP, y0 + STEP, UNIT) : y1,
  ];
}

function Outline({ region: [x0, y0, x1, y1] }: { region: Region }) {
  return (
    <svg viewBox={`0 0 ${UNIT} ${UNIT}`} preserveAspectRatio="none" aria-hidden="true">
      <rect x={x0} y={y0} width={x1 - x0} height={y1 - y0} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

export function Draw({ page, turn, onDrawn, onLeave }: {
  page: number;
  turn: number;
  onDrawn: (target: Target) => void;
  onLeave: () => void;
}) {
  const pad = useRef<HTMLDivElement>(null);
  const from = useRef<Point | null>(null);
  const [region, setRegion] = useState<Region>(FIRST);
  useLayoutEffect(() => pad.current?.focus({ preventScroll: true }), []);

  const take = (taken: Region) => {
    onDrawn({ ...wholeDocument, page, regions: [taken] });
    onLeave();
  };
  const at = (event: PointerEvent) => onSheet(pad.current!, turn, { x: event.clientX, y: event.clientY });
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    pad.current?.setPointerCapture(event.pointerId);
    from.current = at(event);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (from.current) setRegion(between(from.current, at(event)));
  };
  const onPointerUp = (event: PointerEvent) => {
    if (!from.current) return;
    const drawn = between(from.current, at(event));
    from.current = null;
    if (drawn[2] - drawn[0] >= LEAST && drawn[3] - drawn[1] >= LEAST) take(drawn);
    else setRegion(FIRST);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    const step = arrow && unturned(arrow, turn);
    if (step) setRegion((old) => (event.shiftKey ? stretched(old, step, turn) : moved(old, step)));
    else if (event.key === 'Enter') take(region);
    else if (event.key === 'Escape') onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={pad}
      class="drawpad"
      role="application"
      tabIndex={0}
      aria-label={t('docmarks.drawHint')}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => (from.current = null)}
      onKeyDown={onKeyDown}
    >
      <Outline region={region} />
    </div>
  );
}
