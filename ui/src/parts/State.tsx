// What stands where there is nothing to show: waiting, nothing there, something wrong.

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api';
import { t } from '../i18n';
import { errorText } from '../i18n/refusals';

/** Shown only once it takes long enough to be noticed. */
export function Waiting() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="waiting" role="status">
      {shown ? t('loading') : ''}
    </p>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Without a button where asking again gives the same. */
export function Failure({ error, title, again }: { error: unknown; title?: string; again: () => void }) {
  const code = error instanceof ApiError ? error.code : 'failed';
  if (code === 'session') {
    return (
      <Empty title={t('closedTitle')}>
        <p>{t('closedText')}</p>
      </Empty>
    );
  }
  return (
    <div class="state" role="alert">
      <h2>{title ?? t('errorTitle')}</h2>
      <p>{errorText(error)}</p>
      {code === 'unsupported' ? null : (
        <button type="button" onClick={again}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}
