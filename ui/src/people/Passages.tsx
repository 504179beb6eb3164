// The passages that name somebody, in the order of the documents' dates.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api, type Passage } from '../api';
import { number, t } from '../i18n';
import { useKeys } from '../keys';
import { go, linkTo, type Query } from '../nav';
import { Marked } from '../parts/Marked';
import { Failure, Waiting } from '../parts/State';
import { When } from '../parts/When';

const PART = 20;

function usePassages(id: number, spelling: string, turn: number) {
  const [list, setList] = useState<{ id: number; passages: Passage[]; error: unknown } | null>(null);
  const [busy, setBusy] = useState(false);
  const control = useRef(new AbortController());

  const ask = (from: Passage[]) => {
    const { signal } = control.current;
    setBusy(true);
    api.passages(id, spelling, from.length, PART, signal).then(
      (more) => {
        if (signal.aborted) return;
        setBusy(false);
        setList({ id, passages: [...from, ...more.passages], error: null });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        setBusy(false);
        setList({ id, passages: from, error });
      },
    );
  };
  useEffect(() => {
    control.current = new AbortController();
    ask([]);
    return () => control.current.abort();
  }, [id, spelling, turn]);
  return { list: list?.id === id ? list : null, busy, more: () => ask(list?.passages ?? []) };
}

function One({ passage, at, chosen, query }: { passage: Passage; at: number; chosen: boolean; query: Query }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <li ref={row} class={chosen ? 'passage chosen' : 'passage'} aria-current={chosen ? 'true' : undefined}>
      <p class="facts">
        <When of={passage} />
        <span>
          <a {...linkTo({ screen: 'item', item: passage.item, page: passage.page }, { query, chosen: null })}>
            <bdi>{passage.title ?? passage.name}</bdi>
          </a>
        </span>
        {passage.page > 1 ? <span>{t('hitPage', { n: passage.page })}</span> : null}
        {passage.by_document ? <abbr title={t('people.byDocumentHint')}>{t('people.byDocument')}</abbr> : null}
      </p>
      <p class="snippet" dir="auto" data-at={at}>
        {passage.cut_front ? '… ' : null}
        <Marked text={passage.text} marks={passage.marks} />
        {passage.cut_back ? ' …' : null}
      </p>
    </li>
  );
}

/** `query` is what the passages' documents open with, so that every mention is marked there. */
export function Passages({ id, spelling, total, query, turn }: {
  id: number;
  /** "": all. */
  spelling: string;
  total: number;
  query: Query;
  turn: number;
}) {
  const { list, busy, more } = usePassages(id, spelling, turn);
  const [chosen, setChosen] = useState<number | null>(null);
  useLayoutEffect(() => setChosen(null), [id, spelling]);
  const passages = list?.passages ?? [];
  useKeys('name', {
    j: () => setChosen(Math.min(passages.length - 1, (chosen ?? -1) + 1)),
    k: () => setChosen(Math.max(0, (chosen ?? 1) - 1)),
    Enter: () => {
      const passage = passages[chosen ?? 0];
      if (passage) go({ screen: 'item', item: passage.item, page: passage.page }, { query, chosen: null });
    },
  });
  return (
    <section class="passages">
      <h2>
        {t('people.passages')} {spelling ? <bdi>“{spelling}”</bdi> : null} <span class="count">{number(total)}</span>
      </h2>
      {list === null ? <Waiting /> : null}
      <ol>
        {passages.map((passage, i) => (
          <One key={i} passage={passage} at={i} chosen={i === chosen} query={query} />
        ))}
      </ol>
      {list?.error ? <Failure error={list.error} again={more} /> : null}
      {list && !list.error && passages.length < total ? (
        <p class="end">
          <button type="button" disabled={busy} onClick={more}>
            {busy ? t('loading') : t('people.morePassages')}
          </button>
        </p>
      ) : null}
    </section>
  );
}
