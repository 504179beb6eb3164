// Rows of the ledger. A short list is drawn whole; of a long one only what is in view, in rows of one
// height.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Row } from '../api';
import { bytes, languageName, number, t, type Key } from '../i18n';
import { typeName } from '../i18n/types';
import { follow } from '../nav';
import { Detail, detailOf } from '../parts/Detail';
import { Outcome } from '../parts/Outcome';
import { useVirtual } from '../parts/Virtual';
import type { Rows } from './rows';

/** As many as are asked for at once. */
const SHORT = 100;
const WIDE_ROW = 68;
const NARROW_ROW = 152;
const narrow = window.matchMedia('(width < 800px)');

function useRowHeight(): number {
  const [height, setHeight] = useState(narrow.matches ? NARROW_ROW : WIDE_ROW);
  useEffect(() => {
    const update = () => setHeight(narrow.matches ? NARROW_ROW : WIDE_ROW);
    narrow.addEventListener('change', update);
    return () => narrow.removeEventListener('change', update);
  }, []);
  return height;
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

/** The sum of a container: what it announced, and what of it is in the ledger. */
function Children({ row, onInside }: { row: Row; onInside: (item: number) => void }) {
  if (row.children === 0 && row.announced === 0) return null;
  const equal = row.children === row.announced;
  const says = t('ledger.childrenOf', { n: row.children, all: row.announced });
  return (
    <button type="button" class={equal ? 'link' : 'link bad'} title={says} onClick={() => onInside(row.item)}>
      {equal ? <Count n={row.children} unit="items" /> : says}
    </button>
  );
}

function Cells({ row, at, onInside }: { row: Row; at: number; onInside: (item: number) => void }) {
  const detail = row.duplicate_of === null ? detailOf(row) : '';
  const open = (item: number) => follow({ screen: 'item', item, page: 1 }, { chosenRow: at });
  return (
    <>
      <td class="id">{number(row.item)}</td>
      <td class="name">
        <a href={`#/item/${row.item}/1`} dir="auto" onClick={open(row.item)}>
          {row.name}
        </a>
        <bdi class="where" title={row.path}>
          {row.path}
        </bdi>
      </td>
      <td class="ending">
        <Outcome outcome={row.outcome} reason={row.reason} />
        {detail ? (
          <span class="detail" dir="auto" title={detail}>
            <Detail text={detail} />
          </span>
        ) : null}
        {row.duplicate_of !== null ? (
          <a class="detail" href={`#/item/${row.duplicate_of}/1`} onClick={open(row.duplicate_of)}>
            {t('duplicateOf', { n: row.duplicate_of })}
          </a>
        ) : null}
      </td>
      <td>{row.type ? <span title={row.type}>{typeName(row.type)}</span> : null}</td>
      <td>{row.lang ? languageName(row.lang) : null}</td>
      <td class="number">{row.pages === null ? null : <Count n={row.pages} unit="pages" />}</td>
      <td class="number">{row.sha256 === null ? null : bytes(row.bytes)}</td>
      <td class="number">
        <Children row={row} onInside={onInside} />
      </td>
    </>
  );
}

function Head() {
  return (
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
  );
}

interface TableOf {
  rows: Rows;
  total: number;
  chosen: number | null;
  onInside: (item: number) => void;
}

function TableRow({ rows, at, chosen, onInside, height }: Omit<TableOf, 'total'> & { at: number; height?: number }) {
  const row = rows.at(at);
  const line = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (at === chosen && height === undefined) line.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <tr
      ref={line}
      aria-rowindex={at + 2}
      class={at === chosen ? 'chosen' : undefined}
      style={height === undefined ? undefined : { height: `${height}px` }}
    >
      {row ? <Cells row={row} at={at} onInside={onInside} /> : <td colSpan={8}>…</td>}
    </tr>
  );
}

function Whole({ rows, total, chosen, onInside }: TableOf) {
  return (
    <table aria-rowcount={total + 1}>
      <Head />
      <tbody>
        {Array.from({ length: total }, (_, at) => (
          <TableRow key={at} rows={rows} at={at} chosen={chosen} onInside={onInside} />
        ))}
      </tbody>
    </table>
  );
}

/** What is out of view is one empty row above and one below. */
function Part({ rows, total, chosen, onInside }: TableOf) {
  const height = useRowHeight();
  const body = useRef<HTMLTableSectionElement>(null);
  const { shown, top, size } = useVirtual(body, { count: total, height, chosen, onView: rows.onView });
  const before = (shown[0]?.start ?? top) - top;
  const after = size - ((shown.at(-1)?.end ?? top) - top);
  return (
    <table aria-rowcount={total + 1} class="fixed">
      <Head />
      <tbody ref={body}>
        {before > 0 ? <tr aria-hidden="true" class="gap" style={{ height: `${before}px` }} /> : null}
        {shown.map(({ index }) => (
          <TableRow key={index} rows={rows} at={index} chosen={chosen} onInside={onInside} height={height} />
        ))}
        {after > 0 ? <tr aria-hidden="true" class="gap" style={{ height: `${after}px` }} /> : null}
      </tbody>
    </table>
  );
}

export function Table(of: TableOf) {
  return of.total <= SHORT ? <Whole {...of} /> : <Part {...of} />;
}
