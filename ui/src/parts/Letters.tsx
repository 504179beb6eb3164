// A box for letters that narrow a list down: what is typed counts once the reader pauses.

import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { RefObject } from 'preact';

const PAUSE_MS = 150;

export function Letters({ label, value, max, onPause, className, box }: {
  label: string;
  value: string;
  max: number;
  onPause: (text: string) => void;
  className?: string;
  box?: RefObject<HTMLInputElement>;
}) {
  const [text, setText] = useState(value);
  useLayoutEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onPause(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <input
      {...(box ? { ref: box } : {})}
      type="search"
      class={className}
      dir="auto"
      value={text}
      maxLength={max}
      autocomplete="off"
      spellcheck={false}
      aria-label={label}
      placeholder={label}
      onInput={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
