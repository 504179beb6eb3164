// A ZIP of stored files, read by its list at the end, and written: enough for what sanad writes, and for tests.

import assert from 'node:assert/strict';
import { crc32 as nodeCrc } from 'node:zlib';

function crc32(bytes) {
  if (nodeCrc) return nodeCrc(bytes);
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Names to bytes; every file's head and CRC-32 must fit what the list says. */
export function readZip(bytes) {
  const files = new Map();
  const end = bytes.length - 22;
  assert.equal(bytes.readUInt32LE(end), 0x06054b50);
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [nameLength, extra] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(data, data + bytes.readUInt32LE(at + 20));
    assert.equal(bytes.toString('utf8', local + 30, local + 30 + nameLength), name);
    assert.equal(crc32(content), bytes.readUInt32LE(at + 16), name);
    assert.ok(!files.has(name), name);
    files.set(name, content);
    at += 46 + nameLength + extra;
  }
  return files;
}

/** Names to texts or bytes, in order. */
export function writeZip(files) {
  const parts = [];
  const heads = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0); // version; no flags, stored, no time
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(bytes.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(at, 10);
    heads.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), head, end, Buffer.from(name));
    parts.push(Buffer.from('PK\x03\x04'), head, Buffer.from(name), bytes);
    at += 30 + Buffer.byteLength(name) + bytes.length;
  }
  const list = Buffer.concat(heads);
  const tail = Buffer.alloc(22);
  tail.write('PK\x05\x06');
  tail.writeUInt16LE(Object.keys(files).length, 8);
  tail.writeUInt16LE(Object.keys(files).length, 10);
  tail.writeUInt32LE(list.length, 12);
  tail.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, tail]);
}
