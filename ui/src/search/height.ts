// The height of a hit in pixels: its lines are measured in rem, and are more on a narrow window.

import { useEffect, useState } from 'preact/hooks';

/** As in search.css. */
const WIDE_REM = 11.25;
const NARROW_REM = 14.5;
const narrow = matchMedia('(width < 600px)');

function height(): number {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.ceil(rem * (narrow.matches ? NARROW_REM : WIDE_REM));
}

export function useRowHeight(): number {
  const [pixels, setPixels] = useState(height);
  useEffect(() => {
    const update = () => setPixels(height());
    narrow.addEventListener('change', update);
    return () => narrow.removeEventListener('change', update);
  }, []);
  return pixels;
}

/** Browsers draw no element that is much higher: what is behind it could not be scrolled to. */
const HIGHEST_PIXELS = 16_000_000;

/** Of so many results those that the list shows. */
export function listed(total: number): number {
  return Math.min(total, Math.floor(HIGHEST_PIXELS / height()));
}
