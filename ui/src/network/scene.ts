// What a network looks like, as lines, marks and labels in pixels: drawn on a canvas, or written as SVG.

import type { NetworkName } from '../api';
import type { Arrangement, Point } from './arrange';
import { backboneOf } from './backbone';

export interface View {
  /** Pixels for a unit of the arrangement, and where its origin is. */
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Chosen {
  name: number | null;
  tie: [number, number] | null;
}

export interface Colours {
  ground: string;
  ink: string;
  line: string;
  chosen: string;
  groups: string[];
  rest: string;
}

interface Line {
  from: Point;
  to: Point;
  width: number;
  colour: string;
  opacity: number;
}

interface Mark {
  at: Point;
  radius: number;
  kind: NetworkName['kind'];
  fill: string;
  ringed: boolean;
  opacity: number;
}

interface Label {
  at: Point;
  text: string;
  bold: boolean;
}

export interface Scene extends Size {
  colours: Colours;
  lines: Line[];
  marks: Mark[];
  labels: Label[];
}

export const FONT = 12;
const LABELS_MAX = 160;
const FRAME = 40;

/** All of it in view. */
export function fitting({ arranged }: Arrangement, size: Size): View {
  const xs = arranged.places.map(([x]) => x);
  const ys = arranged.places.map(([, y]) => y);
  const ends = (values: number[]) => values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]) as Point;
  const [left, right] = ends(xs);
  const [top, bottom] = ends(ys);
  const scale = Math.min(
    (size.width - 2 * FRAME) / Math.max(1, right - left),
    (size.height - 2 * FRAME) / Math.max(1, bottom - top),
  );
  return {
    scale: Number.isFinite(scale) && scale > 0 ? scale : 1,
    x: size.width / 2 - (scale * (left + right)) / 2 || 0,
    y: size.height / 2 - (scale * (top + bottom)) / 2 || 0,
  };
}

export function pointOf(view: View, [x, y]: Point): Point {
  return [view.x + x * view.scale, view.y + y * view.scale];
}

export function radiusOf(name: NetworkName, most: number, count: number): number {
  const small = count > 1000 ? 1.5 : count > 200 ? 3 : 5;
  return small + (small * 2.2 * Math.sqrt(name.documents)) / Math.sqrt(Math.max(1, most));
}

/** The labels of the most important names that do not cover one another. */
function labelsOf(marks: (Mark & { name: NetworkName })[], size: Size, chosen: Chosen, near: Set<number>): Label[] {
  const taken: [number, number, number, number][] = [];
  const labels: Label[] = [];
  const weight = ({ name }: { name: NetworkName }) =>
    (name.id === chosen.name ? 1e12 : 0) + (near.has(name.id) ? 1e9 : 0) + (name.centre ? 1e6 : 0) + name.documents;
  for (const mark of [...marks].sort((a, b) => weight(b) - weight(a))) {
    const [x, y] = mark.at;
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    const half = (mark.name.name.length * FONT * 0.55) / 2 + 3;
    const top = y + mark.radius + 2;
    const box: [number, number, number, number] = [x - half, top, x + half, top + FONT * 1.3];
    if (taken.some(([l, t, r, b]) => box[0] < r && box[2] > l && box[1] < b && box[3] > t)) continue;
    taken.push(box);
    labels.push({ at: [x, top + FONT], text: mark.name.name, bold: mark.name.centre || mark.name.id === chosen.name });
    if (labels.length === LABELS_MAX) break;
  }
  return labels;
}

/** What of a network is the same from wherever it is looked at. */
interface Fixed {
  at: Map<number, number>;
  most: number;
  heaviest: number;
  carries: boolean[];
}

const fixed = new WeakMap<Arrangement, Fixed>();

function fixedOf(arrangement: Arrangement): Fixed {
  const known = fixed.get(arrangement);
  if (known) return known;
  const { of } = arrangement;
  const at = new Map(of.names.map(({ id }, i) => [id, i]));
  const made: Fixed = {
    at,
    most: of.names.reduce((max, { documents }) => Math.max(max, documents), 1),
    heaviest: of.ties[0]?.passages ?? 1,
    carries: backboneOf(of.names.length, of.ties.map(({ a, b }) => [at.get(a)!, at.get(b)!])),
  };
  fixed.set(arrangement, made);
  return made;
}

