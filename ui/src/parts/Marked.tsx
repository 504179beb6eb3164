// A text with its marks, as nodes. The text is hostile: it only ever becomes text nodes.

import type { Range } from '../api';
import { t } from '../i18n';

interface MarkedText {
  text: string;
  marks: Range[];
  /** Which of the marks are not the word itself, but what OCR may have made of it. */
  misread?: number[];
  /** With it every mark can be found by `data-mark`, numbered from `first`. */
  name?: string;
  first?: number;
}

export function Marked({ text, marks, misread = [], name, first = 0 }: MarkedText) {
  const parts = [];
  let at = 0;
  marks.forEach(([start, end], i) => {
    if (start < at || end > text.length || end <= start) return;
    if (start > at) parts.push(text.slice(at, start));
    parts.push(
      <mark
        key={i}
        {...(name ? { 'data-mark': `${name}:${first + i}` } : {})}
        {...(misread.includes(first + i) ? { class: 'misread', title: t('misreadHint') } : {})}
      >
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  });
  parts.push(text.slice(at));
  return <>{parts}</>;
}
