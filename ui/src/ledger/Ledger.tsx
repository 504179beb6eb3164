// The ledger: every item and how its reading ended.

import './ledger.css';
import { api, type Row, type Status } from '../api';
import { bytes, hint, languageName, ledgerWord, number, t, type Key } from '../i18n';
import { typeName } from '../i18n/types';
import { useLoaded } from '../load';
import { follow, go, type LedgerView } from '../nav';
import { Icon } from '../parts/Icon';
import { Detail, detailOf } from '../parts/Detail';
import { Outcome } from '../parts/Outcome';
import { Empty, Failure, Waiting } from '../parts/State';
import { useListing } from './listing';

function show(ledger: LedgerView): void {
  go({ screen: 'ledger' }, { ledger });
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

/** The unit stands in the column's heading; without columns it stands here. */
function Count({ n, unit }: { n: number; unit: Key & ('pages' | 'items') }) {
  return (
    <>
      <span class="wide">{number(n)}</span>
      <span class="narrow">{t(unit, { n })}</span>
    </>
  );
}

function LedgerRow({ row }: { row: Row }) {
  const detail = row.duplicate_of === null ? detailOf(row) : '';
  return (
    <tr>
      <td class="id">{number(row.item)}</td>
      <td class="name">
        <a
          href={`#/item/${row.item}/1`}
          dir="auto"
          onClick={follow({ screen: 'item', item: row.item, page: 1 })}
        >
          {row.name}
        </a>
        <bdi class="where" title={row.path}>
          {row.path}
        </bdi>
      </td>
      <td class="ending">
        <Outcome outcome={row.outcome} reason={row.reason} />
        {detail ? (
          <span class="detail">
            <Detail text={detail} />
          </span>
        ) : null}
        {row.duplicate_of !== null ? (
          <a
            class="detail"
            href={`#/item/${row.duplicate_of}/1`}
            onClick={follow({ screen: 'item', item: row.duplicate_of, page: 1 })}
          >
            {t('duplicateOf', { n: row.duplicate_of })}
          </a>
        ) : null}
      </td>
      <td>{row.type ? <span title={row.type}>{typeName(row.type)}</span> : null}</td>
      <td>{row.lang ? languageName(row.lang) : null}</td>
      <td class="number">{row.pages === null ? null : <Count n={row.pages} unit="pages" />}</td>
      <td class="number">{row.sha256 === null ? null : bytes(row.bytes)}</td>
      <td class="number">
        {row.children > 0 ? (
          <button type="button" class="link" onClick={() => show({ outcome: '', reason: '', parent: row.item })}>
            <Count n={row.children} unit="items" />
          </button>
        ) : null}
      </td>
    </tr>
  );
}

function Table({ rows }: { rows: Row[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('fItem')}</th>
          <th scope="col">{t('fName')}</th>
          <th scope="col">{t('fOutcome')}</th>
          <th scope="col">{t('fType')}</th>
          <th scope="col">{t('fLang')}</th>
          <th scope="col" class="number">{t('fPages')}</th>
          <th scope="col" class="number">{t('fBytes')}</th>
          <th scope="col" class="number">{t('children')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <LedgerRow key={row.item} row={row} />
        ))}
      </tbody>
    </table>
  );
}

export function Ledger({ view }: { view: LedgerView }) {
  const status = useLoaded('status', api.status);
  const { rows, loading, error, more, again } = useListing(view);

  return (
    <div class="ledger">
      <header>
        <h1>{t('ledgerTitle')}</h1>
        <p>{t('ledgerLead')}</p>
        {status.value ? (
          <p class={status.value.unequal_containers > 0 ? 'check bad' : 'check'}>
            <span>{t('items', { n: status.value.items })}</span>
            <span>{t('objects', { n: status.value.objects })}</span>
            <span>{bytes(status.value.bytes)}</span>
            <span>
              {status.value.unequal_containers > 0
                ? t('ledgerUnequal', { n: status.value.unequal_containers })
                : t('ledgerSound')}
            </span>
          </p>
        ) : null}
      </header>
      {status.value ? <Sums status={status.value} view={view} /> : null}
      {view.parent !== null ? (
        <ul class="chips">
          <li>
            <button type="button" onClick={() => show({ ...view, parent: null })}>
              {t('insideOf', { n: view.parent })}
              <Icon name="close" />
            </button>
          </li>
        </ul>
      ) : null}
      {rows.length > 0 ? <Table rows={rows} /> : null}
      {error ? <Failure error={error} again={again} /> : null}
      {loading && rows.length === 0 && !error ? <Waiting /> : null}
      {!loading && !error && rows.length === 0 ? (
        <Empty title={t('noRowsTitle')}>
          <p>{t('noRowsText')}</p>
        </Empty>
      ) : null}
      {more ? (
        <div class="end">
          <button type="button" disabled={loading} onClick={more}>
            {loading ? t('loading') : t('moreRows')}
          </button>
        </div>
      ) : null}
    </div>
  );
}