/** In steps, so that many lines are of one style. */
function stepped(width: number): number {
  return Math.round(width * 4) / 4;
}

export function sceneOf(arrangement: Arrangement, view: View, size: Size, chosen: Chosen, colours: Colours): Scene {
  const { of, arranged } = arrangement;
  const { at, most, heaviest, carries } = fixedOf(arrangement);
  const points = arranged.places.map((place) => pointOf(view, place));
  const [usual, faint] = of.names.length > 1000 ? [0.15, 0.015] : of.names.length > 200 ? [0.3, 0.03] : [0.5, 0.08];
  const near = new Set<number>(chosen.tie ?? []);
  const lines = of.ties.map((tie, i): Line => {
    const own = tie.a === chosen.name || tie.b === chosen.name;
    const picked = chosen.tie?.[0] === tie.a && chosen.tie[1] === tie.b;
    if (own) near.add(tie.a).add(tie.b);
    const lit = own || picked;
    const plain = carries[i] ? usual : faint;
    return {
      from: points[at.get(tie.a)!]!,
      to: points[at.get(tie.b)!]!,
      width: picked ? 4 : stepped(0.6 + 4 * Math.sqrt(tie.passages / heaviest)),
      colour: lit ? colours.chosen : colours.line,
      opacity: picked ? 1 : own ? 0.6 : chosen.name === null && chosen.tie === null ? plain : plain / 2,
    };
  });
  lines.sort((a, b) => a.opacity - b.opacity || a.width - b.width);
  const marks = of.names.map((name, i) => ({
    name,
    at: points[i]!,
    radius: radiusOf(name, most, of.names.length),
    kind: name.kind,
    fill: colours.groups[arranged.groups[i]!] ?? colours.rest,
    ringed: name.centre || name.id === chosen.name,
    opacity: near.size === 0 || near.has(name.id) || name.id === chosen.name ? 1 : 0.35,
  }));
  return { ...size, colours, lines, marks, labels: labelsOf(marks, size, chosen, near) };
}

/** Corners of a mark: a place is a triangle, an organisation a square; a person is round (null). */
export function cornersOf({ kind, at: [x, y], radius }: Pick<Mark, 'kind' | 'at' | 'radius'>): Point[] | null {
  const r = radius;
  if (kind === 'organisation') return [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]];
  if (kind === 'place') return [[x, y - 1.2 * r], [x + 1.2 * r, y + r], [x - 1.2 * r, y + r]];
  return null;
}

/** Lines that are stroked at once. Within one stroke faint lines that cross do not add up, so it is not all. */
const STROKE_LINES = 16;

function sameStyle(a: Line, b: Line): boolean {
  return a.opacity === b.opacity && a.width === b.width && a.colour === b.colour;
}

function paintLines(context: CanvasRenderingContext2D, lines: Line[]): void {
  for (let at = 0; at < lines.length; ) {
    const style = lines[at]!;
    const end = Math.min(lines.length, at + STROKE_LINES);
    context.globalAlpha = style.opacity;
    context.strokeStyle = style.colour;
    context.lineWidth = style.width;
    context.beginPath();
    for (; at < end && sameStyle(lines[at]!, style); at++) {
      context.moveTo(...lines[at]!.from);
      context.lineTo(...lines[at]!.to);
    }
    context.stroke();
  }
}

export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  const { colours } = scene;
  context.globalAlpha = 1;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, scene.width, scene.height);
  paintLines(context, scene.lines);
  for (const mark of scene.marks) {
    const corners = cornersOf(mark);
    context.globalAlpha = mark.opacity;
    context.fillStyle = mark.fill;
    context.strokeStyle = mark.ringed ? colours.ink : colours.ground;
    context.lineWidth = mark.ringed ? 2 : 1;
    context.beginPath();
    if (corners) corners.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    else context.arc(...mark.at, mark.radius, 0, 2 * Math.PI);
    context.closePath();
    context.fill();
    context.stroke();
  }
  context.globalAlpha = 1;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  const family = getComputedStyle(document.body).fontFamily;
  for (const label of scene.labels) {
    context.font = `${label.bold ? '600 ' : ''}${FONT}px ${family}`;
    context.strokeStyle = colours.ground;
    context.lineWidth = 3;
    context.strokeText(label.text, ...label.at);
    context.fillStyle = colours.ink;
    context.fillText(label.text, ...label.at);
  }
}
