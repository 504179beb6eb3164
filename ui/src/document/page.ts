// What a document's text is loaded as: the run in view and those that follow it, its words, who is named.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, type Item, type Page, type PageName, type Word } from '../api';
import { useLoaded } from '../load';

/** The run in view, and those that follow it in a document that flows. */
export function useRuns(item: Item, page: number, q: string) {
  const key = `${item.item}/${page}/${q}`;
  const first = useLoaded(item.stored_pages > 0 ? key : null, (signal) => api.page(item.item, page, q, signal));
  const [later, setLater] = useState<{ key: string; runs: Page[] }>({ key: '', runs: [] });
  const [busy, setBusy] = useState(false);

  const runs = first.value ? [first.value, ...(later.key === key ? later.runs : [])] : [];
  const last = runs[runs.length - 1];
  const flows = first.value?.method === 'flow';
  const after = flows && last !== undefined && last.page < item.stored_pages;

  const onAfter = useCallback(() => {
    if (busy || !after || !last || first.loading) return;
    setBusy(true);
    api
      .page(item.item, last.page + 1, q)
      .then((run) => setLater((old) => ({ key, runs: old.key === key ? [...old.runs, run] : [run] })))
      .catch(() => undefined)
      .finally(() => setBusy(false));
  }, [busy, after, last?.page, first.loading, key]);
  return { first, runs, flows, after, onAfter };
}

const NO_WORDS: Word[] = [];
const NO_NAMES: PageName[] = [];

/** The words of a page that has a picture, with their boxes. */
export function useWords(page: Page | undefined): Word[] {
  const wanted = page?.image ? page : undefined;
  const loaded = useLoaded(wanted ? `${wanted.item}/${wanted.page}` : null, (signal) =>
    api.words(wanted!.item, wanted!.page, signal),
  );
  const value = loaded.value;
  return value && value.item === wanted?.item && value.page === wanted.page ? value.words : NO_WORDS;
}

/** Who is named on the pages that are loaded. */
export function useNames(item: number, runs: Page[], on: boolean): (page: number) => PageName[] {
  const [names, setNames] = useState<ReadonlyMap<number, PageName[]>>(new Map());
  const asked = useRef(new Set<number>());
  const pages = runs.map(({ page }) => page).join();

  useEffect(() => {
    if (!on) return;
    for (const { page } of runs) {
      if (asked.current.has(page)) continue;
      asked.current.add(page);
      // Without them the text stands as it is.
      api.pageNames(item, page).then(
        (found) => setNames((old) => new Map(old).set(page, found.names)),
        () => asked.current.delete(page),
      );
    }
  }, [item, pages, on]);
  return (page) => (on ? (names.get(page) ?? NO_NAMES) : NO_NAMES);
}
