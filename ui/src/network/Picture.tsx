// The picture of a network: it is moved by dragging, looked at nearer by the wheel; a name or a line is
// chosen by a click, a name grows by two. The tables beside it say the same to who cannot see it.

import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Arrangement, Point } from './arrange';
import { fitting, paint, pointOf, radiusOf, sceneOf, type Chosen, type Colours, type Scene, type Size, type View } from './scene';

const GROUPS = ['--accent', '--hit-line', '--outcome-duplicate', '--outcome-text', '--outcome-failed', '--outcome-ocr', '--outcome-waiting'];
/** Pixels beside a line or a mark that count as on it. */
const NEAR = 6;
const WHEEL = 1.15;

export interface PictureHandle {
  zoom: (factor: number) => void;
  move: (x: number, y: number) => void;
  fit: () => void;
  scene: () => Scene | null;
  canvas: () => HTMLCanvasElement | null;
}

function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: of('--surface'),
    ink: of('--ink'),
    line: of('--soft'),
    chosen: of('--hit-line'),
    groups: GROUPS.map(of),
    rest: of('--outcome-empty'),
  };
}

function useSize() {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  return { box, size };
}

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** The name or the line at a point. */
function under({ of, arranged }: Arrangement, view: View, point: Point): Chosen {
  const most = of.names.reduce((max, { documents }) => Math.max(max, documents), 1);
  const at = new Map(of.names.map(({ id }, i) => [id, pointOf(view, arranged.places[i]!)]));
  let best: Chosen = { name: null, tie: null };
  let least = NEAR;
  for (const name of of.names) {
    const [x, y] = at.get(name.id)!;
    const gap = Math.hypot(point[0] - x, point[1] - y) - radiusOf(name, most, of.names.length);
    if (gap < least) [least, best] = [gap, { name: name.id, tie: null }];
  }
  if (best.name !== null) return best;
  for (const { a, b } of of.ties) {
    const gap = distance(point, at.get(a)!, at.get(b)!);
    if (gap < least) [least, best] = [gap, { name: null, tie: [a, b] }];
  }
  return best;
}

/** Zooming and moving: by the wheel, by dragging, and by whoever holds the handle. */
function useView(arrangement: Arrangement, size: Size) {
  const [moved, setMoved] = useState<{ of: Arrangement; size: Size; view: View } | null>(null);
  // A network that grew is seen whole again.
  const mine = moved && moved.of === arrangement && moved.size === size;
  const view = mine ? moved.view : fitting(arrangement, size);
  const to = (next: View) => setMoved({ of: arrangement, size, view: next });
  const zoom = (factor: number, [x, y]: Point = [size.width / 2, size.height / 2]) =>
    to({ scale: view.scale * factor, x: x - (x - view.x) * factor, y: y - (y - view.y) * factor });
  const move = (x: number, y: number) => to({ ...view, x: view.x + x, y: view.y + y });
  return { view, zoom, move, fit: () => setMoved(null) };
}

interface Look {
  arrangement: Arrangement;
  view: View;
  size: Size;
  chosen: Chosen;
}

/** As it was painted last, for drawing it shifted. */
interface Painted extends Look {
  copy: HTMLCanvasElement;
}

/** With more lines the picture is shifted as it is while it moves, and painted anew when it rests. */
const LINES_AT_ONCE = 2000;
const REST_MS = 120;

function onlyMoved(painted: Painted | null, look: Look): painted is Painted {
  return (
    painted !== null &&
    painted.arrangement === look.arrangement &&
    painted.size === look.size &&
    painted.chosen.name === look.chosen.name &&
    painted.chosen.tie === look.chosen.tie &&
    painted.view !== look.view
  );
}

function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}

/** What was painted, seen from where the reader looks now. */
function shift(context: CanvasRenderingContext2D, painted: Painted, view: View, ground: string): void {
  const { size, copy, view: before } = painted;
  const factor = view.scale / before.scale;
  context.globalAlpha = 1;
  context.fillStyle = ground;
  context.fillRect(0, 0, size.width, size.height);
  context.drawImage(copy, view.x - before.x * factor, view.y - before.y * factor, size.width * factor, size.height * factor);
}

function useDrawn(canvas: { current: HTMLCanvasElement | null }, scene: { current: Scene | null }, look: Look): void {
  const painted = useRef<Painted | null>(null);
  const latest = useRef(look);
  latest.current = look;
  const draw = (context: CanvasRenderingContext2D) => {
    const { arrangement, view, size, chosen } = latest.current;
    const dense = window.devicePixelRatio;
    canvas.current!.width = size.width * dense;
    canvas.current!.height = size.height * dense;
    context.setTransform(dense, 0, 0, dense, 0, 0);
    scene.current = sceneOf(arrangement, view, size, chosen, colours());
    paint(context, scene.current);
    const large = arrangement.of.ties.length > LINES_AT_ONCE;
    painted.current = large ? { ...latest.current, copy: copyOf(canvas.current!) } : null;
  };
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || look.size.width === 0) return;
    if (!onlyMoved(painted.current, look)) return draw(context);
    shift(context, painted.current, look.view, colours().ground);
    const timer = setTimeout(() => draw(context), REST_MS);
    return () => clearTimeout(timer);
  });
}

export function Picture({ arrangement, chosen, onChoose, onGrow, handle }: {
  arrangement: Arrangement;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  onGrow: (name: number) => void;
  handle: { current: PictureHandle | null };
}) {
  const { box, size } = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = useRef<Scene | null>(null);
  const { view, zoom, move, fit } = useView(arrangement, size);
  const grabbed = useRef<{ at: Point; moved: boolean } | null>(null);

  useDrawn(canvas, scene, { arrangement, view, size, chosen });
  handle.current = { zoom, move, fit, scene: () => scene.current, canvas: () => canvas.current };

  const pointIn = (event: MouseEvent): Point => {
    const { left, top } = canvas.current!.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  useEffect(() => {
    const element = canvas.current!;
    const listen = (event: WheelEvent) => {
      event.preventDefault();
      zoom(WHEEL ** -Math.sign(event.deltaY), pointIn(event));
    };
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  });
  return (
    <div class="drawing" ref={box}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('network.picture', { names: arrangement.of.names.length, n: arrangement.of.ties.length })}
        onPointerDown={(event) => {
          grabbed.current = { at: [event.clientX, event.clientY], moved: false };
          canvas.current!.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const grab = grabbed.current;
          if (!grab) return;
          const [x, y] = [event.clientX - grab.at[0], event.clientY - grab.at[1]];
          if (!grab.moved && Math.hypot(x, y) < NEAR) return;
          grabbed.current = { at: [event.clientX, event.clientY], moved: true };
          move(x, y);
        }}
        onPointerUp={(event) => {
          const grab = grabbed.current;
          grabbed.current = null;
          if (grab && !grab.moved) onChoose(under(arrangement, view, pointIn(event)));
        }}
        onDblClick={(event) => {
          const { name } = under(arrangement, view, pointIn(event));
          if (name !== null) onGrow(name);
        }}
      />
    </div>
  );
}
