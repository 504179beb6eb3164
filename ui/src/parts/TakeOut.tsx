// What is said before an original leaves the case, and the reason that the custody log keeps.

import './takeout.css';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from './Icon';
import { Modal } from './Modal';
import { Failure } from './State';

export function TakeOut({ action, children, take, onClose }: {
  /** On the button that takes it. */
  action: string;
  /** What is special about this one. */
  children?: ComponentChildren;
  take: (why: string) => Promise<void>;
  onClose: () => void;
}) {
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    take(why)
      .then(onClose, setError)
      .finally(() => setBusy(false));
  };
  return (
    <Modal class="warning" title="warning-title" onClose={onClose}>
      <header>
        <h2 id="warning-title">{t('takeTitle')}</h2>
        <button type="button" class="quiet" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
      <ul>
        <li>{t('takeRuns')}</li>
        <li>{t('takeTells')}</li>
        <li>{t('takePlain')}</li>
        <li>{t('takeLogged')}</li>
      </ul>
      <form onSubmit={onSubmit}>
        <label>
          {t('takeWhy')}
          <input value={why} maxLength={400} dir="auto" onInput={(event) => setWhy(event.currentTarget.value)} />
        </label>
        {error ? <Failure error={error} again={() => setError(null)} /> : null}
        <p class="actions">
          <button type="button" onClick={onClose}>
            {t('takeNot')}
          </button>
          <button type="submit" disabled={busy}>
            {busy ? t('loading') : action}
          </button>
        </p>
      </form>
    </Modal>
  );
}
