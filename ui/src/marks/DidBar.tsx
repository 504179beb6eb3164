// What became of the last act with marks, with the way back.

import { t } from '../i18n';
import { errorText } from '../i18n/refusals';
import { Icon } from '../parts/Icon';
import { forgetError, undoLast, useDid } from './did';

export function DidBar() {
  const { turn, waiting, last, undone, error } = useDid();
  if (error) {
    return (
      <div class="said bad" role="alert">
        <p dir="auto">{errorText(error)}</p>
        <button type="button" class="quiet" aria-label={t('close')} onClick={forgetError}>
          <Icon name="close" />
        </button>
      </div>
    );
  }
  if (turn === 0 && waiting === 0) return null;
  if (waiting === 0 && last === null && !undone) return null;
  return (
    <div class="said" role="status">
      <p>{waiting > 0 ? t('marks.saving') : last ? t(last.says, { n: last.n ?? 1 }) : t('marks.undone')}</p>
      {last !== null && waiting === 0 ? (
        <button type="button" onClick={() => void undoLast()}>
          {t('marks.undo')} <kbd aria-hidden="true">z</kbd>
        </button>
      ) : null}
    </div>
  );
}
