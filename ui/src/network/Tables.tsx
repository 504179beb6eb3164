// The same facts as tables: ties and names, in the order of any column.

import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { NetworkName, NetworkTie } from '../api';
import { number, t, type Key } from '../i18n';
import { linkTo } from '../nav';
import { Icon } from '../parts/Icon';
import { kindName } from '../people/kinds';
import type { Arrangement } from './arrange';

const PART = 100;

interface Column<R> {
  title: Key;
  of: (row: R) => string | number;
  show?: (row: R) => preact.ComponentChild;
}

/** `key` tells rows apart; the chosen one is kept in view. */
function Sorted<R>({ rows, columns, keyOf, chosen, label }: {
  rows: R[];
  columns: Column<R>[];
  keyOf: (row: R) => string;
  chosen: string | null;
  label: string;
}) {
  const [order, setOrder] = useState({ column: -1, down: true });
  const [shown, setShown] = useState(PART);
  useLayoutEffect(() => setShown(PART), [rows]);
  const column = columns[order.column];
  const sorted = column ? [...rows].sort((a, b) => compare(column.of(a), column.of(b)) * (order.down ? -1 : 1)) : rows;
  useEffect(() => {
    if (chosen) document.querySelector('.network tr.chosen')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <>
      <div class="table" role="region" aria-label={label} tabIndex={0}>
        <table>
          <caption class="sr">{label}</caption>
          <thead>
            <tr>
              {columns.map(({ title }, i) => (
                <th key={title} scope="col" aria-sort={order.column !== i ? 'none' : order.down ? 'descending' : 'ascending'}>
                  <button type="button" class="link" onClick={() => setOrder({ column: i, down: order.column !== i || !order.down })}>
                    {t(title)} {order.column === i ? <Icon name={order.down ? 'down' : 'up'} /> : null}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((row) => (
              <tr key={keyOf(row)} class={keyOf(row) === chosen ? 'chosen' : undefined}>
                {columns.map(({ title, of, show }) => {
                  const value = of(row);
                  return (
                    <td key={title} class={typeof value === 'number' ? 'number' : undefined}>
                      {show ? show(row) : typeof value === 'number' ? number(value) : <bdi>{value}</bdi>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length > shown ? (
        <p class="end">
          <button type="button" onClick={() => setShown(shown + PART)}>
            {t('network.moreRows', { n: sorted.length - shown })}
          </button>
        </p>
      ) : null}
    </>
  );
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}

export function TieTable({ of, chosen, onOpen }: {
  of: Arrangement['of'];
  chosen: [number, number] | null;
  onOpen: (tie: NetworkTie) => void;
}) {
  const names = new Map(of.names.map((name) => [name.id, name.name]));
  const columns: Column<NetworkTie>[] = [
    { title: 'network.colA', of: ({ a }) => names.get(a)! },
    { title: 'network.colB', of: ({ b }) => names.get(b)! },
    {
      title: 'network.colPassages',
      of: ({ passages }) => passages,
      show: (tie) => (
        <button
          type="button"
          class="link"
          aria-label={t('network.openTie', { n: tie.passages, a: names.get(tie.a)!, b: names.get(tie.b)! })}
          onClick={() => onOpen(tie)}
        >
          {number(tie.passages)}
        </button>
      ),
    },
    { title: 'network.colDocuments', of: ({ documents }) => documents },
  ];
  return (
    <Sorted
      rows={of.ties}
      columns={columns}
      keyOf={({ a, b }) => `${a}/${b}`}
      chosen={chosen?.join('/') ?? null}
      label={t('network.ties')}
    />
  );
}

interface NameRow extends NetworkName {
  group: number;
  between: number;
}

export function NameTable({ of: { of, arranged }, chosen, onGrow }: {
  of: Arrangement;
  chosen: number | null;
  onGrow: (name: number) => void;
}) {
  const [rows, setRows] = useState<NameRow[]>([]);
  useEffect(
    () => setRows(of.names.map((name, i) => ({ ...name, group: arranged.groups[i]! + 1, between: (arranged.between?.[i] ?? 0) * 100 }))),
    [of, arranged],
  );
  const columns: Column<NameRow>[] = [
    {
      title: 'network.colName',
      of: ({ name }) => name,
      show: ({ id, name }) => (
        <a {...linkTo({ screen: 'person', id })}>
          <bdi>{name}</bdi>
        </a>
      ),
    },
    { title: 'network.colKind', of: ({ kind }) => kindName(kind) },
    { title: 'network.colDocuments', of: ({ documents }) => documents },
    { title: 'network.colTies', of: ({ ties }) => ties },
    { title: 'network.colGroup', of: ({ group }) => group, show: ({ group }) => (group === 0 ? '–' : number(group)) },
    ...(arranged.between
      ? [{ title: 'network.colBetween' as Key, of: ({ between }: NameRow) => between, show: ({ between }: NameRow) => number(between, 1) }]
      : []),
    {
      title: 'network.colGrow',
      of: ({ centre }) => (centre ? 1 : 0),
      show: ({ id, name, centre }) =>
        centre ? (
          <span title={t('network.isCentre')}>●</span>
        ) : (
          <button type="button" class="quiet" aria-label={t('network.grow', { name })} title={t('network.grow', { name })} onClick={() => onGrow(id)}>
            <Icon name="plus" />
          </button>
        ),
    },
  ];
  return <Sorted rows={rows} columns={columns} keyOf={({ id }) => String(id)} chosen={chosen === null ? null : String(chosen)} label={t('network.names')} />;
}
