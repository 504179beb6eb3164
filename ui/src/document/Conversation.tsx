// A conversation as it was held: every message with its text and what was attached, one under the other.

import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Item, type Message, type Row, type Thread } from '../api';
import { bytes, date, langTag, t } from '../i18n';
import { typeName } from '../i18n/types';
import { useLoaded, type Loaded } from '../load';
import { linkTo } from '../nav';
import { Outcome } from '../parts/Outcome';
import { Failure, Waiting } from '../parts/State';
import { Annotated } from './Annotated';

export function isMail(item: Item): boolean {
  return /^message\/|vnd\.ms-outlook/.test(item.type ?? '');
}

/** The conversation of a message; null loads nothing. */
export function useThread(item: Item | null): Loaded<Thread> {
  return useLoaded(item && isMail(item) ? String(item.item) : null, (signal) => api.thread(item!.item, signal));
}

/** What lies in a message or another container, as links; always in view above its text. */
export function Attached({ rows, all }: { rows: Row[]; all: number }) {
  if (rows.length === 0) return null;
  return (
    <ul class="attached" aria-label={t('document.attached')}>
      {rows.map((row) => (
        <li key={row.item}>
          <a {...linkTo({ screen: 'item', item: row.item, page: 1 })} dir="auto" title={row.path}>
            {row.title ?? row.name}
          </a>
          <span class="kind">
            {row.type ? typeName(row.type) : null} {row.sha256 ? bytes(row.bytes) : null}
          </span>
          {row.outcome === 'failed' ? <Outcome outcome={row.outcome} reason={row.reason} /> : null}
        </li>
      ))}
      {all > rows.length ? <li class="kind">{t('people.more', { n: all - rows.length })}</li> : null}
    </ul>
  );
}

/** True once the element comes near the window. */
function useNear(of: { current: HTMLElement | null }): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watcher = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && setNear(true), {
      rootMargin: '600px',
    });
    watcher.observe(of.current!);
    return () => watcher.disconnect();
  }, []);
  return near;
}

/** Behind the fields that stand at the start of a message's text and above it already. */
function bodyStart(text: string): number {
  const end = /^(?:From|To|Subject|Date): /.test(text) ? text.indexOf('\n\n') : -1;
  return end < 0 ? 0 : end + 2;
}

function Body({ message, q }: { message: Message; q: string }) {
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place);
  const page = useLoaded(near && message.chars ? `${message.item}/${q}` : null, (signal) =>
    api.page(message.item, 1, q, signal),
  );
  const run = page.value;
  return (
    <div ref={place}>
      {page.error ? <Failure error={page.error} again={page.again} /> : null}
      {!run && !page.error && message.chars ? <Waiting /> : null}
      {run ? (
        <div class="prose" dir={run.dir} lang={langTag(run.lang)}>
          <Annotated
            text={run.text}
            from={bodyStart(run.text)}
            marks={run.marks}
            misread={new Set(run.misread)}
            names={[]}
            id={`${message.item}`}
          />
        </div>
      ) : null}
    </div>
  );
}

function One({ message, thread, here, q }: { message: Message; thread: Thread; here: boolean; q: string }) {
  const article = useRef<HTMLElement>(null);
  useEffect(() => {
    if (here) article.current?.scrollIntoView({ block: 'start' });
  }, [here]);
  const before = thread.messages.find(({ item }) => item === message.answers);
  return (
    <article ref={article} class={here ? 'message here' : 'message'} aria-current={here ? 'true' : undefined}>
      <header>
        <h3 dir="auto">
          <a {...linkTo({ screen: 'item', item: message.item, page: 1 })}>{message.title ?? message.name}</a>
        </h3>
        <p class="facts">
          <bdi>{message.from ?? t('unknown')}</bdi>
          {message.to ? (
            <span>
              {t('fTo')}: <bdi>{message.to}</bdi>
            </span>
          ) : null}
          <time dateTime={message.date ?? undefined}>{message.date ? date(message.date) : t('undated')}</time>
        </p>
        {before ? (
          <p class="hint">
            {t('document.answers')}: <bdi>{before.from ?? before.name}</bdi>
          </p>
        ) : null}
        {message.copies.length > 0 ? (
          <p class="hint">
            {t('document.copiesOf')}:{' '}
            {message.copies.map((copy) => (
              <a key={copy} class="pages" {...linkTo({ screen: 'item', item: copy, page: 1 })}>
                {t('document.itemN', { n: copy })}
              </a>
            ))}
          </p>
        ) : null}
      </header>
      <Body message={message} q={q} />
      <Attached rows={message.attachments} all={message.children} />
    </article>
  );
}

export function Conversation({ thread, item, q }: { thread: Thread; item: number; q: string }) {
  return (
    <section class="text conversation" aria-label={t('document.conversation')} tabIndex={0}>
      <p class="hint">
        {t('document.messages', { n: thread.messages.length })}
        {thread.missing > 0 ? <> · {t('document.missing', { n: thread.missing })}</> : null}
        {thread.total > thread.messages.length ? <> · {t('document.inAll', { n: thread.total })}</> : null}
      </p>
      {thread.messages.map((message) => (
        <One
          key={message.item}
          message={message}
          thread={thread}
          here={message.item === item || message.copies.includes(item)}
          q={q}
        />
      ))}
    </section>
  );
}
