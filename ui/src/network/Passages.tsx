// The passages behind a line: where the two names stand together.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api, type NetworkName, type TiePassage } from '../api';
import { number, t } from '../i18n';
import { linkTo, noQuery, type Query } from '../nav';
import { Icon } from '../parts/Icon';
import { Marked } from '../parts/Marked';
import { Failure, Waiting } from '../parts/State';
import { When } from '../parts/When';

const PART = 20;

function useTie(key: string, a: number, b: number, from: string, to: string) {
  const [list, setList] = useState<{ key: string; passages: TiePassage[]; total: number; error: unknown } | null>(null);
  const control = useRef(new AbortController());
  const ask = (before: TiePassage[]) => {
    const { signal } = control.current;
    api.tiePassages({ a, b, from, to }, before.length, PART, signal).then(
      ({ passages, total }) => !signal.aborted && setList({ key, passages: [...before, ...passages], total, error: null }),
      (error: unknown) => !signal.aborted && setList({ key, passages: before, total: 0, error }),
    );
  };
  useEffect(() => {
    control.current = new AbortController();
    ask([]);
    return () => control.current.abort();
  }, [key]);
  const mine = list?.key === key ? list : null;
  return { list: mine, more: () => ask(mine?.passages ?? []) };
}

export function Passages({ a, b, from, to, onClose }: {
  a: NetworkName;
  b: NetworkName;
  from: string;
  to: string;
  onClose: () => void;
}) {
  const { list, more } = useTie(JSON.stringify([a.id, b.id, from, to]), a.id, b.id, from, to);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [a.id, b.id]);
  const days = [from && `from:${from}`, to && `to:${to}`].filter(Boolean).join(' ');
  const query: Query = { ...noQuery, q: `name:"#${a.id}" name:"#${b.id}" ${days}`.trim() };
  return (
    <section class="behind">
      <header>
        <h2 ref={heading} tabIndex={-1}>
          <a {...linkTo({ screen: 'person', id: a.id })}>
            <bdi>{a.name}</bdi>
          </a>{' '}
          –{' '}
          <a {...linkTo({ screen: 'person', id: b.id })}>
            <bdi>{b.name}</bdi>
          </a>{' '}
          {list ? <span class="count">{number(list.total)}</span> : null}
        </h2>
        <a class="find" {...linkTo({ screen: 'search' }, { query, chosen: null })}>
          <Icon name="search" /> {t('network.search')}
        </a>
        <button type="button" class="quiet" aria-label={t('network.close')} title={t('network.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {list === null ? <Waiting /> : null}
      <ol>
        {list?.passages.map((passage, i) => (
          <li key={i} class="passage">
            <p class="facts">
              <When of={passage} />
              <span>
                <a {...linkTo({ screen: 'item', item: passage.item, page: passage.page }, { query, chosen: null })}>
                  <bdi>{passage.title ?? passage.name}</bdi>
                </a>
              </span>
              {passage.page > 1 ? <span>{t('hitPage', { n: passage.page })}</span> : null}
            </p>
            <p class="snippet" dir="auto">
              {passage.cut_front ? '… ' : null}
              <Marked text={passage.text} marks={passage.marks} />
              {passage.cut_back ? ' …' : null}
            </p>
          </li>
        ))}
      </ol>
      {list?.error ? <Failure error={list.error} again={more} /> : null}
      {list && !list.error && list.passages.length < list.total ? (
        <p class="end">
          <button type="button" onClick={more}>
            {t('network.morePassages')}
          </button>
        </p>
      ) : null}
    </section>
  );
}
