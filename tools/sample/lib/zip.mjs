// A ZIP archive with a fixed time stamp: the same input gives the same bytes. Also the outer
// shape of the office formats, which are ZIP archives of XML.
import zlib from 'node:zlib';

const DOS_TIME = 0x4a21; // 09:17:02
const DOS_DATE = ((2019 - 1980) << 9) | (8 << 5) | 23;
const NAME_IS_UTF8 = 0x0800;

function localHeader(entry) {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(NAME_IS_UTF8, 6);
    head.writeUInt16LE(entry.method, 8);
    head.writeUInt16LE(DOS_TIME, 10);
    head.writeUInt16LE(DOS_DATE, 12);
    head.writeUInt32LE(entry.crc, 14);
    head.writeUInt32LE(entry.packed.length, 18);
    head.writeUInt32LE(entry.size, 22);
    head.writeUInt16LE(entry.name.length, 26);
    return Buffer.concat([head, entry.name]);
}

function centralHeader(entry) {
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(20, 6);
    head.writeUInt16LE(NAME_IS_UTF8, 8);
    head.writeUInt16LE(entry.method, 10);
    head.writeUInt16LE(DOS_TIME, 12);
    head.writeUInt16LE(DOS_DATE, 14);
    head.writeUInt32LE(entry.crc, 16);
    head.writeUInt32LE(entry.packed.length, 20);
    head.writeUInt32LE(entry.size, 24);
    head.writeUInt16LE(entry.name.length, 28);
    head.writeUInt32LE(entry.at, 42);
    return Buffer.concat([head, entry.name]);
}

function crc32(data) {
    let crc = 0xffffffff;
    for (const byte of data) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return (crc ^ 0xffffffff) >>> 0;
}

// `files` is a list of [name, bytes or text, 'store' if it must not be compressed].
export function zip(files) {
    const parts = [];
    const entries = [];
    let at = 0;
    for (const [name, content, how] of files) {
        const data = Buffer.from(content);
        const method = how === 'store' ? 0 : 8;
        const packed = method ? zlib.deflateRawSync(data, { level: 9 }) : data;
        const entry = { name: Buffer.from(name), size: data.length, crc: crc32(data), method, packed, at };
        const head = localHeader(entry);
        parts.push(head, packed);
        at += head.length + packed.length;
        entries.push(entry);
    }
    const central = Buffer.concat(entries.map(centralHeader));
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(entries.length, 8);
    end.writeUInt16LE(entries.length, 10);
    end.writeUInt32LE(central.length, 12);
    end.writeUInt32LE(at, 16);
    return Buffer.concat([...parts, central, end]);
}
