// The strip of pages: those in view are drawn, and their pictures asked for when they come into it.

import { useEffect, useState } from 'preact/hooks';
import { number, t } from '../i18n';
import { VirtualPane } from '../parts/VirtualPane';
import { pageImage } from './images';

const THUMB_DPI = 36;
/** Pixels of a page in the strip, with its number. */
const HEIGHT = 142;

function Thumb({ item, page, on, hit, onChoose }: {
  item: number;
  page: number;
  on: boolean;
  hit: boolean;
  onChoose: () => void;
}) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const control = new AbortController();
    pageImage(item, page, THUMB_DPI, { urgent: false, signal: control.signal }).then(
      (next) => !control.signal.aborted && setUrl(next),
      () => undefined,
    );
    return () => control.abort();
  }, [item, page]);
  return (
    <button type="button" aria-current={on ? 'page' : undefined} aria-label={t('hitPage', { n: page })} onClick={onChoose}>
      <span class="leaf">{url ? <img src={url} alt="" /> : null}</span>
      <span class={hit ? 'leaf-number has-hit' : 'leaf-number'}>{number(page)}</span>
    </button>
  );
}

export function Thumbs({ item, page, pages, hits, onChoose }: {
  item: number;
  page: number;
  pages: number;
  hits: number[];
  onChoose: (page: number) => void;
}) {
  const matching = new Set(hits);
  return (
    <nav class="thumbs" aria-label={t('thumbnails')}>
      <VirtualPane
        count={pages}
        height={HEIGHT}
        chosen={page - 1}
        label={t('thumbnails')}
        row={(at) => (
          <Thumb
            key={at}
            item={item}
            page={at + 1}
            on={at + 1 === page}
            hit={matching.has(at + 1)}
            onChoose={() => onChoose(at + 1)}
          />
        )}
      />
    </nav>
  );
}
