// What a container holds: its children, as far as the reader asks.

import { t } from '../i18n';
import { typeName } from '../i18n/types';
import { useListing } from '../ledger/listing';
import { follow } from '../nav';
import { Outcome } from '../parts/Outcome';
import { Failure, Waiting } from '../parts/State';

export function Children({ item }: { item: number }) {
  const { rows, more, loading, error, again } = useListing({ outcome: '', reason: '', parent: item });
  if (error) return <Failure error={error} again={again} />;
  if (loading && rows.length === 0) return <Waiting />;
  return (
    <>
      <ul class="links">
        {rows.map((row) => (
          <li key={row.item}>
            <a
              href={`#/item/${row.item}/1`}
              dir="auto"
              title={row.path}
              onClick={follow({ screen: 'item', item: row.item, page: 1 })}
            >
              {row.title ?? row.name}
            </a>
            {row.type ? <span class="kind">{typeName(row.type)}</span> : null}
            <Outcome outcome={row.outcome} reason={row.reason} />
          </li>
        ))}
      </ul>
      {more ? (
        <button type="button" class="link" disabled={loading} onClick={more}>
          {t('moreRows')}
        </button>
      ) : null}
    </>
  );
}
