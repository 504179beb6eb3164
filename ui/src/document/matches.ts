// Going from match to match, through the text in view, on to other pages, and to other documents.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../api';

interface Match {
  page: number;
  mark: number;
  rest: boolean;
}

export interface Matches {
  /** Which of `count` is in view, from 0; -1 none. */
  at: number;
  count: number;
  /** data-mark of the one in view, or "". */
  name: string;
  /** Number of the mark on its page's main text, or -1. */
  mark: number;
  next: () => void;
  previous: () => void;
  choose: (page: number, mark: number) => void;
}

function listOf(runs: Page[]): Match[] {
  return runs.flatMap((run) => [
    ...run.marks.map((_, mark) => ({ page: run.page, mark, rest: false })),
    ...run.rest_marks.map((_, mark) => ({ page: run.page, mark, rest: true })),
  ]);
}

/** Which match the next page to be shown begins with; a page of another document, too. */
let landing: 'first' | 'last' = 'first';

/** `pages` are those that match, ascending; `wanted` the one that the reader came to; `go` shows another page; `leave` another document, if there is one. */
export function useMatches(
  runs: Page[],
  pages: number[],
  wanted: number,
  go: (page: number) => void,
  leave: (by: 1 | -1) => Promise<boolean>,
): Matches {
  // Keys may come faster than the screen is drawn: where the reader is stands in a ref.
  const here = useRef(-1);
  const [, draw] = useState(-1);
  const list = listOf(runs);
  const first = runs[0];
  const last = runs[runs.length - 1];

  const move = (to: number) => {
    here.current = to;
    draw(to);
  };

  // Of a sheet all runs are loaded, one after the other: the one with the match may be still to come.
  const landed = useRef<Page>();
  const coming = last !== undefined && last.page < wanted;
  useEffect(() => {
    if (!first || landed.current === first) return;
    if (!coming) landed.current = first;
    move(coming ? -1 : landing === 'last' ? list.length - 1 : list.findIndex(({ page }) => page >= wanted));
    if (!coming) landing = 'first';
  }, [first, coming]);

  const next = () => {
    if (here.current + 1 < list.length) return move(here.current + 1);
    const page = pages.find((n) => last !== undefined && n > last.page);
    landing = 'first';
    if (page !== undefined) go(page);
    else void leave(1);
  };
  const previous = () => {
    if (here.current > 0) return move(here.current - 1);
    const page = pages.filter((n) => first !== undefined && n < first.page).pop();
    landing = 'last';
    if (page !== undefined) go(page);
    else void leave(-1).then((gone) => gone || (landing = 'first'));
  };

  const match = list[here.current];
  return {
    at: match ? here.current : -1,
    count: list.length,
    name: match ? `${match.page}${match.rest ? 'r' : ''}:${match.mark}` : '',
    mark: match && !match.rest ? match.mark : -1,
    next,
    previous,
    choose: (page, mark) => move(list.findIndex((m) => m.page === page && m.mark === mark && !m.rest)),
  };
}
