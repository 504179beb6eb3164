// What is being typed in the search box: the part that a completion replaces.

import type { LabelKind } from '../api';

/** The fields whose values are completed. */
type Field = 'name' | 'tag' | 'list' | 'colour';

export interface Typed {
  /** What is looked for; "" when there is nothing to complete, or when a label's name begins. */
  text: string;
  from: number;
  to: number;
  /** It stands in name:"…", tag:"…" and so on. */
  field: Field | null;
}

const MIN_LETTERS = 2;
const nothing = (at: number): Typed => ({ text: '', from: at, to: at, field: null });
const VALUE = /(^|[\s(|-])((name|tag|list|colour):(?:"([^"]*)|“([^”]*)|«([^»]*)|([^\s()|"“«*~]*)))$/u;
const labelKinds: Partial<Record<Field, LabelKind>> = { tag: 'tag', list: 'list', colour: 'highlight' };

/** What kind of label is being named, if one is. */
export const labelKind = ({ field }: Typed): LabelKind | null => (field && labelKinds[field]) ?? null;

/** By the cursor: the letters before it back to a space or a sign of the query language. */
export function typedAt(q: string, at: number): Typed {
  const before = q.slice(0, at);
  const value = VALUE.exec(before);
  if (value) {
    const [, , whole, field, ...ways] = value;
    const bare = ways[3];
    const text = ways.find((way) => way !== undefined)!.trim();
    const closed = /^[^"”»]*["”»]/.exec(q.slice(at))?.[0].length ?? 0;
    if (field === 'name' && (text.includes(';') || text.length < MIN_LETTERS)) return nothing(at);
    return { text, from: at - whole!.length, to: at + (bare === undefined ? closed : 0), field: field as Field };
  }
  // Inside another phrase, behind a field or before more letters nothing is completed.
  if ((before.match(/"/g)?.length ?? 0) % 2 === 1 || /^[\p{L}\p{N}]/u.test(q.slice(at))) return nothing(at);
  const word = /(?:^|[\s(|-])([\p{L}\p{M}\p{N}\u200c]+)$/u.exec(before)?.[1] ?? '';
  if ([...word].length < MIN_LETTERS || /^(AND|OR|NOT|NEAR)$/.test(word)) return nothing(at);
  return { text: word, from: at - word.length, to: at, field: null };
}

/** The query with the typed part replaced, and where the cursor then stands. */
export function replaced(q: string, typed: Typed, by: string): { q: string; at: number } {
  const rest = q.slice(typed.to).replace(/^\s+/, '');
  const front = `${q.slice(0, typed.from)}${by} `;
  return { q: front + rest, at: front.length };
}

/** A field with its value. The language has no escape; names and labels are compared by their words. */
export function asField(field: Field, value: string): string {
  return `${field}:"${value.replace(/["“”„«»;]/g, ' ').trim()}"`;
}
