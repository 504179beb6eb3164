// The first screen: what the case holds, what is being read, what failed, what is new, who is named,
// and what needs a person. Everything is a link to the list behind it.

import { useEffect } from 'preact/hooks';
import { api, type Overview as Facts, type Status } from '../api';
import { bytes, date, hint, ledgerWord, number, t } from '../i18n';
import { useKeys } from '../keys';
import { useLoaded } from '../load';
import { linkTo, noLedger, noQuery, type LedgerView } from '../nav';
import { Empty, Failure, Waiting } from '../parts/State';
import { Bars, YearColumns } from './Bars';
import { Interrupted, Progress } from './Progress';

const NAMES = 10;
const SEEN_MS = 3000;

function toLedger(view: Partial<LedgerView>) {
  return linkTo({ screen: 'ledger' }, { ledger: { ...noLedger, ...view }, chosen: null });
}

function Holdings({ status, facts }: { status: Status; facts: Facts }) {
  const outcomes = Object.entries(status.outcomes).filter(([, n]) => n > 0);
  return (
    <section class="holdings">
      <h1>{t('overview.holds')}</h1>
      <p class="lead">
        <span>{t('items', { n: status.items })}</span>
        <span>{t('pages', { n: status.pages })}</span>
        <span>{bytes(status.bytes)}</span>
      </p>
      <div class="bar" aria-hidden="true">
        {outcomes.map(([outcome, n]) => (
          <span key={outcome} data-outcome={outcome} style={{ flexGrow: n / status.items }} />
        ))}
      </div>
      <ul class="sums">
        {outcomes.map(([outcome, n]) => (
          <li key={outcome}>
            <a class="step" {...toLedger({ outcome })}>
              <span class="dot" data-outcome={outcome} aria-hidden="true" />
              <span>{ledgerWord('outcome', outcome)}</span>
              <b>{number(n)}</b>
            </a>
          </li>
        ))}
      </ul>
      <div class="pictures">
        <YearColumns values={facts.facets.year} />
        <Bars name="type" title="overview.type" values={facts.facets.type} />
        <Bars name="lang" title="overview.lang" values={facts.facets.lang} />
        <Bars name="folder" title="overview.folder" values={facts.facets.folder} />
      </div>
    </section>
  );
}

function Failed({ status }: { status: Status }) {
  const reasons = status.reasons.filter(({ outcome }) => outcome === 'failed').sort((a, b) => b.items - a.items);
  return (
    <section class="card">
      <h2>{t('overview.failed')}</h2>
      {reasons.length === 0 ? <p class="soft">{t('overview.failedNone')}</p> : null}
      <ul class="lines">
        {reasons.map(({ reason, items }) => (
          <li key={reason}>
            <a class="step" {...toLedger({ outcome: 'failed', reason })} title={hint(reason)}>
              <span>{ledgerWord('reason', reason)}</span>
              <b>{number(items)}</b>
            </a>
            <a class="again" {...toLedger({ outcome: 'failed', reason, again: true })}>
              {t('overview.again')}
              <span class="sr"> {ledgerWord('reason', reason)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function News({ since }: { since: Facts['since'] }) {
  const none = since !== null && since.items === 0 && since.acts === 0;
  return (
    <section class="card">
      <h2>{t('overview.new')}</h2>
      <p class="soft">
        {since === null
          ? t('overview.newFirst')
          : t(none ? 'overview.newNone' : 'overview.newOf', { date: date(since.at) })}
      </p>
      {since !== null && !none ? (
        <ul class="lines">
          {since.items > 0 ? (
            <li>
              <a class="step" {...toLedger({ after: since.after })}>
                {t('overview.newItems', { n: since.items })}
              </a>
            </li>
          ) : null}
          {since.acts > 0 ? <li>{t('overview.newActs', { n: since.acts })}</li> : null}
        </ul>
      ) : null}
    </section>
  );
}

function People() {
  const names = useLoaded('overview people', (signal) =>
    api.names({ kind: 'person', text: '', sort: 'documents' }, 0, NAMES, signal),
  );
  const found = names.value?.names ?? [];
  return (
    <section class="card">
      <h2>{t('overview.people')}</h2>
      {names.loading ? <Waiting /> : null}
      {!names.loading && found.length === 0 ? <p class="soft">{t('overview.peopleNone')}</p> : null}
      <ol class="lines">
        {found.map(({ id, name, documents }) => (
          <li key={id}>
            <a class="step" {...linkTo({ screen: 'person', id })}>
              <bdi>{name}</bdi>
              <b>{t('documents', { n: documents })}</b>
            </a>
          </li>
        ))}
      </ol>
      {found.length > 0 ? (
        <p>
          <a {...linkTo({ screen: 'people' })}>{t('overview.peopleAll')}</a>
        </p>
      ) : null}
    </section>
  );
}

function Needs({ status, facts }: { status: Status; facts: Facts }) {
  const unsure = status.reasons
    .filter(({ reason }) => reason === 'low-confidence')
    .reduce((sum, { items }) => sum + items, 0);
  const undated = { query: { ...noQuery, filters: { year: 'none' } }, chosen: null };
  const lines = [
    [unsure, 'overview.unsure', toLedger({ reason: 'low-confidence' })],
    [facts.undated, 'overview.undated', linkTo({ screen: 'search' }, undated)],
    [facts.differing, 'overview.differing', toLedger({ outcome: 'duplicate', differs: true })],
    [facts.pairs, 'overview.pairs', linkTo({ screen: 'review' })],
  ] as const;
  const shown = lines.filter(([n]) => n > 0);
  return (
    <section class="card">
      <h2>{t('overview.needs')}</h2>
      {shown.length === 0 ? <p class="soft">{t('overview.needsNone')}</p> : null}
      <ul class="lines">
        {shown.map(([n, says, link]) => (
          <li key={says}>
            <a class="step" {...link}>
              {t(says, { n })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** To the next or the previous of all that is a link here. */
function step(by: number): void {
  const all = [...document.querySelectorAll<HTMLElement>('.overview a.step')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}

/** Says what was seen here, for the next visit, once it has been on the screen for a moment. */
function useSeen(facts: Facts | null): void {
  const items = facts?.items ?? 0;
  const acts = facts?.acts ?? 0;
  useEffect(() => {
    if (items === 0) return;
    // What cannot be noted now is noted with the next change, or not: it is a convenience.
    const timer = setTimeout(() => void api.visit({ items, acts }).catch(() => undefined), SEEN_MS);
    return () => clearTimeout(timer);
  }, [items, acts]);
}

export function Overview() {
  const status = useLoaded('status', api.status);
  const overview = useLoaded('overview', api.overview);
  useSeen(overview.value);
  useKeys('overview', { j: () => step(1), k: () => step(-1) });

  const failed = status.error ?? overview.error;
  if (failed) return <Failure error={failed} again={() => (status.again(), overview.again())} />;
  if (!status.value || !overview.value) return <Waiting />;
  const { running, waiting, since } = overview.value;
  return (
    <div class="overview">
      {running ? <Progress running={running} /> : null}
      {!running && waiting > 0 ? <Interrupted waiting={waiting} /> : null}
      {status.value.items === 0 ? (
        <Empty title={t('caseTitle')}>
          <p>{t('caseEmpty')}</p>
        </Empty>
      ) : (
        <>
          <Holdings status={status.value} facts={overview.value} />
          <div class="cards">
            <News since={since} />
            <Failed status={status.value} />
            <People />
            <Needs status={status.value} facts={overview.value} />
          </div>
        </>
      )}
    </div>
  );
}
