// The documents behind a bar, behind a stretch of days, or without a date.

import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type TimelineDocument, type TimelineDocuments } from '../api';
import { number, t } from '../i18n';
import { linkTo, noQuery, type Query, type TimelineChoice } from '../nav';
import { Icon } from '../parts/Icon';
import { Failure, Waiting } from '../parts/State';
import { When } from '../parts/When';

const PART = 50;

/** What finds the same documents in the search. */
function queryOf(choice: TimelineChoice): Query {
  const days = choice.undated ? 'date:none' : `from:${choice.from} to:${choice.to}`;
  return {
    ...noQuery,
    q: choice.name === null ? days : `name:"#${choice.name}" ${days}`,
    filters: choice.folder ? { folder: choice.folder } : {},
    sort: choice.undated ? 'relevance' : 'date',
  };
}

function useDocuments(choice: TimelineChoice) {
  const key = JSON.stringify(choice);
  const [list, setList] = useState<{ key: string; head: TimelineDocuments | null; rows: TimelineDocument[]; error: unknown } | null>(null);
  const [busy, setBusy] = useState(false);
  const control = useRef(new AbortController());
  const ask = (rows: TimelineDocument[]) => {
    const { signal } = control.current;
    setBusy(true);
    api.timelineDocuments(choice, rows.length, PART, signal).then(
      (head) => {
        if (signal.aborted) return;
        setBusy(false);
        setList({ key, head, rows: [...rows, ...head.documents], error: null });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        setBusy(false);
        setList({ key, head: null, rows, error });
      },
    );
  };
  useEffect(() => {
    control.current = new AbortController();
    ask([]);
    return () => control.current.abort();
  }, [key]);
  const mine = list?.key === key ? list : null;
  return { list: mine, busy, more: () => ask(mine?.rows ?? []) };
}

function Row({ row }: { row: TimelineDocument }) {
  return (
    <li>
      <a {...linkTo({ screen: 'item', item: row.item, page: 1 }, { query: noQuery, chosen: null })}>
        <bdi>{row.title ?? row.name}</bdi>
      </a>
      <p class="facts">
        <When of={row} />
        {row.inexact ? <abbr title={t('timeline.perhapsHint')}>{t('timeline.perhaps')}</abbr> : null}
        <span class="where">
          <bdi>{row.path}</bdi>
        </span>
      </p>
    </li>
  );
}

export function Documents({ choice, title, onClose }: { choice: TimelineChoice; title: string; onClose: () => void }) {
  const { list, busy, more } = useDocuments(choice);
  const heading = useRef<HTMLHeadingElement>(null);
  // Who opened the list by a key goes on in it.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, [JSON.stringify(choice)]);
  const head = list?.head;
  return (
    <section class="behind">
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {title} {head ? <span class="count">{number(head.total)}</span> : null}
        </h2>
        {head && head.inexact > 0 ? <p class="soft">{t('timeline.listInexact', { n: head.inexact })}</p> : null}
        <a class="find" {...linkTo({ screen: 'search' }, { query: queryOf(choice), chosen: null })}>
          <Icon name="search" /> {t('timeline.search')}
        </a>
        <button type="button" class="quiet" aria-label={t('timeline.close')} title={t('timeline.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {list === null ? <Waiting /> : null}
      <ol>{list?.rows.map((row) => <Row key={row.item} row={row} />)}</ol>
      {list?.error ? <Failure error={list.error} again={more} /> : null}
      {list && head && list.rows.length < head.total ? (
        <p class="end">
          <button type="button" disabled={busy} onClick={more}>
            {busy ? t('loading') : t('timeline.more')}
          </button>
        </p>
      ) : null}
    </section>
  );
}
