// What the program says of an item, in its own English: options of commands are not broken in two.

import type { Row } from '../api';
import { t, type Key } from '../i18n';

/** What only repeats in English what the reason says in the reader's language. */
const repeats: Record<string, RegExp> = {
  password: /^locked with a password; give it with sanad retry --password-file$/,
  'no-bytes': /./,
  'no-words': /^its pages hold no words$/,
  'no-speech-reader': /./,
  'low-confidence': /./,
  container: /^\d+ (files?|messages?|items?|attachments?)$/,
};

/** Counts that are told in the reader's language: the part, and the whole. */
const counts: [RegExp, Key][] = [
  [/^OCR was unsure .* of (?<n>\d+) of (?<all>\d+) pages\b/, 'unsurePages'],
  [/^(?<all>\d+) files?, (?<n>\d+) not readable(, \d+ of them locked)?$/, 'filesNotRead'],
];

/** The detail that is worth showing beside the reason, or "". */
export function detailOf(row: Row): string {
  const detail = row.detail ?? '';
  for (const [pattern, key] of counts) {
    const { n, all } = pattern.exec(detail)?.groups ?? {};
    if (n && all) return t(key, { n: Number(n), all: Number(all) });
  }
  return row.reason && repeats[row.reason]?.test(detail) ? '' : detail;
}

export function Detail({ text }: { text: string }) {
  return (
    <span dir="auto">
      {text.split(/(--[a-z-]+)/).map((part, i) => (i % 2 ? <span class="option">{part}</span> : part))}
    </span>
  );
}
