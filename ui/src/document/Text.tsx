// The text of a page, or of a document that flows, in its own direction.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Page, Range } from '../api';
import { langTag, number, t } from '../i18n';
import { Marked } from '../parts/Marked';
import { isTable, Table } from './Table';

const SURE = 80;

function Confidence({ page }: { page: Page }) {
  if (page.confidence === null || page.text.trim() === '') return null;
  const low = page.confidence < SURE;
  return (
    <p class={low ? 'confidence low' : 'confidence'}>
      {t(low ? 'confidenceLow' : 'confidence', { n: page.confidence })}
    </p>
  );
}

/** A story's headline is the first line of its text, marks and all; other labels are no text. */
function headlineOf(page: Page) {
  const length = page.label && page.text.startsWith(page.label) ? page.label.length : 0;
  const marks = page.marks.filter(([, end]) => end <= length);
  const from = length + (length > 0 ? /^\n*/.exec(page.text.slice(length))![0].length : 0);
  const later = page.marks.slice(marks.length).map(([start, end]): Range => [start - from, end - from]);
  return { marks, text: page.text.slice(from), later };
}

/** A slide without a name is numbered by the program; other labels are words of the document. */
function nameOf(label: string): string {
  const slide = /^slide (\d+)$/.exec(label);
  return slide ? t('slide', { n: Number(slide[1]) }) : label;
}

function Run({ page, tabular }: { page: Page; tabular: boolean }) {
  const lang = langTag(page.lang);
  const headline = headlineOf(page);
  const main = {
    text: headline.text,
    marks: headline.later,
    misread: page.misread,
    name: `${page.page}`,
    first: headline.marks.length,
  };
  return (
    <>
      {page.label ? (
        <h2 class="label" dir="auto">
          <Marked text={nameOf(page.label)} marks={headline.marks} misread={page.misread} name={`${page.page}`} />
        </h2>
      ) : null}
      <Confidence page={page} />
      {page.text.trim() === '' && page.rest === '' ? <p class="none">{t('emptyPage')}</p> : null}
      {tabular && isTable(headline.text) ? (
        <Table {...main} dir={page.dir} />
      ) : (
        <div class="prose" dir={page.dir} lang={lang}>
          <Marked {...main} />
        </div>
      )}
      {page.rest !== '' ? (
        <details class="rest" open={page.rest_marks.length > 0 && page.marks.length === 0}>
          <summary>{t('rest')}</summary>
          <div class="prose" dir={page.dir} lang={lang}>
            <Marked text={page.rest} marks={page.rest_marks} name={`${page.page}r`} />
          </div>
        </details>
      ) : null}
    </>
  );
}

export function Text({
  runs,
  head,
  tabular,
  current,
  before,
  after,
  onBefore,
  onAfter,
}: {
  runs: Page[];
  head: ComponentChildren;
  /** The text is rows of fields. */
  tabular: boolean;
  /** data-mark of the match in view, or "". */
  current: string;
  before: boolean;
  after: boolean;
  onBefore: () => void;
  onAfter: () => void;
}) {
  const pane = useRef<HTMLElement>(null);
  const end = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    pane.current?.querySelectorAll('mark.current').forEach((mark) => mark.classList.remove('current'));
    const mark = current && pane.current?.querySelector(`mark[data-mark="${current}"]`);
    if (!mark) return;
    mark.classList.add('current');
    mark.scrollIntoView({ block: 'center' });
  }, [current, runs]);

  useEffect(() => {
    if (!end.current) return;
    const watcher = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && onAfter());
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [onAfter, after]);

  return (
    <section ref={pane} class="text" aria-label={t('text')} tabIndex={0}>
      {head}
      {before ? (
        <button type="button" class="link" onClick={onBefore}>
          {t('earlier')}
        </button>
      ) : null}
      {runs.map((page) => (
        <Run key={page.page} page={page} tabular={tabular} />
      ))}
      {after ? (
        <button ref={end} type="button" class="link" onClick={onAfter}>
          {t('later')}
        </button>
      ) : null}
      {!after && runs.length > 1 ? (
        <p class="none">
          {t('endOfText')} · {number(runs.length)}
        </p>
      ) : null}
    </section>
  );
}
