// A mark in a list: what it is, where it stands, what it says, by whom.

import type { Mark } from '../api';
import { date, langTag, t } from '../i18n';
import { LabelChip } from '../marks/LabelChip';
import { linkTo } from '../nav';

export function placeOf(mark: Mark) {
  return { screen: 'item', item: mark.item, page: Math.max(1, mark.page) } as const;
}

function Where({ mark, at }: { mark: Mark; at: number }) {
  const name = mark.path.split('/').at(-1) ?? '';
  return (
    <h3>
      <a {...linkTo(placeOf(mark), { chosenMark: at })} dir="auto" title={mark.path}>
        {mark.title || name || t('marking.gone')}
      </a>
      {mark.page > 0 ? <span class="soft">{t('marking.page', { n: mark.page })}</span> : null}
    </h3>
  );
}

/** The kind, or the label where it has one, and by whom. */
function Facts({ mark }: { mark: Mark }) {
  return (
    <p class="facts">
      <span>{t(`marks.kind.${mark.kind}`)}</span>
      {mark.label > 0 ? <LabelChip name={mark.name} colour={mark.colour} /> : null}
      {mark.by ? <bdi>{mark.by}</bdi> : null}
      <time dateTime={mark.at}>{date(mark.at.slice(0, 10))}</time>
      {mark.state === 'done' ? <span class="done">✓ {t('marking.doneBy', { name: mark.done_by })}</span> : null}
      {mark.kind === 'translation' ? (
        <span>{mark.checked_at ? `✓ ${t('marking.checkedBy', { name: mark.checked_by })}` : t('marking.unchecked')}</span>
      ) : null}
    </p>
  );
}

export function MarkCard({ mark, at }: { mark: Mark; at: number }) {
  return (
    <>
      <Where mark={mark} at={at} />
      <Facts mark={mark} />
      {mark.quote ? (
        <blockquote class="quote" dir="auto">
          {mark.quote}
        </blockquote>
      ) : null}
      {mark.text ? (
        <p class="text" dir="auto" lang={langTag(mark.lang)}>
          {mark.text}
        </p>
      ) : null}
    </>
  );
}
