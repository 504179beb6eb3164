// Filters and earlier queries become part of the query that is asked: the API has one language for all.

import type { FacetName, Query } from '../nav';

const fields: Record<FacetName, string> = {
  type: 'type',
  lang: 'lang',
  year: 'date',
  folder: 'folder',
  outcome: 'outcome',
  tag: 'tag',
};

/** A value in quotes; the language has no escape, so a quote inside ends it early. Tags are compared by their
 * words, so theirs can be left out. */
function quoted(name: FacetName, value: string): string {
  return name === 'tag' ? `"${value.replace(/["“”„«»]/g, ' ')}"` : `"${value.split('"')[0]}"`;
}

export function compose({ q, within, filters, named }: Pick<Query, 'q' | 'within' | 'filters' | 'named'>): string {
  const asked = [...within, q].map((part) => part.trim()).filter(Boolean);
  const parts = [
    ...Object.entries(filters).map(([name, value]) => `${fields[name as FacetName]}:${quoted(name as FacetName, value)}`),
    ...named.map(({ id }) => `named:${id}`),
  ];
  if (asked.length === 1 && parts.length === 0) return asked[0]!;
  return [...asked.map((part) => `(${part})`), ...parts].join(' ');
}

/** The words of a query that does not parse, so that others can stand beside them. */
export function wordsOf(q: string): string {
  return q
    .replace(/["“”„«»()|:*~&]|(^|\s)-/g, ' ')
    .replace(/\b(AND|OR|NOT|NEAR)\b/g, (word) => word.toLowerCase())
    .trim();
}

/** The query without what it says of dates. */
export function withoutDates(q: string): string {
  return q
    .replace(/(^|[\s(])-?(?:date|from|to):(?:"[^"]*"|[^\s()]+)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
