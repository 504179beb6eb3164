// A list worked off: one entry at a time, done and on to the next.

import type { Mark } from '../api';
import { t } from '../i18n';
import { go } from '../nav';
import { Empty } from '../parts/State';
import { MarkCard, placeOf } from './MarkCard';

export function WorkOff({ mark, at, left, onDone, onSkip, onEnd }: {
  mark: Mark | null;
  at: number;
  left: number;
  onDone: (mark: Mark) => void;
  onSkip: () => void;
  onEnd: () => void;
}) {
  const buttons = (
    <button type="button" class="link" onClick={onEnd}>
      {t('marking.endWork')} <kbd aria-hidden="true">Esc</kbd>
    </button>
  );
  if (left === 0)
    return (
      <Empty title={t('marking.allDone')}>
        <p>{t('marking.allDoneText')}</p>
        {buttons}
      </Empty>
    );
  if (!mark) return null;
  return (
    <section class="workoff" aria-live="polite">
      <p class="soft">{t('marking.left', { n: left })}</p>
      <article>
        <MarkCard mark={mark} at={at} />
      </article>
      <p class="buttons">
        <button type="button" class="primary" onClick={() => onDone(mark)}>
          {t('marking.doneNext')} <kbd aria-hidden="true">x</kbd>
        </button>
        <button type="button" onClick={() => go(placeOf(mark))}>
          {t('marking.openDocument')} <kbd aria-hidden="true">↵</kbd>
        </button>
        <button type="button" disabled={left < 2} onClick={onSkip}>
          {t('marking.skip')} <kbd aria-hidden="true">j</kbd>
        </button>
        {buttons}
      </p>
    </section>
  );
}
