// The words of a page as text that cannot be seen, each where it stands on the picture: it is selected and
// copied like any text. What is selected is painted by Boxes, whose boxes fit; these letters need not.

import { useMemo } from 'preact/hooks';
import type { Page, Word } from '../api';
import { langTag } from '../i18n';

const FULL = 65535;
/** Beyond this a page is a drawing, and its nodes would make every scroll slow. */
const WORDS_MAX = 6000;

function percent(value: number): string {
  return `${((value / FULL) * 100).toFixed(3)}%`;
}

function gap(text: string, from: number, to: number): string {
  return text.slice(from, to).includes('\n') ? '\n' : ' ';
}

export function WordLayer({ page, words }: { page: Page; words: Word[] }) {
  return useMemo(() => {
    if (words.length > WORDS_MAX) return null;
    const onCopy = (event: ClipboardEvent) => {
      const range = pickedIn(event.currentTarget as HTMLElement, words);
      if (!range) return;
      event.clipboardData?.setData('text/plain', page.text.slice(...range));
      event.preventDefault();
    };
    return (
      <div class="words" dir={page.dir} lang={langTag(page.lang)} data-page={page.page} aria-hidden="true" onCopy={onCopy}>
        {words.map(([start, end, x0, y0, x1, y1], i) => (
          <>
            <span
              data-word={i}
              style={{
                left: percent(x0),
                top: percent(y0),
                width: percent(x1 - x0),
                height: percent(y1 - y0),
                fontSize: `${(((y1 - y0) / FULL) * 80).toFixed(3)}cqh`,
              }}
            >
              {page.text.slice(start, end)}
            </span>
            {i + 1 < words.length ? gap(page.text, end, words[i + 1]![0]) : ''}
          </>
        ))}
      </div>
    );
  }, [page, words]);
}

/** The part of the page's text whose words are selected on its picture, whole words at a time. */
export function pickedIn(layer: HTMLElement, words: Word[]): [number, number] | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const spans = [...layer.querySelectorAll<HTMLElement>('[data-word]')].filter((span) => range.intersectsNode(span));
  const first = words[Number(spans[0]?.dataset.word)];
  const last = words[Number(spans.at(-1)?.dataset.word)];
  return first && last ? [first[0], last[1]] : null;
}
