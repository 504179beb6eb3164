// Odd values in every parameter, every part of a path and every member of a body, of every route that
// docs/api/openapi.yaml names; and what is refused of every one: no session, another site, another name of the
// machine. A route that comes later is asked as well.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Room, runTests, test } from './lib.mjs';
import { addressOf, fits, operations, plainObject } from './operations.mjs';

const texts = {
  'a.txt': 'Tehran, March 3, 2014\n\nForeign Minister Javad Zarif told Adel Abdel Mahdi that Qassem Soleimani would travel.\n',
  'b.txt': 'تاریخ: ۱۳۹۳/۰۸/۱۲\n\nسردار قاسم سلیمانی در بغداد با حیدر العبادی نخست وزیر عراق دیدار کرد.\n',
};

/** As they stand in an address. */
const written = [
  '', '0', '00', '01', '-1', '-0', '+1', '1.0', '1e3', '0x1', '1%00', '%001', '%20', '%201', '1%20', '1%0A', '1,2', ',', ',,,,',
  'NaN', 'null', 'true', '999', '4294967295', '4294967296', '2147483648', '9007199254740993', '9223372036854775807',
  '9223372036854775808', '18446744073709551616', '1'.repeat(300), '-9223372036854775809',
  '%2e%2e', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '..%5c..%5c', '%252e%252e%252f', '..;', '....%2f%2f', '%2fetc%2fpasswd', '%2f', '%5c',
  'file:%2f%2f%2fetc%2fpasswd', '%c0%ae%c0%ae%c0%af', '%e0%80%af', '%f0%80%80%af', '%ed%a0%80', '%f4%90%80%80', '%ff%fe', '%80', '%',
  '%zz', '%u202e', '%00', 'a%00b', '%e2%80%ae', '%e2%81%a6a%e2%81%a9', '%ef%bb%bf', '%ef%bf%bf', '%d9%a1', '%db%b1', '%f0%9f%97%82',
  '%27', '%22', "%27%20OR%201=1--", '%3Cscript%3E', '(((((((', '%22%22%22', '*', '%25', '%5B%5D', '%7B%7D', '%0d%0aX-Made:%201',
  '2014-13-45', '0000-00-00', '99999-01-01', '2014-02-30', '1393-12-31',
  'a'.repeat(255), 'a'.repeat(257), 'a'.repeat(8193), '%d8%a7'.repeat(400), '('.repeat(1000), 'a%20'.repeat(1500), 'a*'.repeat(1000),
];

/** In the members of a body. */
const meant = [
  null, true, false, 0, -1, 1, 1.5, 1e308, -1e308, 9007199254740993, 4294967296, '', '1', '\0', 'a\0b', '\ud800', '\u202e', '\u2066a',
  '../../etc/passwd', '/etc/passwd', "'; DROP TABLE item; --", '<script>', 'a'.repeat(300), 'a'.repeat(6000), 'الف'.repeat(1000), '\n', '\r\nX: 1',
  [], {}, [[]], [null], [1, 'a', {}], { $ref: 1 }, Array(500).fill('a'), Array(3000).fill(1), [''], ['\0'], [-1], [0], [1, 1], [999999],
];

/** Whole bodies that no route takes, and some that are hardly one. */
const bodies = [
  '', ' ', 'null', '1', '"a"', '[]', '[{}]', '{', '{}}', '{"a"', "{'a':1}", '{"a":1,}', '\ufeff{}', '{"\\ud800":1}', '{"a":"\u0000"}', '{"a":NaN}',
  '{"a":1e999}', `{"a":${'9'.repeat(400)}}`, '['.repeat(900), `${'{"a":'.repeat(600)}1${'}'.repeat(600)}`, '{"a":1,"a":2}', '{"__proto__":{}}',
  Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from([0, 0, 0]),
];

const json = 'application/json';
const told = ({ method, path: at }, what) => `${method} ${at}: ${String(what).slice(0, 90)}`;
/** The stream does not end, and leaving is for the end. */
const asked = operations.filter(({ id, endless }) => id !== 'leave' && !endless);

