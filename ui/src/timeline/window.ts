// What part of time is seen: days as numbers, zooming, moving.

import type { Timeline, TimelineUnit } from '../api';
import type { TimelineView } from '../nav';

export const units: TimelineUnit[] = ['day', 'month', 'year', 'decade'];

/** Days from 1970-01-01. */
export function dayOf(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000);
}

export function isoOf(day: number): string {
  return new Date(day * 86400000).toISOString().slice(0, 10);
}

export interface Span {
  first: number;
  last: number;
}

export function spanOf(days: { first: string; last: string }): Span {
  return { first: dayOf(days.first), last: dayOf(days.last) };
}

export function middle(first: string, last: string): number {
  return (dayOf(first) + dayOf(last)) / 2;
}

const LEAST = 7;
/** The longest span that is still seen in a unit when the reader zooms. */
const longest: [TimelineUnit, number][] = [
  ['day', 100],
  ['month', 10 * 366],
  ['year', 120 * 366],
  ['decade', Infinity],
];
/** What a unit is seen with when the reader chooses it. */
const usual: Record<TimelineUnit, number> = { day: 62, month: 5 * 365, year: 60 * 365, decade: Infinity };

function unitFor(days: number): TimelineUnit {
  return longest.find(([, most]) => days <= most)![0];
}

/** A window of so many days around one, within all days there are. */
function around(all: Span, at: number, days: number, share = 0.5): Span {
  const length = Math.min(Math.max(LEAST, Math.round(days)), all.last - all.first + 1);
  const first = Math.round(at - length * share);
  const from = Math.max(all.first, Math.min(first, all.last - length + 1));
  return { first: from, last: from + length - 1 };
}

type Window = Pick<TimelineView, 'from' | 'to' | 'unit'>;

function windowOf(all: Span, span: Span, unit: TimelineUnit): Window {
  const whole = span.first <= all.first && span.last >= all.last;
  return { from: whole ? '' : isoOf(span.first), to: whole ? '' : isoOf(span.last), unit };
}

/** `share` is where between the ends of the window the day stays, from 0 to 1. */
export function zoomed(of: Timeline, factor: number, at?: number): Window {
  const all = spanOf(of.all!);
  const shown = spanOf(of.shown!);
  const days = shown.last - shown.first + 1;
  const day = at ?? (shown.first + shown.last) / 2;
  const span = around(all, day, days * factor, (day - shown.first) / days);
  return windowOf(all, span, unitFor(span.last - span.first + 1));
}

export function moved(of: Timeline, share: number): Window {
  const all = spanOf(of.all!);
  const shown = spanOf(of.shown!);
  const days = shown.last - shown.first + 1;
  const span = around(all, (shown.first + shown.last + 1) / 2 + days * share, days);
  return windowOf(all, span, of.unit);
}

/** Chosen by the reader: around what was looked at, or where most documents are. */
export function inUnit(of: Timeline, unit: TimelineUnit, at: number): Window {
  const all = spanOf(of.all!);
  return windowOf(all, around(all, at, usual[unit]), unit);
}

export function onlyOf(of: Timeline, span: Span): Window {
  return windowOf(spanOf(of.all!), span, unitFor(span.last - span.first + 1));
}

/** Where most documents are. */
export function densest(of: Timeline): number {
  const top = of.bars.reduce((a, b) => (b.documents > a.documents ? b : a), of.bars[0] ?? { ...of.shown!, documents: 0 });
  return middle(top.first, top.last);
}
