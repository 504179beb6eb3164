// Gives a file to the reader: it goes to the folder for downloads, in the clear. Browsers write addresses
// of downloads to disk, so it comes through memory, or from an address that says nothing.

const TAKEN_MS = 60_000; // the browser has taken it by then, also where it asks for a name first

function take(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  take(address, name);
  setTimeout(() => URL.revokeObjectURL(address), TAKEN_MS);
}

/** One that is too large for memory, of the number that the server gave it. */
export function saveParcel(id: number, name: string): void {
  take(`/api/v1/exports/${id}`, name);
}
