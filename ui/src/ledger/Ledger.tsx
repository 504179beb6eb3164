// The ledger: every item and how its reading ended.

import './ledger.css';
import { useState } from 'preact/hooks';
import { api, type LedgerSums, type Status } from '../api';
import { bytes, hint, ledgerWord, number, t } from '../i18n';
import { useKeys } from '../keys';
import { useLoaded } from '../load';
import { go, noLedger, type LedgerView } from '../nav';
import { Icon } from '../parts/Icon';
import { Empty, Failure, Waiting } from '../parts/State';
import { AgainDialog, AgainState } from './Again';
import { Tools } from './Tools';
import { useRows } from './rows';
import { Table } from './Table';

function show(ledger: LedgerView): void {
  go({ screen: 'ledger' }, { ledger, chosenRow: null });
}

function Sum({ on, name, n, outcome, title, onChoose }: {
  on: boolean;
  name: string;
  title?: string;
  n: number;
  outcome?: string;
  onChoose: () => void;
}) {
  return (
    <li>
      <button type="button" aria-pressed={on} title={title} onClick={onChoose}>
        {outcome ? <span class="dot" data-outcome={outcome} aria-hidden="true" /> : null}
        {name} <b>{number(n)}</b>
      </button>
    </li>
  );
}

function Sums({ status, view }: { status: Status; view: LedgerView }) {
  const outcomes = Object.entries(status.outcomes).filter(([, n]) => n > 0);
  const reasons = status.reasons.filter(({ outcome }) => outcome === view.outcome);
  return (
    <>
      <ul class="filter">
        <Sum
          on={view.outcome === ''}
          name={t('all')}
          n={status.items}
          onChoose={() => show({ ...view, outcome: '', reason: '' })}
        />
        {outcomes.map(([outcome, n]) => (
          <Sum
            key={outcome}
            on={view.outcome === outcome}
            name={ledgerWord('outcome', outcome)}
            n={n}
            outcome={outcome}
            onChoose={() => show({ ...view, outcome, reason: '' })}
          />
        ))}
      </ul>
      {reasons.length > 0 ? (
        <ul class="filter reasons">
          {reasons.map(({ reason, items }) => (
            <Sum
              key={reason}
              on={view.reason === reason}
              name={ledgerWord('reason', reason)}
              title={hint(reason)}
              n={items}
              onChoose={() => show({ ...view, reason: view.reason === reason ? '' : reason })}
            />
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** What narrows the list down and has no control of its own: each can be taken away. */
function Chips({ view }: { view: LedgerView }) {
  const chips: [string, Partial<LedgerView>][] = [];
  if (view.parent !== null) chips.push([t('insideOf', { n: view.parent }), { parent: null }]);
  if (view.after > 0) chips.push([t('ledger.after', { n: view.after }), { after: 0 }]);
  if (view.differs) chips.push([t('ledger.differs'), { differs: false }]);
  if (view.unequal) chips.push([t('ledger.unequal'), { unequal: false }]);
  if (view.reason !== '' && view.outcome === '') chips.push([ledgerWord('reason', view.reason), { reason: '' }]);
  if (chips.length === 0) return null;
  return (
    <ul class="chips">
      {chips.map(([says, without]) => (
        <li key={says}>
          <button type="button" onClick={() => show({ ...view, ...without })}>
            {says}
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Check({ status, view }: { status: Status; view: LedgerView }) {
  const wrong = status.unequal_containers;
  return (
    <p class={wrong > 0 ? 'check bad' : 'check'}>
      <span>{t('items', { n: status.items })}</span>
      <span>{t('objects', { n: status.objects })}</span>
      <span>{bytes(status.bytes)}</span>
      {wrong > 0 ? (
        <button type="button" class="link" onClick={() => show({ ...noLedger, unequal: !view.unequal })}>
          {t('ledgerUnequal', { n: wrong })}
        </button>
      ) : (
        <span>{t('ledgerSound')}</span>
      )}
    </p>
  );
}

function Counted({ sums }: { sums: LedgerSums }) {
  return (
    <p class="counted" role="status">
      <b>{t('items', { n: sums.items })}</b>
      {sums.pages > 0 ? <span>{t('pages', { n: sums.pages })}</span> : null}
      <span>{bytes(sums.bytes)}</span>
    </p>
  );
}

export function Ledger({ view, chosen }: { view: LedgerView; chosen: number | null }) {
  const status = useLoaded('status', api.status);
  const retry = useLoaded('retry', api.retry);
  const rows = useRows(view);
  const [asks, setAsks] = useState(false);
  const total = rows.sums?.items ?? 0;
  const choose = (at: number) => {
    if (at >= 0 && at < total) go({ screen: 'ledger' }, { chosenRow: at }, 'replace');
  };
  const askAgain = () => {
    if (retry.value && retry.value.phase !== 'running') setAsks(true);
  };
  useKeys('ledger', {
    j: () => choose((chosen ?? -1) + 1),
    k: () => choose(Math.max(0, (chosen ?? 1) - 1)),
    Enter: () => {
      const row = rows.at(chosen ?? 0);
      if (row) go({ screen: 'item', item: row.item, page: 1 }, { chosenRow: chosen ?? 0 });
    },
    f: () => document.querySelector<HTMLInputElement>('.ledger input.ofpath')?.select(),
    r: askAgain,
  });
  const closeDialog = () => {
    setAsks(false);
    if (view.again) go({ screen: 'ledger' }, { ledger: { ...view, again: false } }, 'replace');
  };
  // A reason that nothing has failed for, such as unsure OCR, is read again for its own sake too.
  const failed = (status.value?.outcomes.failed ?? 0) > 0 || view.reason !== '';

  return (
    <div class="ledger">
      <header>
        <h1>{t('ledgerTitle')}</h1>
        <p>{t('ledgerLead')}</p>
        {status.value ? <Check status={status.value} view={view} /> : null}
      </header>
      {retry.value ? <AgainState retry={retry.value} onChange={retry.again} /> : null}
      {status.value ? <Sums status={status.value} view={view} /> : null}
      <Tools view={view} onShow={show} onAgain={failed ? askAgain : null} />
      <Chips view={view} />
      {rows.error ? <Failure error={rows.error} again={rows.again} /> : null}
      {!rows.sums && !rows.error ? <Waiting /> : null}
      {rows.sums && total > 0 && !rows.error ? (
        <>
          <Counted sums={rows.sums} />
          <Table rows={rows} total={total} chosen={chosen} onInside={(parent) => show({ ...noLedger, parent })} />
        </>
      ) : null}
      {rows.sums && total === 0 && !rows.error ? (
        <Empty title={t('noRowsTitle')}>
          <p>{t('noRowsText')}</p>
        </Empty>
      ) : null}
      {(asks || view.again) && retry.value && retry.value.phase !== 'running' ? (
        <AgainDialog reason={view.reason} retry={retry.value} onClose={closeDialog} onStarted={retry.again} />
      ) : null}
    </div>
  );
}
