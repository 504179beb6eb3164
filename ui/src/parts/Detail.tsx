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

/** What the program itself says (src/ingest, in English) in the reader's language. A group is a value of
 * the message: `n` and `all` are counts, the others stand as they are. What a library says stays. */
const said: [RegExp, Key][] = [
  [/^OCR was unsure .* of (?<n>\d+) of (?<all>\d+) pages\b/, 'unsurePages'],
  [/^(?<all>\d+) files?, (?<n>\d+) not readable(, \d+ of them locked)?$/, 'filesNotRead'],
  [/^a symbolic link to (?<name>.*); links are recorded, never followed$/s, 'said.link'],
  [/^a pipe, never opened$/, 'said.pipe'],
  [/^a socket, never opened$/, 'said.socket'],
  [/^a device, never opened$/, 'said.device'],
  [/^a folder that could not be listed at first; /, 'said.folder'],
  [/^a further volume, read as part of item (?<item>\d+) \((?<name>.*)\)$/s, 'said.volume'],
  [/^nested in more than (?<all>\d+) containers; not opened$/, 'said.depth'],
  [/^all that is inside the outermost container would expand to more than allowed; /, 'said.expands'],
  [/^too large to be read inside its container or after the file has changed; /, 'said.large'],
  [/^stopped: no progress for (?<n>\d+) s, or more than (?<all>\d+) s in all; /, 'said.time'],
  [/^stopped: reading it needs more than (?<name>\d+ [GM]iB) of memory$/, 'said.memory'],
  [/^stopped: while reading it the reader tried a forbidden system call \(number (?<name>\d+)\)/, 'said.call'],
  [/^the reader crashed \(signal (?<name>.*)\); what was read so far is kept$/, 'said.crash'],
  [/^the reader stopped before it was done$/, 'said.stopped'],
  [/^read through LibreOffice$/, 'said.through'],
  [/^Permission denied$/, 'said.denied'],
];

/** The detail that is worth showing beside the reason, or "". */
export function detailOf(row: Row): string {
  const detail = row.detail ?? '';
  for (const [pattern, key] of said) {
    const match = pattern.exec(detail);
    if (match) return t(key, { ...match.groups, n: Number(match.groups?.n ?? 0), all: Number(match.groups?.all ?? 0) });
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
