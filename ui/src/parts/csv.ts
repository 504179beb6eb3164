// A table of what the reading room has already been given, as a file.

/** RFC 4180. What a spreadsheet would run as a formula gets an apostrophe in front, as in src/fmt/csv.h. */
function field(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(rows: (string | number | null)[][]): Blob {
  return new Blob(rows.map((row) => `${row.map(field).join(',')}\r\n`), { type: 'text/csv;charset=utf-8' });
}
