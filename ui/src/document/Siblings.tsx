// What lies beside a document in its container, however much it is: rows in view are drawn and asked for.

import { useRef, useState } from 'preact/hooks';
import { api, type Item, type Row } from '../api';
import { number, t } from '../i18n';
import { useLoaded } from '../load';
import { linkTo, noLedger } from '../nav';
import { Outcome } from '../parts/Outcome';
import { VirtualPane } from '../parts/VirtualPane';

const PART = 100;
/** Rem. */
const HEIGHT = 1.9;

/** How many there are, and which of them this is. */
async function placeOf(parent: number, item: number, signal: AbortSignal): Promise<{ total: number; at: number }> {
  const [all, behind] = await Promise.all([
    api.ledgerSums({ ...noLedger, parent }, signal),
    api.ledgerSums({ ...noLedger, parent, after: item }, signal),
  ]);
  return { total: all.items, at: all.items - behind.items - 1 };
}

/** Rows of a container by their place in it; those that are asked for come later. */
function useChildren(parent: number): (at: number) => Row | null {
  const [parts, setParts] = useState<ReadonlyMap<number, Row[]>>(new Map());
  const asked = useRef(new Set<number>());
  return (at) => {
    const part = Math.floor(at / PART);
    if (!asked.current.has(part)) {
      asked.current.add(part);
      api.ledger({ ...noLedger, parent }, part * PART, PART).then(
        ({ rows }) => setParts((old) => new Map(old).set(part, rows)),
        () => asked.current.delete(part),
      );
    }
    return parts.get(part)?.[at % PART] ?? null;
  };
}

function Sibling({ row, here }: { row: Row | null; here: boolean }) {
  if (!row) return <span class="kind">…</span>;
  return (
    <>
      <a
        {...linkTo({ screen: 'item', item: row.item, page: 1 })}
        dir="auto"
        title={row.path}
        aria-current={here ? 'true' : undefined}
      >
        {row.name}
      </a>
      {row.outcome === 'failed' ? <Outcome outcome={row.outcome} reason={row.reason} /> : null}
    </>
  );
}

function List({ parent, total, at }: { parent: number; total: number; at: number }) {
  const rowAt = useChildren(parent);
  const height = Math.round(HEIGHT * parseFloat(getComputedStyle(document.documentElement).fontSize));
  return (
    <div class="siblings">
      <p class="hint">{t('document.siblingOf', { i: number(at + 1), n: total })}</p>
      <VirtualPane
        count={total}
        height={height}
        chosen={at}
        label={t('document.siblings')}
        row={(n) => <Sibling row={rowAt(n)} here={n === at} />}
      />
    </div>
  );
}

export function Siblings({ item }: { item: Item }) {
  const { parent } = item;
  const loaded = useLoaded(parent === null ? null : `${parent}/${item.item}`, (signal) => placeOf(parent!, item.item, signal));
  const place = loaded.value;
  if (parent === null || !place || place.total < 2 || place.at < 0) return null;
  return <List key={parent} parent={parent} {...place} />;
}
