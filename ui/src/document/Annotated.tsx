// A text with the words of the query and the names in it. Its words are hostile: they only become text nodes.

import type { ComponentChild } from 'preact';
import type { PageName, Range } from '../api';
import { t } from '../i18n';
import { linkTo } from '../nav';
import { kindName } from '../people/kinds';

export interface Annotations {
  /** In the order of the text. */
  marks: Range[];
  /** Numbers of the marks that are not the word itself. */
  misread: ReadonlySet<number>;
  names: PageName[];
  /** Of the page, with "r" for what it shows besides: marks and names are found by it. */
  id: string;
}

type Node = ComponentChild;

/** The first of what stands in the order of the text that ends behind `at`. */
function firstBehind<T>(list: readonly T[], endOf: (one: T) => number, at: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(list[middle]!) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The part of a text from one offset to another, with its marks. */
function withMarks(text: string, from: number, to: number, { marks, misread, id }: Annotations): Node[] {
  const parts: Node[] = [];
  let at = from;
  for (let i = firstBehind(marks, ([, end]) => end, from); i < marks.length && marks[i]![0] < to; i++) {
    const first = Math.max(marks[i]![0], at);
    const last = Math.min(marks[i]![1], to);
    if (last <= first) continue;
    if (first > at) parts.push(text.slice(at, first));
    parts.push(
      <mark
        key={`m${i}`}
        data-mark={`${id}:${i}`}
        {...(misread.has(i) ? { class: 'misread', title: t('misreadHint') } : {})}
      >
        {text.slice(first, last)}
      </mark>,
    );
    at = last;
  }
  if (to > at) parts.push(text.slice(at, to));
  return parts;
}

/** The text from `from` to `to`; offsets of marks and names are those of the whole text. */
export function Annotated({ text, from = 0, to = text.length, ...all }: Annotations & {
  text: string;
  from?: number;
  to?: number;
}) {
  const parts: Node[] = [];
  const { names } = all;
  let at = from;
  for (let i = firstBehind(names, ({ end }) => end, from); i < names.length && names[i]!.start < to; i++) {
    const name = names[i]!;
    const start = Math.max(name.start, from);
    const end = Math.min(name.end, to);
    if (start < at || end <= start) continue;
    parts.push(...withMarks(text, at, start, all));
    parts.push(
      <a
        key={`n${i}`}
        class={`named ${name.kind}`}
        data-name={`${all.id}:${i}`}
        title={`${name.name} · ${kindName(name.kind)}`}
        tabIndex={-1}
        {...linkTo({ screen: 'person', id: name.id })}
      >
        {withMarks(text, start, end, all)}
      </a>,
    );
    at = end;
  }
  parts.push(...withMarks(text, at, to, all));
  return <>{parts}</>;
}
