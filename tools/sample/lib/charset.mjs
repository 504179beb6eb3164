// Text in the encodings of older machines.

const to1256 = new Map();
const decoder = new TextDecoder('windows-1256');
for (let byte = 0; byte < 256; byte++) to1256.set(decoder.decode(Uint8Array.of(byte)), byte);

export function windows1256(text) {
    return Buffer.from([...text].map((letter) => {
        if (!to1256.has(letter)) throw new Error(`windows-1256 has no U+${letter.codePointAt(0).toString(16)}`);
        return to1256.get(letter);
    }));
}

// With the byte order mark that spreadsheet programs write.
export const utf16 = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

export const csv = (rows, separator = ',') =>
    rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${String(cell).replace(/"/g, '""')}"` : cell)).join(separator)).join('\r\n') + '\r\n';
