// The text of a page, or of a document that flows, in its own direction.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Page, PageName, Word } from '../api';
import { langTag, number, t } from '../i18n';
import { Annotated, type Annotations } from './Annotated';
import { doubtOf } from './geometry';
import { usePainted, type Placed } from './place';
import { paint, TextMap } from './textmap';

const SURE = 80;

type Pane = { current: HTMLElement | null };

function Confidence({ page }: { page: Page }) {
  if (page.confidence === null || page.text.trim() === '') return null;
  const low = page.confidence < SURE;
  return (
    <p class={low ? 'confidence low' : 'confidence'}>
      {t(low ? 'confidenceLow' : 'confidence', { n: page.confidence })}
    </p>
  );
}

/** Where the text begins behind its headline, which is its first line; other labels are no text. */
function headEnd(page: Page): [label: number, text: number] {
  const length = page.label && page.text.startsWith(page.label) ? page.label.length : 0;
  return [length, length > 0 ? length + /^\n*/.exec(page.text.slice(length))![0].length : 0];
}

/** A slide without a name is numbered by the program; other labels are words of the document. */
function nameOf(label: string): string {
  const slide = /^slide (\d+)$/.exec(label);
  return slide ? t('slide', { n: Number(slide[1]) }) : label;
}

function Run({ page, names }: { page: Page; names: PageName[] }) {
  const lang = langTag(page.lang);
  const [label, from] = headEnd(page);
  const id = String(page.page);
  const all: Annotations = { marks: page.marks, misread: new Set(page.misread), names, id };
  return (
    <>
      {page.label ? (
        <h2 class="label" dir="auto" {...(label > 0 ? { 'data-page': page.page, 'data-from': 0 } : {})}>
          {label > 0 ? <Annotated {...all} text={page.text} to={label} /> : nameOf(page.label)}
        </h2>
      ) : null}
      <Confidence page={page} />
      {page.text.trim() === '' && page.rest === '' ? <p class="none">{t('emptyPage')}</p> : null}
      <div class="prose" dir={page.dir} lang={lang} data-page={page.page} data-from={from}>
        <Annotated {...all} text={page.text} from={from} />
      </div>
      {page.rest !== '' ? (
        <details class="rest" open={page.rest_marks.length > 0 && page.marks.length === 0}>
          <summary>{t('rest')}</summary>
          <div class="prose" dir={page.dir} lang={lang}>
            <Annotated text={page.rest} marks={page.rest_marks} misread={new Set()} names={[]} id={`${page.page}r`} />
          </div>
        </details>
      ) : null}
    </>
  );
}

/** Shades the words that OCR was not sure of, in the text of the page whose words these are. `drawn` changes
 * when the nodes do. */
function useDoubt(pane: Pane, page: Page | undefined, words: Word[], on: boolean, drawn: string): void {
  useEffect(() => {
    const prose = pane.current?.querySelector<HTMLElement>(`.prose[data-page="${page?.page}"]`);
    if (!on || !prose || words.length === 0) return;
    const map = new TextMap(prose, Number(prose.dataset.from));
    for (const how of ['doubtful', 'unsure'] as const)
      paint(how, words.filter((word) => doubtOf(word) === how).map(([start, end]) => map.range(start, end)));
    return () => {
      paint('doubtful', []);
      paint('unsure', []);
    };
  }, [page, words, on, drawn]);
}

/** Keeps the match in view marked, and brings it into view when it is another. */
function useCurrent(pane: Pane, current: string, first: Page | undefined, drawn: string): void {
  const shown = useRef<[string, Page | undefined]>(['', undefined]);
  useEffect(() => {
    for (const old of pane.current?.querySelectorAll('mark.current') ?? []) old.classList.remove('current');
    const marks = current ? pane.current?.querySelectorAll(`mark[data-mark="${current}"]`) : undefined;
    for (const mark of marks ?? []) mark.classList.add('current');
    if (shown.current[0] === current && shown.current[1] === first) return;
    shown.current = [current, first];
    marks?.[0]?.scrollIntoView({ block: 'center' });
  }, [current, first, drawn]);
}

export function Text({
  runs,
  namesOf,
  words,
  doubt,
  head,
  current,
  place,
  before,
  after,
  onBefore,
  onAfter,
}: {
  runs: Page[];
  namesOf: (page: number) => PageName[];
  /** Of the first of the runs, when it has a picture. */
  words: Word[];
  /** Those that OCR was not sure of are shaded. */
  doubt: boolean;
  head: ComponentChildren;
  /** data-mark of the match in view, or "". */
  current: string;
  place: Placed;
  before: boolean;
  after: boolean;
  onBefore: () => void;
  onAfter: () => void;
}) {
  const pane = useRef<HTMLElement>(null);
  const end = useRef<HTMLButtonElement>(null);
  const drawn = runs.map(({ page }) => `${page}:${namesOf(page).length}`).join();
  useCurrent(pane, current, runs[0], drawn);
  useDoubt(pane, runs[0], words, doubt, drawn);
  usePainted(pane, place, drawn);

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
        <Run key={page.page} page={page} names={namesOf(page.page)} />
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
