// A file of what the reading room has already been given, to be kept where the browser keeps files.

/** RFC 4180. What a spreadsheet would run as a formula gets an apostrophe in front, as in src/fmt/csv.h. */
function field(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(rows: (string | number | null)[][]): Blob {
  return new Blob(rows.map((row) => `${row.map(field).join(',')}\r\n`), { type: 'text/csv;charset=utf-8' });
}

export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
