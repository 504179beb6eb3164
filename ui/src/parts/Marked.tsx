// A text with its marks, as nodes. The text is hostile: it only ever becomes text nodes.

import type { Range } from '../api';

export function Marked({ text, marks, name }: { text: string; marks: Range[]; name?: string }) {
  const parts = [];
  let at = 0;
  marks.forEach(([start, end], i) => {
    if (start < at || end > text.length || end <= start) return;
    if (start > at) parts.push(text.slice(at, start));
    parts.push(
      <mark key={i} {...(name ? { 'data-mark': `${name}:${i}` } : {})}>
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  });
  parts.push(text.slice(at));
  return <>{parts}</>;
}
