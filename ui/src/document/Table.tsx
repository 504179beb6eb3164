// Rows whose fields are joined by tabs, as a table. Marks and names keep their numbers, cut where a field ends.

import { Annotated, type Annotations } from './Annotated';

interface Rows extends Annotations {
  page: number;
  text: string;
  /** Where the rows begin in it. */
  from: number;
  dir: 'ltr' | 'rtl';
}

const COLUMNS_MAX = 256;
/** Characters of a field that stays on one line: a date, a number, a name. */
const SHORT = 24;

interface Field {
  at: number;
  text: string;
}

function rowsOf(text: string, from: number): Field[][] {
  let at = from;
  return text
    .slice(from)
    .split('\n')
    .map((line) =>
      line.split('\t').map((field): Field => {
        const start = at;
        at += field.length + 1;
        return { at: start, text: field };
      }),
    );
}

function Cell({ field, rows, span }: { field: Field; rows: Rows; span: number }) {
  return (
    <td
      dir="auto"
      data-from={field.at}
      class={field.text.length > SHORT ? 'long' : undefined}
      {...(span > 1 ? { colSpan: span } : {})}
    >
      <Annotated {...rows} from={field.at} to={field.at + field.text.length} />
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

export function Table(rows: Rows) {
  const lines = rowsOf(rows.text, rows.from).filter((fields) => fields.some(({ text }) => text.trim() !== ''));
  const columns = Math.max(...lines.map((fields) => fields.length));
  return (
    <div class="rows" dir={rows.dir} data-page={rows.page}>
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
