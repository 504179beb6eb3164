// Marks on the picture of a page, under the words that are selected there.

import { useEffect, useRef } from 'preact/hooks';
import type { Mark, Region, Word } from '../../api';
import { shownRegions, UNIT, type Target } from './target';

function Rect({ region: [x0, y0, x1, y1], ...more }: { region: Region } & Record<string, unknown>) {
  return <rect {...more} x={x0} y={y0} width={x1 - x0} height={y1 - y0} vector-effect="non-scaling-stroke" />;
}

export function Layer({ page, words, marks, target, chosen }: {
  page: number;
  words: Word[];
  marks: Mark[];
  target: Target | null;
  /** The mark that was gone to, or 0. */
  chosen: number;
}) {
  const here = useRef<SVGSVGElement>(null);
  const own = marks.filter((mark) => mark.page === page && !mark.removed);
  useEffect(() => {
    here.current?.querySelector('.chosen')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen, page]);
  const drawn = target?.page === page && target.quote === '' ? target.regions : [];
  return (
    <svg ref={here} class="marklayer" viewBox={`0 0 ${UNIT} ${UNIT}`} preserveAspectRatio="none" aria-hidden="true">
      {own.flatMap((mark) =>
        shownRegions(mark, words).map((region, i) => (
          <Rect
            key={`${mark.id}.${i}`}
            region={region}
            class={`${mark.kind}${mark.id === chosen ? ' chosen' : ''}`}
            data-colour={mark.colour || undefined}
          />
        )),
      )}
      {drawn.map((region, i) => (
        <Rect key={i} region={region} class="target" />
      ))}
    </svg>
  );
}