/** Asks until it is its turn: too many at a time is no answer to the value. */
async function ask(room, target, options) {
  for (;;) {
    const answer = await room.get(target, options);
    if (answer.status !== 429) return answer;
    await new Promise((done) => setTimeout(done, 20));
  }
}

function assertKnown(operation, { status, headers, json: said }, what) {
  assert.ok(operation.statuses.includes(status) || (status >= 400 && status < 500), `${told(operation, what)}: ${status}`);
  assert.equal(headers['x-made'], undefined);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  if (status >= 400) assert.equal(typeof said?.error.code, 'string', told(operation, what));
}

function optionsOf(room, operation, body = operation.body ? JSON.stringify(plainObject(operation.body)) : undefined) {
  if (operation.method === 'GET') return {};
  return { method: operation.method, headers: { origin: room.origin, 'content-type': json }, body };
}

test('no route answers whoever has no session', async (room) => {
  const last = room.cookie.at(-1) === '0' ? '1' : '0';
  const strangers = [undefined, '', room.oldCookie, room.cookie.slice(0, -1) + last, `${room.cookie.split('=')[0]}=${room.token}`];
  for (const operation of operations.filter(({ open }) => !open))
    for (const cookie of strangers) {
      const answer = await room.get(addressOf(operation), { ...optionsOf(room, operation), cookie: cookie ?? '' });
      assert.equal(answer.status, 401, told(operation, cookie));
      assert.equal(answer.json.error.code, 'session');
    }
});

test('no route answers another site, nor another name of the machine', async (room) => {
  const port = Number(room.url.port);
  const sites = [
    { origin: 'http://evil.example' }, { origin: 'null' }, { origin: `https://127.0.0.1:${port}` },
    { origin: `http://127.0.0.1:${port + 1}` }, { origin: `http://127.0.0.1:${port}.evil.example` }, { origin: `http://127.0.0.1:${port}@evil.example` },
    { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: room.origin, 'sec-fetch-site': 'cross-site' },
  ];
  const hosts = [
    `rebound.example:${port}`, 'rebound.example', '127.0.0.1', `127.0.0.1:${port + 1}`, `127.0.0.1:0${port}`, `127.0.0.1.:${port}`, `0x7f.1:${port}`,
    `2130706433:${port}`, `[::ffff:127.0.0.1]:${port}`, `0.0.0.0:${port}`, `localhost.:${port}`, `a.localhost:${port}`, `127.0.0.1:${port},evil.example`,
  ];
  for (const operation of operations) {
    const options = optionsOf(room, operation);
    for (const site of sites) {
      const answer = await room.get(addressOf(operation), { ...options, headers: { ...options.headers, ...site } });
      assert.equal(answer.status, 403, told(operation, JSON.stringify(site)));
    }
    for (const host of hosts) {
      const answer = await room.get(addressOf(operation), { ...options, headers: { ...options.headers, host } });
      assert.ok([400, 403].includes(answer.status), told(operation, `${host} ${answer.status}`));
    }
  }
});

test('a change is asked for by the room itself or not at all', async (room) => {
  for (const operation of operations.filter(({ method }) => method !== 'GET')) {
    const { method, body } = optionsOf(room, operation);
    for (const headers of [{ 'content-type': json }, { 'sec-fetch-site': 'none', 'content-type': json }])
      assert.equal((await room.get(addressOf(operation), { method, body, headers })).status, 403, told(operation, ''));
    // What a form of another site could send without being asked.
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a', `${json}; a=b`, '']) {
      if (!operation.body) continue;
      const answer = await ask(room, addressOf(operation), { method, body, headers: { origin: room.origin, 'content-type': type } });
      assert.equal(answer.status, 400, told(operation, type));
    }
  }
});

