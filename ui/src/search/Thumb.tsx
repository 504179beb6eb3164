// A small picture of a hit's page, asked for once it has been in view for a moment.

import { useEffect, useRef, useState } from 'preact/hooks';
import { pageImage } from '../document/images';

const DPI = 36;
/** Who scrolls past does not wait for pictures. */
const PAUSE_MS = 150;

export function Thumb({ item, page }: { item: number; page: number }) {
  const leaf = useRef<HTMLSpanElement>(null);
  const [url, setUrl] = useState<string | null>(null);

  useEffect(() => {
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watcher = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      if (!entries.at(-1)?.isIntersecting) return;
      timer = setTimeout(() => {
        watcher.disconnect();
        pageImage(item, page, DPI, { urgent: false, signal: control.signal }).then(
          (next) => !control.signal.aborted && setUrl(next),
          () => undefined,
        );
      }, PAUSE_MS);
    });
    watcher.observe(leaf.current!);
    return () => {
      clearTimeout(timer);
      watcher.disconnect();
      control.abort();
    };
  }, [item, page]);
  return (
    <span ref={leaf} class="leaf" aria-hidden="true">
      {url ? <img src={url} alt="" /> : null}
    </span>
  );
}
