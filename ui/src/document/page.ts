// What a document's text is loaded as: the run in view and those that follow it, its words, who is named.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, type Item, type Page, type PageName, type Word } from '../api';
import { useFollow, useLoaded } from '../load';

/** The run in view, and those that follow it in a document that flows, up to `end`. */
export function useRuns(item: Item, page: number, q: string, end = item.stored_pages) {
  const key = `${item.item}/${page}/${q}`;
  const first = useLoaded(item.stored_pages > 0 ? key : null, (signal) => api.page(item.item, page, q, signal));
  // They belong to the first run as it was: a text that is read anew has other ones.
  const [later, setLater] = useState<{ of: Page | null; runs: Page[] }>({ of: null, runs: [] });
  const [busy, setBusy] = useState(false);

  const runs = first.value ? [first.value, ...(later.of === first.value ? later.runs : [])] : [];
  const last = runs[runs.length - 1];
  const flows = first.value?.method === 'flow';
  const after = flows && last !== undefined && last.page < end;

  const onAfter = useCallback(() => {
    if (busy || !after || !last || first.loading) return;
    setBusy(true);
    const of = first.value;
    api
      .page(item.item, last.page + 1, q)
      .then((run) => setLater((old) => ({ of, runs: old.of === of ? [...old.runs, run] : [run] })))
      .catch(() => undefined)
      .finally(() => setBusy(false));
  }, [busy, after, last?.page, first.loading, first.value, key]);
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

type NamesByPage = ReadonlyMap<string, PageName[]>;

/** Who is named on the pages that are loaded; a decision makes others of them. */
export function useNames(item: number, runs: Page[], on: boolean): (page: number) => PageName[] {
  const [names, setNames] = useState<NamesByPage>(new Map());
  const asked = useRef(new Set<number>());
  const pages = runs.map(({ page }) => page).join();
  const ask = async (page: number) => {
    const found = (await api.pageNames(item, page)).names;
    const key = `${item}/${page}`;
    setNames((old) => (JSON.stringify(old.get(key)) === JSON.stringify(found) ? old : new Map(old).set(key, found)));
  };

  useEffect(() => {
    asked.current = new Set();
    setNames(new Map());
  }, [item]);
  useEffect(() => {
    if (!on) return;
    for (const { page, item: of } of runs) {
      if (of !== item || asked.current.has(page)) continue;
      asked.current.add(page);
      // Without them the text stands as it is.
      ask(page).catch(() => asked.current.delete(page));
    }
  }, [item, pages, on]);
  useFollow(on ? () => Promise.allSettled([...asked.current].map(ask)) : null);
  return (page) => (on ? (names.get(`${item}/${page}`) ?? NO_NAMES) : NO_NAMES);
}
