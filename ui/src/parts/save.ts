// Gives a file to the reader: it goes to the folder for downloads, in the clear. It comes through
// memory, not from an address: browsers write addresses of downloads to disk.

const TAKEN_MS = 60_000; // the browser has taken it by then, also where it asks for a name first

export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), TAKEN_MS);
}
