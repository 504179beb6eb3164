// What the program says of an item, in its own English: options of commands are not broken in two.

import type { Row } from '../api';
import { t } from '../i18n';

/** What only repeats in English what the reason says in the reader's language. */
const repeats: Record<string, RegExp> = {
  password: /^locked with a password; give it with sanad retry --password-file$/,
  'no-bytes': /./,
  'no-words': /^its pages hold no words$/,
  'no-speech-reader': /./,
  'low-confidence': /./,
};

/** The detail that is worth showing beside the reason, or "". */
export function detailOf(row: Row): string {
  const detail = row.detail ?? '';
  const unsure = row.reason === 'low-confidence' && / (\d+) of (\d+) pages\b/.exec(detail);
  if (unsure) return t('unsurePages', { n: Number(unsure[1]), all: Number(unsure[2]) });
  return row.reason && repeats[row.reason]?.test(detail) ? '' : detail;
}

export function Detail({ text }: { text: string }) {
  return (
    <span dir="auto">
      {text.split(/(--[a-z-]+)/).map((part, i) => (i % 2 ? <span class="option">{part}</span> : part))}
    </span>
  );
}
