// The picture of a page with the matches marked on it.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../api';
import { t } from '../i18n';
import { useLoaded } from '../load';
import { Icon } from '../parts/Icon';
import { Failure, Waiting } from '../parts/State';
import { pageImage } from './images';

const FULL = 65535;
const BASE_DPI = 110;
const ZOOMS = [1, 1.25, 1.5, 2, 2.7];

function Boxes({ page, current, onChoose }: { page: Page; current: number; onChoose: (mark: number) => void }) {
  const here = useRef<SVGRectElement>(null);
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [page, current]);

  const first = page.boxes.findIndex(([mark]) => mark === current);
  return (
    <svg class="boxes" viewBox={`0 0 ${FULL} ${FULL}`} preserveAspectRatio="none" aria-hidden="true">
      {page.boxes.map(([mark, x0, y0, x1, y1], i) => (
        <rect
          key={i}
          ref={i === first ? here : null}
          class={[mark === current && 'current', page.misread.includes(mark) && 'misread'].filter(Boolean).join(' ')}
          x={x0}
          y={y0}
          width={x1 - x0}
          height={y1 - y0}
          vector-effect="non-scaling-stroke"
          onClick={() => onChoose(mark)}
        />
      ))}
    </svg>
  );
}

export function Picture({
  page,
  current,
  onChoose,
}: {
  page: Page;
  current: number;
  onChoose: (mark: number) => void;
}) {
  const [zoom, setZoom] = useState(0);
  const scale = ZOOMS[zoom]!;
  const dpi = Math.min(300, Math.round(BASE_DPI * scale * Math.min(2, window.devicePixelRatio)));
  const image = useLoaded(`${page.item}/${page.page}/${dpi}`, (signal) =>
    pageImage(page.item, page.page, dpi, { urgent: true, signal }),
  );
  const [shown, setShown] = useState<{ page: number; url: string } | null>(null);
  useEffect(() => {
    if (!image.loading && image.value) setShown({ page: page.page, url: image.value });
  }, [image.loading, image.value]);

  const url = shown?.page === page.page ? shown.url : null;
  const ratio = page.width > 0 && page.height > 0 ? page.width / page.height : 0.7;
  return (
    <section class="picture" aria-label={t('picture')}>
      <div class="scroll">
        <div class="sheet" style={{ width: `${scale * 100}%`, aspectRatio: String(ratio) }}>
          {url ? <img src={url} alt={t('pictureOf', { n: page.page })} /> : null}
          {image.error ? (
            <div class="over">
              <Failure error={image.error} title={t('pictureFailed')} again={image.again} />
            </div>
          ) : (
            <Boxes page={page} current={current} onChoose={onChoose} />
          )}
          {!url && !image.error ? (
            <div class="over">
              <Waiting />
            </div>
          ) : null}
        </div>
      </div>
      <div class="zoom">
        <button type="button" aria-label={t('zoomOut')} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          <Icon name="minus" />
        </button>
        <button
          type="button"
          aria-label={t('zoomIn')}
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setZoom(zoom + 1)}
        >
          <Icon name="plus" />
        </button>
      </div>
    </section>
  );
}