test('an odd value in a part of an address is no address', async (room) => {
  for (const operation of asked)
    for (const { name, schema } of operation.parameters.filter((one) => one.in === 'path'))
      for (const value of written) {
        if (fits(schema, value)) continue;
        const answer = await ask(room, addressOf(operation, { [name]: value }), optionsOf(room, operation));
        // What leaves another route's address is that route's, and what is there the method may not fit.
        assert.ok([400, 404, 405].includes(answer.status) || value === '' || value === '%2f', `${told(operation, value)}: ${answer.status}`);
        assert.ok(answer.status < 500, told(operation, value));
      }
});

test('an odd value of a parameter is refused or answered as documented', async (room) => {
  for (const operation of asked)
    for (const { name, schema } of operation.parameters.filter((one) => one.in === 'query'))
      for (const value of written) {
        const answer = await ask(room, addressOf(operation, { [name]: value }), optionsOf(room, operation));
        assertKnown(operation, answer, `${name}=${value}`);
        if (!fits(schema, value)) assert.ok([400, 404].includes(answer.status), `${told(operation, `${name}=${value}`)}: ${answer.status}`);
      }
});

test('parameters twice, without a value, unknown, or far too many', async (room) => {
  for (const operation of asked.filter(({ method }) => method === 'GET')) {
    const address = addressOf(operation);
    const join = address.includes('?') ? '&' : '?';
    const names = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
    const odd = [
      ...names.flatMap((name) => [`${name}=1&${name}=2`, name, `${name}[]=1`, `${name}[a]=1`, `${name.toUpperCase()}=1`, `${name}=1;${name}=2`, `${name}%00=1`]),
      'a=1', '=', '&&&', '=1', '%=1', '%ff=1', Array.from({ length: 400 }, (_, i) => `p${i}=1`).join('&'), `${'n'.repeat(3000)}=1`,
    ];
    for (const more of odd) assertKnown(operation, await ask(room, `${address}${join}${more}`), more);
  }
});

test('an odd member of a body is refused or answered as documented', async (room) => {
  for (const operation of asked.filter(({ body }) => body)) {
    const plain = plainObject(operation.body);
    for (const name of [...Object.keys(operation.body.properties), 'unknown', '', '__proto__', '\0'])
      for (const value of meant) {
        const body = JSON.stringify(Object.fromEntries([...Object.entries(plain).filter(([key]) => key !== name), [name, value]]));
        assertKnown(operation, await ask(room, addressOf(operation), optionsOf(room, operation, body)), body);
      }
    for (const name of Object.keys(plain)) {
      const body = JSON.stringify({ ...plain, [name]: undefined });
      const answer = await ask(room, addressOf(operation), optionsOf(room, operation, body));
      assert.ok(answer.status >= 400 && answer.status < 500, told(operation, `without ${name}: ${answer.status}`));
    }
  }
});

test('what is no object is no body', async (room) => {
  for (const operation of asked.filter(({ method }) => method !== 'GET'))
    for (const body of bodies) {
      const answer = await ask(room, addressOf(operation), optionsOf(room, operation, body));
      assertKnown(operation, answer, body);
      if (operation.body && !/^\{("|\\)/.test(String(body))) assert.equal(answer.status, 400, told(operation, body));
      if (!operation.body && body.length > 0) assert.equal(answer.status, 413, told(operation, body));
    }
});

test('after all of it the case is whole and the room answers', async (room) => {
  assert.equal((await ask(room, '/api/v1/status')).json.items, Object.keys(texts).length);
  room.check();
});

await runTests(
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    mkdirSync(path.join(folder, 'leak'));
    for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, 'leak', name), text);
    const room = await Room.open({ leak: path.join(folder, 'leak') });
    rmSync(folder, { recursive: true, force: true });
    await room.enter();
    room.oldCookie = room.cookie;
    await room.leave();
    await room.serve();
    room.cookie = undefined;
    await room.enter();
    return room;
  },
  async (room) => {
    await room.leave();
    await room.close();
  },
);
