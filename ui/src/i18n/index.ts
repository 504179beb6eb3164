// The words in the reader's language, and how it writes numbers, dates and sizes.

import { dictionaries, type Key } from './words';

export type { Key } from './words';
export type Lang = 'en' | 'fa' | 'ar';

export const langs: Record<Lang, { name: string; dir: 'ltr' | 'rtl' }> = {
  en: { name: 'English', dir: 'ltr' },
  fa: { name: 'فارسی', dir: 'rtl' },
  ar: { name: 'العربية', dir: 'rtl' },
};

const SETTING = 'sanad.lang';
let lang: Lang = 'en';

function isLang(value: string | null | undefined): value is Lang {
  return value === 'en' || value === 'fa' || value === 'ar';
}

/** The language chosen before, else the first of the browser's that we have. */
export function startLang(): void {
  const chosen = localStorage.getItem(SETTING);
  const offered = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLang);
  apply(isLang(chosen) ? chosen : (offered ?? 'en'));
}

function apply(next: Lang): void {
  lang = next;
  document.documentElement.lang = next;
  document.documentElement.dir = langs[next].dir;
}

export function currentLang(): Lang {
  return lang;
}

/** The direction of the page, for what stands in a part that has its own. */
export function pageDir(): 'ltr' | 'rtl' {
  return langs[lang].dir;
}

export function chooseLang(next: Lang): void {
  localStorage.setItem(SETTING, next);
  apply(next);
}

function fill(pattern: string, values: Record<string, string>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A message; a number `n` also chooses its form. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const message = dictionaries[lang][key];
  const written: Record<string, string> = {};
  for (const [name, value] of Object.entries(values))
    written[name] = typeof value === 'number' ? number(value) : value;
  if (typeof message === 'string') return fill(message, written);
  const rule = new Intl.PluralRules(lang).select(Number(values.n ?? 0));
  return fill(message[rule] ?? message.other, written);
}

/** A word of the ledger ("outcome.text", "reason.password"), or the word itself if it is new. */
export function ledgerWord(kind: 'outcome' | 'reason', word: string): string {
  const key = `${kind}.${word}`;
  return key in dictionaries.en ? t(key as Key) : word;
}

/** What a reason means and what to do next; "" if it is new. */
export function hint(word: string): string {
  const key = `hint.${word}`;
  return key in dictionaries.en ? t(key as Key) : '';
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(value);
}

export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  // The short names of Persian are the Latin letters, which stand on the wrong side of the number.
  return new Intl.NumberFormat(lang, {
    style: 'unit',
    unit: units[unit]!,
    unitDisplay: unit === 0 || lang === 'fa' ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** ISO 8601 as exact as it is: a year stays a year. */
export function date(iso: string): string {
  const day: Intl.DateTimeFormatOptions = { year: 'numeric', calendar: 'gregory', timeZone: 'UTC' };
  const when = new Date(iso.length === 7 ? `${iso}-01` : iso);
  if (Number.isNaN(when.getTime())) return iso;
  if (iso.length >= 7) day.month = 'short';
  if (iso.length >= 10) day.day = 'numeric';
  return new Intl.DateTimeFormat(lang, day).format(when);
}

/** A language of ISO 639-3 as HTML has it ("fas": "fa"), for `lang`. */
export function langTag(code: string | null): string | undefined {
  try {
    return code === null ? undefined : Intl.getCanonicalLocales(code)[0];
  } catch {
    return undefined;
  }
}

export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(lang, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Whether dates stand in Iran's calendar first. */
export function usesSolar(): boolean {
  return lang === 'fa';
}

const SOLAR_MONTHS: Record<Lang, string[]> = {
  en: [
    'Farvardin', 'Ordibehesht', 'Khordad', 'Tir', 'Mordad', 'Shahrivar', 'Mehr', 'Aban', 'Azar', 'Dey', 'Bahman', 'Esfand',
  ],
  fa: ['فروردین', 'اردیبهشت', 'خرداد', 'تیر', 'مرداد', 'شهریور', 'مهر', 'آبان', 'آذر', 'دی', 'بهمن', 'اسفند'],
  ar: ['فروردين', 'أرديبهشت', 'خرداد', 'تير', 'مرداد', 'شهريور', 'مهر', 'آبان', 'آذر', 'دي', 'بهمن', 'إسفند'],
};

/** "1393-08-12", "1393-08", "1393", or two of them with "/" between. */
export function solarDate(solar: string): string {
  const one = (text: string) => {
    const [year = '', month, day] = text.split('-');
    const digits = (value: string) => new Intl.NumberFormat(lang, { useGrouping: false }).format(Number(value));
    return [day && digits(day), month && SOLAR_MONTHS[lang][Number(month) - 1], digits(year)].filter(Boolean).join(' ');
  };
  return solar.split('/').map(one).join(' – ');
}

/** By what a document is dated, or the word itself if it is new. */
export function dateSource(source: string): string {
  const key = `date.${source}`;
  return key in dictionaries.en ? t(key as Key) : source;
}
