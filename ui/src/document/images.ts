// Pictures of pages, asked for a few at a time: drawing one costs the machine real work, and the
// page in view goes before thumbnails.

import { api } from '../api';

const AT_ONCE = 2;
const KEPT = 80;

interface Wish {
  key: string;
  urgent: boolean;
  load: (signal: AbortSignal) => Promise<Blob>;
  signal: AbortSignal;
  done: (url: string) => void;
  failed: (error: unknown) => void;
}

const kept = new Map<string, string>();
const waiting: Wish[] = [];
let running = 0;

function keep(key: string, url: string): void {
  kept.set(key, url);
  for (const [oldest, oldUrl] of kept) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
    URL.revokeObjectURL(oldUrl);
  }
}

function takeNext(): Wish | undefined {
  const urgent = waiting.findIndex((wish) => wish.urgent);
  return urgent >= 0 ? waiting.splice(urgent, 1)[0] : waiting.shift();
}

function work(): void {
  while (running < AT_ONCE) {
    const wish = takeNext();
    if (!wish) return;
    if (wish.signal.aborted) continue;
    running++;
    wish
      .load(wish.signal)
      .then((blob) => {
        const url = URL.createObjectURL(blob);
        keep(wish.key, url);
        wish.done(url);
      }, wish.failed)
      .finally(() => {
        running--;
        work();
      });
  }
}

export function pageImage(
  item: number,
  page: number,
  dpi: number,
  how: { urgent: boolean; signal: AbortSignal },
): Promise<string> {
  const key = `${item}/${page}/${dpi}`;
  const url = kept.get(key);
  if (url) {
    kept.delete(key);
    kept.set(key, url);
    return Promise.resolve(url);
  }
  return new Promise((done, failed) => {
    waiting.push({
      key,
      urgent: how.urgent,
      signal: how.signal,
      load: (signal) => api.image(item, page, dpi, signal),
      done,
      failed,
    });
    work();
  });
}
