// Random bytes sent to the room's door: request lines, headers, bodies, chunks, several requests on a connection,
// some of it slowly. It goes on answering, fails at nothing, and ends cleanly; under sanitizers that says more.
//
// Each request follows from the seed and its number alone. BYTES_SEED, BYTES_FIRST and BYTES_COUNT repeat some.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Room, runTests, test } from './lib.mjs';
import { addressOf, operations, plainObject } from './operations.mjs';

const seed = Number(process.env.BYTES_SEED ?? 20260726);
const first = Number(process.env.BYTES_FIRST ?? 0);
const count = Number(process.env.BYTES_COUNT ?? 10000);
const AT_ONCE = 12, QUIET_MS = 150, SLOW_ONE_IN = 250, SLOW_MS = 30;
/** What an overloaded or a puzzled door may say; other statuses from 500 on are failures. */
const allowed = new Set([501, 503, 505]);

/** Numbers that follow from `n` (mulberry32). */
function dice(n) {
  let state = (seed ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (end) => next() % end;
  return {
    below,
    oneIn: (end) => below(end) === 0,
    pick: (list) => list[below(list.length)],
    bytes: (most) => Buffer.from(Array.from({ length: below(most) }, () => below(256))),
  };
}

const latin = (text) => Buffer.from(text, 'latin1');
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE', 'PATCH', 'get', 'G', '', 'PRI', 'A'.repeat(5000)];
const versions = ['HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.9', 'HTTP/9999999999.1', 'HTTP/1.', 'http/1.1', '', 'HTTP/1.1 x'];
const ends = ['\r\n', '\r\n', '\r\n', '\n', '\r', '\n\r', '\0\r\n', '\r\n ', ' \r\n'];
const sizes = ['0', '1', '5', '00000000005', '-1', '+5', '5 ', '0x5', '5,5', '65536', '65537', '4294967296', '18446744073709551615', '18446744073709551616', '9'.repeat(50), '', 'a', '1e3', '5;q=1'];
const names = ['Host', 'Cookie', 'Origin', 'Sec-Fetch-Site', 'Content-Type', 'Content-Length', 'Transfer-Encoding', 'Connection', 'Expect', 'Upgrade', 'Range', 'If-None-Match', 'Accept-Encoding', 'TE', 'Trailer', 'X'];
const values = ['', 'close', 'keep-alive', 'chunked', 'gzip, chunked', 'identity', '100-continue', 'upgrade', 'h2c', 'websocket', 'bytes=0-0', 'bytes=-1', 'cross-site', 'application/json', 'null', '*', 'sanad=', '=;=;=', ';'.repeat(3000), 'a'.repeat(33000)];

const asked = operations.filter(({ id, endless }) => id !== 'leave' && id !== 'retryStart' && !endless);

/** A request that the room would answer. */
function fine(room, { pick, oneIn }) {
  const operation = pick(asked);
  const body = operation.body ? JSON.stringify(plainObject(operation.body)) : '';
  const lines = [`${operation.method} ${addressOf(operation)} HTTP/1.1`, `Host: ${room.url.host}`];
  if (!oneIn(4)) lines.push(`Cookie: ${room.cookie}`);
  if (operation.method === 'POST') lines.push(`Origin: ${room.origin}`, 'Content-Type: application/json', `Content-Length: ${body.length}`);
  return latin(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** Bytes changed, taken out, put in, repeated or cut off. */
function spoiled(bytes, { below, bytes: some }) {
  let out = bytes;
  for (let times = 1 + below(8); times > 0; times--) {
    const at = below(out.length + 1);
    const end = Math.min(out.length, at + 1 + below(20));
    const change = [
      () => Buffer.concat([out.subarray(0, at), some(2), out.subarray(Math.min(out.length, at + 1))]),
      () => Buffer.concat([out.subarray(0, at), some(40), out.subarray(at)]),
      () => Buffer.concat([out.subarray(0, at), out.subarray(end)]),
      () => Buffer.concat([out.subarray(0, end), out.subarray(at)]),
      () => out.subarray(0, at),
    ];
    out = change[below(change.length)]();
  }
  return out;
}

function line({ pick, bytes, oneIn }) {
  const target = oneIn(3) ? bytes(3000).toString('latin1') : pick(['/', '*', '//', '/api/v1/search?q=', `/${'../'.repeat(2000)}`, `/?${'a&'.repeat(5000)}`, 'http://a/', '/%', `/${'%00'.repeat(100)}`, '/assets/']);
  return `${pick(methods)} ${target} ${pick(versions)}${pick(ends)}`;
}

function headers(room, { pick, bytes, below, oneIn }) {
  const many = oneIn(20) ? 300 : below(12);
  let out = oneIn(3) ? '' : `Host: ${room.url.host}\r\nCookie: ${room.cookie}\r\nOrigin: ${room.origin}\r\n`;
  for (let i = 0; i < many; i++) {
    const name = oneIn(4) ? bytes(60).toString('latin1') : pick(names);
    const value = name === 'Content-Length' ? pick(sizes) : oneIn(3) ? bytes(200).toString('latin1') : pick(values);
    out += `${name}${pick([': ', ':', ' : ', '', '\t:'])}${value}${pick(ends)}`;
  }
  return `${out}\r\n`;
}

function chunked(room, { pick, bytes, below }) {
  let out = `POST /api/v1/batch HTTP/1.1\r\nHost: ${room.url.host}\r\nCookie: ${room.cookie}\r\nOrigin: ${room.origin}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  for (let i = below(6); i > 0; i--) {
    const part = bytes(300);
    out += `${pick([part.length.toString(16), pick(sizes), `${part.length.toString(16)};${bytes(20).toString('latin1')}`])}${pick(ends)}${part.toString('latin1')}${pick(ends)}`;
  }
  return latin(`${out}${pick(['0\r\n\r\n', '0\r\nHost: a\r\n\r\n', '', '-1\r\n'])}`);
}

/** A whole request whose body is what nobody expects. */
function bodied(room, { pick, bytes, oneIn }) {
  const operation = pick(asked.filter(({ method }) => method === 'POST'));
  const body = oneIn(3) ? bytes(5000) : latin(pick(['{', '[', '{"":', '"', '{"lines":"', '{"a":[']).repeat(1 + bytes(900).length));
  const head = `POST ${addressOf(operation)} HTTP/1.1\r\nHost: ${room.url.host}\r\nCookie: ${room.cookie}\r\nOrigin: ${room.origin}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([latin(head), body]);
}

function requestOf(room, n) {
  const roll = dice(n);
  const kinds = [
    () => roll.bytes(2000),
    () => spoiled(fine(room, roll), roll),
    () => spoiled(fine(room, roll), roll),
    () => latin(line(roll) + headers(room, roll)),
    () => latin(`GET /api/v1/status HTTP/1.1\r\n${headers(room, roll)}`),
    () => chunked(room, roll),
    () => bodied(room, roll),
    () => Buffer.concat(Array.from({ length: 1 + roll.below(8) }, () => (roll.oneIn(4) ? spoiled(fine(room, roll), roll) : fine(room, roll)))),
  ];
  return { bytes: roll.pick(kinds)(), slow: roll.oneIn(SLOW_ONE_IN), breaks: roll.oneIn(20) };
}

/** Sends it on a connection of its own; gives what came back. Who said half of something and is silent is waited
 * for by the room longer than here. */
function send(room, { bytes, slow, breaks }) {
  return new Promise((done) => {
    const parts = [];
    const socket = net.connect(Number(room.url.port), room.url.hostname);
    socket.on('data', (part) => parts.push(part));
    socket.setTimeout(QUIET_MS, () => socket.destroy());
    // A door that closes before all was said is no failure, and a broken pipe is how that looks.
    socket.on('error', () => {});
    socket.on('close', () => done(Buffer.concat(parts).toString('latin1')));
    const finish = () => (breaks ? socket.resetAndDestroy() : socket.end());
    if (!slow) {
      socket.write(bytes, finish);
      return;
    }
    const step = Math.max(1, Math.ceil(bytes.length / 20));
    const drip = (at) => {
      if (socket.destroyed) return;
      if (at >= bytes.length) finish();
      else socket.write(bytes.subarray(at, at + step), () => setTimeout(drip, SLOW_MS, at + step));
    };
    drip(0);
  });
}

const alive = async (room) => assert.equal((await room.get('/api/v1/status')).status, 200);

test(`${count} requests of random bytes: nothing fails (seed ${seed})`, async (room) => {
  let next = first;
  const one = async () => {
    while (next < first + count) {
      const n = next++;
      const said = await send(room, requestOf(room, n));
      for (const [, status] of said.matchAll(/^HTTP\/1\.\d (\d{3}) /gm))
        assert.ok(Number(status) < 500 || allowed.has(Number(status)), `request ${n}: ${status}`);
      assert.ok(said === '' || said.startsWith('HTTP/1.'), `request ${n}: ${said.slice(0, 60)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  await alive(room);
});

test('whoever begins requests and does not end them keeps no others out', async (room) => {
  const half = latin(`GET /api/v1/status HTTP/1.1\r\nHost: ${room.url.host}\r\nX: `);
  const sockets = Array.from({ length: 50 }, () => net.connect(Number(room.url.port), room.url.hostname));
  sockets.forEach((socket) => socket.on('error', () => {}));
  await Promise.all(sockets.map((socket) => new Promise((done) => socket.write(half, done))));
  await alive(room);
  sockets.forEach((socket) => socket.destroy());
  await alive(room);
});

test('the case is whole, and the program ends cleanly', async (room) => {
  room.check();
  assert.equal(await room.leave(), 0);
});

await runTests(
  async () => {
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    writeFileSync(path.join(leak, 'a.txt'), 'Tehran, March 3, 2014\n\nForeign Minister Javad Zarif told Adel Abdel Mahdi that Qassem Soleimani would travel.\n');
    const room = await Room.open({ leak });
    rmSync(leak, { recursive: true, force: true });
    await room.enter();
    return room;
  },
  (room) => room.close(),
);
