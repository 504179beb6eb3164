// The picture of a page: as wide as its pane, whole, or larger; turned; with what is marked on it.

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Page, PageName, Word } from '../api';
import { number, t, type Key } from '../i18n';
import { useLoaded } from '../load';
import type { Zoom } from '../nav';
import { Icon, type IconName } from '../parts/Icon';
import { Failure, Waiting } from '../parts/State';
import { Boxes } from './Boxes';
import { DOUBTFUL, UNSURE } from './geometry';
import { pageImage } from './images';
import { WordLayer } from './WordLayer';

const BASE_DPI = 110;
const DPI_MAX = 300;
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.7, 4];

/** The next step of the ladder; a page that is fitted starts from its width. */
export function zoomStep(zoom: Zoom, by: 1 | -1): Zoom {
  const now = typeof zoom === 'number' ? zoom : 1;
  const next = by > 0 ? ZOOMS.find((step) => step > now) : ZOOMS.filter((step) => step < now).at(-1);
  return next ?? now;
}

function useImage(page: Page, zoom: Zoom) {
  const scale = typeof zoom === 'number' ? Math.max(1, zoom) : 1;
  const dpi = Math.min(DPI_MAX, Math.round(BASE_DPI * scale * Math.min(2, window.devicePixelRatio)));
  const image = useLoaded(`${page.item}/${page.page}/${dpi}`, (signal) =>
    pageImage(page.item, page.page, dpi, { urgent: true, signal }),
  );
  const [shown, setShown] = useState<{ page: number; url: string } | null>(null);
  useEffect(() => {
    if (!image.loading && image.value) setShown({ page: page.page, url: image.value });
  }, [image.loading, image.value]);
  // While a sharper one is drawn, the old one stays.
  return { image, url: shown?.page === page.page ? shown.url : null };
}

export function Tool({ name, label, onClick, on }: { name: IconName; label: Key; onClick: () => void; on?: boolean }) {
  return (
    <button type="button" aria-label={t(label)} title={t(label)} aria-pressed={on} onClick={onClick}>
      <Icon name={name} />
    </button>
  );
}

function Legend() {
  return (
    <p class="legend">
      <span>
        <i class="doubtful" /> {t('document.below', { n: DOUBTFUL })}
      </span>
      <span>
        <i class="unsure" /> {t('document.between', { low: DOUBTFUL, high: UNSURE })}
      </span>
    </p>
  );
}

/** The page as it lies there, `turn` degrees from how it was drawn. */
function Sheet({ page, turn, zoom, children }: { page: Page; turn: number; zoom: Zoom; children: ComponentChildren }) {
  const ratio = page.width > 0 && page.height > 0 ? page.width / page.height : 0.7;
  const across = turn % 180 !== 0;
  const seen = across ? 1 / ratio : ratio;
  const width =
    zoom === 'page' ? `min(100cqw, ${(seen * 100).toFixed(3)}cqh)` : `${(zoom === 'width' ? 1 : zoom) * 100}cqw`;
  return (
    <div class="turned" style={{ width, aspectRatio: String(seen) }}>
      <div
        class="sheet"
        style={{
          width: across ? '100cqh' : '100cqw',
          height: across ? '100cqw' : '100cqh',
          transform: `translate(-50%, -50%) rotate(${turn}deg)`,
        }}
      >
        {children}
      </div>
    </div>
  );
}

export function Picture({
  page,
  words,
  names,
  current,
  picked,
  doubt,
  zoom,
  turn,
  onZoom,
  onTurn,
  over,
  tools,
}: {
  page: Page;
  words: Word[];
  names: PageName[];
  current: number;
  picked: readonly [number, number] | null;
  doubt: boolean;
  zoom: Zoom;
  turn: number;
  onZoom: (zoom: Zoom) => void;
  onTurn: (by: number) => void;
  /** What lies over the words of the page, turned and zoomed with it. */
  over?: ComponentChildren;
  tools?: ComponentChildren;
}) {
  const { image, url } = useImage(page, zoom);
  return (
    <section class="picture" aria-label={t('picture')}>
      <div class="scroll" tabIndex={0} role="group" aria-label={t('pictureOf', { n: page.page })}>
        <Sheet page={page} turn={turn} zoom={zoom}>
          {url ? <img src={url} alt={t('pictureOf', { n: page.page })} draggable={false} /> : null}
          {image.error ? (
            <div class="over">
              <Failure error={image.error} title={t('pictureFailed')} again={image.again} />
            </div>
          ) : (
            <>
              <Boxes page={page} words={words} names={names} current={current} picked={picked} doubt={doubt} />
              <WordLayer page={page} words={words} />
              {over}
            </>
          )}
          {!url && !image.error ? (
            <div class="over">
              <Waiting />
            </div>
          ) : null}
        </Sheet>
      </div>
      {doubt ? <Legend /> : null}
      <div class="zoom" role="toolbar" aria-label={t('document.pictureTools')}>
        <Tool name="minus" label="zoomOut" onClick={() => onZoom(zoomStep(zoom, -1))} />
        <Tool name="plus" label="zoomIn" onClick={() => onZoom(zoomStep(zoom, 1))} />
        <span class="much" role="status">
          {typeof zoom === 'number' ? `${number(zoom * 100)} %` : ''}
        </span>
        <Tool name="fitWidth" label="document.fitWidth" on={zoom === 'width'} onClick={() => onZoom('width')} />
        <Tool name="fitPage" label="document.fitPage" on={zoom === 'page'} onClick={() => onZoom('page')} />
        <Tool name="turnLeft" label="document.turnLeft" onClick={() => onTurn(-90)} />
        <Tool name="turnRight" label="document.turnRight" onClick={() => onTurn(90)} />
        {tools}
      </div>
    </section>
  );
}
