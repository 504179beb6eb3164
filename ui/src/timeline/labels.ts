// Days, months, years and decades in words, in the reader's calendar first.

import type { Timeline, TimelineUnit } from '../api';
import { date, solarDate, t, usesSolar } from '../i18n';

type Days = Timeline['bars'][number];

const lengths: Record<TimelineUnit, number> = { day: 10, month: 7, year: 4, decade: 4 };

/** A beginning as the axis has it: "1958-07" of a month; where labels stand at years only, the year. */
export function tickLabel(calendar: string, unit: TimelineUnit, text: string, yearsOnly = false): string {
  if (unit === 'month' && yearsOnly) return tickLabel(calendar, 'year', text.slice(0, 4));
  const said = calendar === 'solar-hijri' ? solarDate(text) : date(text);
  return unit === 'decade' ? t('timeline.decadeOf', { year: said }) : said;
}

function gregorian(days: Pick<Days, 'first' | 'last'>): string {
  return days.first === days.last ? date(days.first) : `${date(days.first)} – ${date(days.last)}`;
}

/** A part of the scale: whole in its own calendar, the other beside it where it is read. */
export function partLabel(of: Pick<Timeline, 'unit' | 'calendar'>, days: Days): string {
  if (of.calendar === 'solar-hijri' && days.solar) {
    const [first = ''] = days.solar.split('/');
    const own = tickLabel(of.calendar, of.unit, first.slice(0, lengths[of.unit]));
    return `${own} (${gregorian(days)})`;
  }
  const own = tickLabel('gregorian', of.unit, days.first.slice(0, lengths[of.unit]));
  return usesSolar() && days.solar ? `${own} (${solarDate(days.solar)})` : own;
}

/** Any days, exactly. */
export function daysLabel(days: Days): string {
  return usesSolar() && days.solar ? `${solarDate(days.solar)} (${gregorian(days)})` : gregorian(days);
}
