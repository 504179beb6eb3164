// Rows whose fields are joined by tabs, as a table. Marks keep their numbers, cut where a field ends.

import type { Range } from '../api';
import { Marked } from '../parts/Marked';

export interface MarkedRows {
  text: string;
  dir: 'ltr' | 'rtl';
  marks: Range[];
  misread: number[];
  name: string;
  first: number;
}

const COLUMNS_MAX = 256;
/** Characters of a field that stays on one line: a date, a number, a name. */
const SHORT = 24;

interface Field {
  at: number;
  text: string;
}

function rowsOf(text: string): Field[][] {
  let at = 0;
  return text.split('\n').map((line) => {
    const fields = line.split('\t').map((field): Field => {
      const start = at;
      at += field.length + 1;
      return { at: start, text: field };
    });
    return fields;
  });
}

function Cell({ field, rows, span }: { field: Field; rows: MarkedRows; span: number }) {
  const end = field.at + field.text.length;
  const from = rows.marks.findIndex(([, last]) => last > field.at);
  const inside = from < 0 ? [] : rows.marks.slice(from).filter(([start]) => start < end);
  const cut = inside.map(([start, last]): Range => [
    Math.max(start, field.at) - field.at,
    Math.min(last, end) - field.at,
  ]);
  return (
    <td
      dir="auto"
      class={field.text.length > SHORT ? 'long' : undefined}
      {...(span > 1 ? { colSpan: span } : {})}
    >
      <Marked
        text={field.text}
        marks={cut}
        misread={rows.misread}
        name={rows.name}
        first={rows.first + Math.max(from, 0)}
      />
    </td>
  );
}

/** Whether a text is rows: tabs in most of its lines, and not too many columns for a table. */
export function isTable(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const tabbed = lines.filter((line) => line.includes('\t'));
  if (tabbed.length === 0 || tabbed.length * 2 <= lines.length) return false;
  return tabbed.every((line) => line.split('\t').length <= COLUMNS_MAX);
}

export function Table(rows: MarkedRows) {
  const lines = rowsOf(rows.text).filter((fields) => fields.some(({ text }) => text.trim() !== ''));
  const columns = Math.max(...lines.map((fields) => fields.length));
  return (
    <div class="rows" dir={rows.dir}>
      <table>
        <tbody>
          {lines.map((fields, i) => (
            <tr key={i}>
              {fields.map((field, k) => (
                <Cell key={k} field={field} rows={rows} span={fields.length === 1 ? columns : 1} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
