// Reading again what failed, with passwords and languages of the reader's. A password lives in the field
// it is typed in and in the one request that brings it, nowhere else in the browser.

import { useRef, useState } from 'preact/hooks';
import { api, type Retry } from '../api';
import { languageName, ledgerWord, number, t } from '../i18n';
import { errorText, inWords } from '../i18n/refusals';
import { spell } from '../overview/Progress';
import { Modal } from '../parts/Modal';

const USUAL = ['eng', 'fas', 'ara'];
/** Of these a password may help. */
const LOCKED = ['password', 'key'];

interface Wish {
  reason: string;
  onClose: () => void;
  onStarted: () => void;
}

function Languages({ all, chosen, onChoose }: { all: string[]; chosen: string[]; onChoose: (langs: string[]) => void }) {
  return (
    <fieldset>
      <legend>{t('ledger.langs')}</legend>
      <div class="langs">
        {all.map((lang) => (
          <label key={lang}>
            <input
              type="checkbox"
              checked={chosen.includes(lang)}
              onChange={() => onChoose(chosen.includes(lang) ? chosen.filter((one) => one !== lang) : [...chosen, lang])}
            />
            {languageName(lang.split('_')[0]!)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function AgainDialog({ reason, retry, onClose, onStarted }: Wish & { retry: Retry }) {
  const passwords = useRef<HTMLTextAreaElement>(null);
  const [only, setOnly] = useState(reason);
  const [shown, setShown] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const usual = retry.langs.filter((lang) => USUAL.includes(lang));
  const [langs, setLangs] = useState(usual.length > 0 ? usual : retry.langs.slice(0, 1));

  const start = async () => {
    setBusy(true);
    setError(null);
    try {
      await api.retryStart({ reason: only, langs: langs.join('+'), passwords: passwords.current?.value ?? '' });
      if (passwords.current) passwords.current.value = '';
      onStarted();
      onClose();
    } catch (why) {
      setError(why);
      setBusy(false);
    }
  };
  return (
    <Modal class="again" title="again-title" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <h2 id="again-title">{t('ledger.againTitle')}</h2>
        {reason === '' ? null : (
          <div class="which">
            <label>
              <input type="radio" name="which" checked={only === reason} onChange={() => setOnly(reason)} />
              {t('ledger.againReason', { reason: ledgerWord('reason', reason) })}
            </label>
            <label>
              <input type="radio" name="which" checked={only === ''} onChange={() => setOnly('')} />
              {t('ledger.againAll')}
            </label>
          </div>
        )}
        {only === '' || LOCKED.includes(only) ? (
          <div class="passwords">
            <label for="again-passwords">{t('ledger.passwords')}</label>
            <textarea
              ref={passwords}
              id="again-passwords"
              class={shown ? '' : 'veiled'}
              rows={3}
              dir="auto"
              autocomplete="off"
              spellcheck={false}
              aria-describedby="again-note"
            />
            <label>
              <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
              {t('ledger.passwordsShow')}
            </label>
            <p id="again-note" class="soft">
              {t('ledger.passwordsNote')}
            </p>
          </div>
        ) : null}
        <Languages all={retry.langs} chosen={langs} onChoose={setLangs} />
        <p class="soft">{t('ledger.againWaiting')}</p>
        {error ? (
          <p class="bad" role="alert">
            {errorText(error)}
          </p>
        ) : null}
        <p class="buttons">
          <button type="submit" class="main" disabled={busy || langs.length === 0}>
            {t('ledger.start')}
          </button>
          <button type="button" onClick={onClose}>
            {t('ledger.cancel')}
          </button>
        </p>
      </form>
    </Modal>
  );
}

/** How the last one stands, or ended; nothing before the first. */
export function AgainState({ retry, onChange }: { retry: Retry; onChange: () => void }) {
  if (retry.phase === 'never') return null;
  if (retry.phase === 'running') {
    const all = retry.read + retry.waiting;
    return (
      <section class="running">
        <p role="status">
          <b>{t('ledger.runs')}</b>
          {all > 0 ? <span>{t('overview.readOf', { done: retry.read, all })}</span> : null}
          {retry.left_ms === null ? null : <span>{t('overview.left', { time: spell(retry.left_ms) })}</span>}
        </p>
        <progress max={Math.max(1, all)} {...(all > 0 ? { value: retry.read } : {})} aria-label={t('ledger.runs')} />
        <button type="button" onClick={() => void api.retryStop().then(onChange)}>
          {t('ledger.stop')}
        </button>
      </section>
    );
  }
  const done = {
    n: number(retry.count), helped: number(retry.helped), not: number(retry.not_helped),
  };
  return (
    <p class="running" role="status" dir="auto">
      {retry.phase === 'done' ? t(retry.count > 0 ? 'ledger.done' : 'ledger.doneNone', done) : null}
      {retry.phase === 'stopped' ? t('ledger.stopped') : null}
      {retry.phase === 'failed' ? t('ledger.failed', { message: inWords(retry.message ?? '') }) : null}
      {retry.stayed > 0 ? ` ${t('ledger.stayed', { n: retry.stayed })}` : null}
    </p>
  );
}
