// What the server says in English, in the reader's language: why something did not work and what to do next,
// and how a query was understood. What is new to this table is shown as it is, behind what its code means.

import { ApiError } from '../api/ask';
import { currentLang, number, t, type Key } from './index';

/** Parts with names fill the words' places; numbers are written as the language does. */
const table: [RegExp, Key][] = [
  // a list of terms
  [/^a list has at most (?<n>[\d,]+) terms$/, 'error.terms'],
  [/^longer than (?<n>[\d,]+) bytes$/, 'error.longTerm'],
  [/^not UTF-8$/, 'error.utf8'],
  // queries
  [/^the query is (?:longer than (?<n>\d+) bytes|too long)$/, 'error.longQuery'],
  [/^"q" is longer than \d+ bytes$/, 'error.longQuery'],
  [/^only the first (?<n>\d+) words were searched$/, 'error.firstWords'],
  [/^only the first (?<n>\d+) bytes were searched$/, 'error.firstBytes'],
  [/^there is no word to look for$/, 'error.noWord'],
  [/^there is no filter "(?<what>[^"]*):": searched as words$/, 'error.noFilter'],
  [/^a quotation mark is not closed: searched as words$/, 'error.quote'],
  [/^a parenthesis (?:is not closed|was not opened): searched as words$/, 'error.parenthesis'],
  [/^an operator (?:has nothing after it|or a parenthesis stands alone): searched as words$/, 'error.operator'],
  [/^.+: searched as words$/, 'asWords'],
  [/^no document has the type "(?<what>.*)"$/s, 'error.noType'],
  [/^no document has the language "(?<what>.*)"$/s, 'error.noLanguage'],
  [/^no document has the folder "(?<what>.*)"$/s, 'error.noFolder'],
  [/^no document (?:has the tag|is on the list|is highlighted with|is starred:|has a note:) "(?<what>.*)"/s, 'error.noMarked'],
  [/^"(?<what>.*)" is no date: write /s, 'error.noDate'],
  [/^"(?<what>.*)" is no outcome: write /s, 'error.noOutcome'],
  [/^no document names "(?<what>.*)": write /s, 'error.noNamed'],
  // searches that are kept
  [/^it finds more than (?<n>\d+) documents: narrow it down first$/, 'error.tooMany'],
  [/^at most (?<n>\d+) searches are kept; remove some$/, 'error.kept'],
  [/^a search is kept under a name of at most (?<n>\d+) bytes/, 'error.keptName'],
  // who else writes
  [/^another sanad .*is writing to this case/s, 'error.locked'],
  [/^another sanad writes to this case and does not come to an end/, 'error.locked'],
  [/^the case's database is busy/, 'error.busy'],
  [/^files are being read again already$/, 'error.again'],
  [/^too many of these at a time; ask again$/, 'error.busy'],
  // decisions about names
  [/^decision (?<id>\d+) .*says they are same; /s, 'error.saidSame'],
  [/^decision (?<id>\d+) .*says they are different; /s, 'error.saidDifferent'],
  [/^these are one name already, "(?<what>.*)"; /s, 'error.oneAlready'],
  [/^decision (?<id>\d+) was taken back by \d+ already$/, 'error.undone'],
  [/^there is no name with the number (?<id>\d+)/, 'error.noName'],
  [/^".*" has no spelling any more$/s, 'error.nameGone'],
  // marks
  [/^another (?:tag|highlight|list) has this name$/, 'error.labelTaken'],
  [/^a name has 1 to (?<n>\d+) bytes$/, 'error.labelName'],
  [/^the same stands there again$/, 'error.markAgain'],
  [/^the page's text was read anew: /, 'error.readAnew'],
  [/^a (?:note|translation|passage) has at most (?<n>\d+) bytes$/, 'error.longText'],
  [/^there is no (?:mark|label|tag label|highlight label|list label) \d+$/, 'error.markGone'],
  // what is not there
  [/^(?:there is no such page|item \d+ has no page \d+)$/, 'error.noPage'],
  [/^there is no item (?<id>\d+)/, 'error.noItem'],
  // others
  [/^a network grows from (?<n>\d+) names at most$/, 'error.centres'],
  [/^a reason has at most (?<n>\d+) bytes$/, 'error.longReason'],
  [/^names were never looked for in this case; /, 'error.noNames'],
];

const codes: Record<string, Key> = {
  offline: 'offline',
  busy: 'error.busy',
  locked: 'error.locked',
  'not-found': 'error.notFound',
  limit: 'error.limit',
  'too-large': 'error.tooLarge',
  'bad-request': 'error.badRequest',
  unsupported: 'error.unsupported',
  corrupt: 'error.corrupt',
  worker: 'error.worker',
  interrupted: 'error.busy',
  session: 'closedText',
  failed: 'error.failed',
};

/** In its own direction, among words of the page. */
function apart(text: string): string {
  return `\u2068${text}\u2069`;
}

function valueOf(name: string, text: string): string | number {
  return name === 'n' ? number(Number(text.replaceAll(',', ''))) : name === 'id' ? text : apart(text);
}

/** A text of the server in the reader's language; null when it is not known. */
export function translated(text: string): string | null {
  for (const [pattern, key] of table) {
    const found = pattern.exec(text);
    if (!found) continue;
    const values = Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined);
    return t(key, Object.fromEntries(values.map(([name, value]) => [name, valueOf(name, value)])));
  }
  return null;
}

/** The same, or the text itself. */
export function inWords(text: string): string {
  return translated(text) ?? apart(text);
}

/** What went wrong, with the next step. What nobody translated stands behind what its code means. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return apart(String((error as Error).message ?? error));
  const known = translated(error.message);
  if (known) return known;
  const means = codes[error.code];
  if (error.code === 'offline' || error.code === 'session') return t(means!);
  if (currentLang() === 'en' || !means) return apart(error.message);
  return `${t(means)} (${apart(error.message)})`;
}
