// What became of the last decision, with the way back.

import { t } from '../i18n';
import { errorText } from '../i18n/refusals';
import { Icon } from '../parts/Icon';
import { forgetError, undoLast, useSaid } from './decide';

export function SaidBar() {
  const { turn, waiting, last, error } = useSaid();
  if (error) {
    return (
      <div class="said bad" role="alert">
        <p>{errorText(error)}</p>
        <button type="button" class="quiet" aria-label={t('close')} onClick={forgetError}>
          <Icon name="close" />
        </button>
      </div>
    );
  }
  if (turn === 0 && waiting === 0) return null;
  return (
    <div class="said" role="status">
      <p>{waiting > 0 ? t('people.saving') : t('people.saved')}</p>
      {last !== null && waiting === 0 ? (
        <button type="button" onClick={undoLast}>
          {t('people.undo')} <kbd aria-hidden="true">z</kbd>
        </button>
      ) : null}
    </div>
  );
}
