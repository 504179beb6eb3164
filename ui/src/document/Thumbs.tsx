// The strip of pages. Long documents show the pages around the one in view.

import { useEffect, useRef, useState } from 'preact/hooks';
import { number, t } from '../i18n';
import { pageImage } from './images';

const AROUND = 60;
const THUMB_DPI = 36;

function Thumb({
  item,
  page,
  on,
  hit,
  onChoose,
}: {
  item: number;
  page: number;
  on: boolean;
  hit: boolean;
  onChoose: () => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [url, setUrl] = useState<string | null>(null);

  useEffect(() => {
    const control = new AbortController();
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      pageImage(item, page, THUMB_DPI, { urgent: false, signal: control.signal }).then(
        (next) => !control.signal.aborted && setUrl(next),
        () => undefined,
      );
    });
    watcher.observe(button.current!);
    return () => {
      watcher.disconnect();
      control.abort();
    };
  }, [item, page]);

  useEffect(() => {
    if (on) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [on]);

  return (
    <li>
      <button ref={button} type="button" aria-current={on ? 'page' : undefined} onClick={onChoose}>
        <span class="leaf">{url ? <img src={url} alt="" /> : null}</span>
        <span class={hit ? 'leaf-number has-hit' : 'leaf-number'}>{number(page)}</span>
      </button>
    </li>
  );
}

export function Thumbs({
  item,
  page,
  pages,
  hits,
  onChoose,
}: {
  item: number;
  page: number;
  pages: number;
  hits: number[];
  onChoose: (page: number) => void;
}) {
  const from = Math.max(1, page - AROUND);
  const to = Math.min(pages, page + AROUND);
  const matching = new Set(hits);
  return (
    <nav class="thumbs" aria-label={t('thumbnails')}>
      <ol>
        {Array.from({ length: to - from + 1 }, (_, i) => from + i).map((n) => (
          <Thumb
            key={n}
            item={item}
            page={n}
            on={n === page}
            hit={matching.has(n)}
            onChoose={() => onChoose(n)}
          />
        ))}
      </ol>
    </nav>
  );
}
