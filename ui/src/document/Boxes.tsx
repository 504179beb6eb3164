// What is marked on the picture of a page: doubtful words, names, the words of the query, what is picked.

import { useEffect, useRef } from 'preact/hooks';
import type { Page, PageName, Word } from '../api';
import { doubtOf, wordsIn } from './geometry';

const FULL = 65535;

function Rect({ box, ...more }: { box: readonly [number, number, number, number] } & Record<string, unknown>) {
  const [x0, y0, x1, y1] = box;
  return <rect {...more} x={x0} y={y0} width={x1 - x0} height={y1 - y0} vector-effect="non-scaling-stroke" />;
}

function boxOf([, , x0, y0, x1, y1]: Word): [number, number, number, number] {
  return [x0, y0, x1, y1];
}

function Marks({ page, current }: { page: Page; current: number }) {
  const here = useRef<SVGGElement>(null);
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [page, current]);
  const misread = new Set(page.misread);
  const own = page.boxes.filter(([mark]) => mark === current);
  const rect = ([mark, ...box]: Page['boxes'][number], i: number, now: string) => (
    <Rect
      key={i}
      box={box as [number, number, number, number]}
      data-mark={`${page.page}:${mark}`}
      class={`hit${now}${misread.has(mark) ? ' misread' : ''}`}
    />
  );
  return (
    <>
      {page.boxes.filter(([mark]) => mark !== current).map((box, i) => rect(box, i, ''))}
      <g ref={here}>{own.map((box, i) => rect(box, i, ' current'))}</g>
    </>
  );
}

export function Boxes({
  page,
  words,
  names,
  current,
  picked,
  doubt,
}: {
  page: Page;
  words: Word[];
  names: PageName[];
  /** The mark in view, or -1. */
  current: number;
  /** The part of the text that is selected, here or there. */
  picked: readonly [number, number] | null;
  doubt: boolean;
}) {
  return (
    <svg class="boxes" viewBox={`0 0 ${FULL} ${FULL}`} preserveAspectRatio="none" aria-hidden="true">
      {doubt
        ? words.map((word, i) => {
            const how = doubtOf(word);
            return how ? <Rect key={`d${i}`} box={boxOf(word)} class={how} /> : null;
          })
        : null}
      {names.flatMap((name, i) =>
        wordsIn(words, name.start, name.end).map((word, k) => (
          <Rect
            key={`n${i}.${k}`}
            box={boxOf(word)}
            data-name={`${page.page}:${i}`}
            class={`name ${name.kind}`}
          />
        )),
      )}
      <Marks page={page} current={current} />
      {picked
        ? wordsIn(words, picked[0], picked[1]).map((word, i) => <Rect key={`p${i}`} box={boxOf(word)} class="picked" />)
        : null}
    </svg>
  );
}
