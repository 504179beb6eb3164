// How far the reading of files is, in whichever process it runs.

import type { Running } from '../api';
import { number, t } from '../i18n';
import { linkTo, noLedger } from '../nav';

/** In the largest unit that fits, rounded: an estimate has no seconds beside hours. */
export function spell(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return t('overview.seconds', { n: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return t('overview.minutes', { n: minutes });
  return t('overview.hours', { n: Math.round(minutes / 60) });
}

export function Progress({ running }: { running: Running }) {
  // Files that were not looked at yet are work as well as those that wait.
  const unseen = Math.max(0, running.files_total - running.files_taken);
  const all = running.items_read + running.waiting + unseen;
  const rate = running.elapsed_ms > 0 ? (60000 * running.items_read) / running.elapsed_ms : 0;
  const title = t(running.what === 'add' ? 'overview.adds' : 'overview.reads');
  // It is whole when all is read, and never says so before.
  const part = all > 0 ? Math.min(running.items_read / all, running.waiting + unseen > 0 ? 0.99 : 1) : 0;
  return (
    <section class="progress">
      <h2>{title}</h2>
      <progress max={1} value={part} aria-label={title} />
      <p>
        <span>{t('overview.readOf', { done: running.items_read, all })}</span>
        <span>{t('overview.rate', { n: number(rate) })}</span>
        <span>{running.left_ms === null ? t('overview.leftUnknown') : t('overview.left', { time: spell(running.left_ms) })}</span>
      </p>
    </section>
  );
}

/** What an interrupted run has left. */
export function Interrupted({ waiting }: { waiting: number }) {
  return (
    <section class="progress">
      <h2>{t('overview.waits', { n: waiting })}</h2>
      <p>
        <span>{t('overview.waitsText')}</span>
        <a {...linkTo({ screen: 'ledger' }, { ledger: { ...noLedger, outcome: 'waiting' } })}>{t('overview.waitsShow')}</a>
      </p>
    </section>
  );
}
