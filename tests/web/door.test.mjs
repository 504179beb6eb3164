// The reading room's door and its API, by plain HTTP.

import assert from 'node:assert/strict';
import { Room, runTests, test, xssName } from './lib.mjs';

const api = '/api/v1/status';

test('without a token there is no room', async (room) => {
  for (const target of ['/', '/?t=', '/?t=0123456789abcdef0123456789abcdef']) {
    const answer = await room.get(target);
    assert.equal(answer.status, 401);
    assert.equal(answer.headers['set-cookie'], undefined);
    assert.match(answer.text, /opens once/);
  }
  const answer = await room.get(api);
  assert.equal(answer.status, 401);
  assert.equal(answer.json.error.code, 'session');
});

test('HEAD does not spend the token', async (room) => {
  const answer = await room.get(`/?t=${room.token}`, { method: 'HEAD' });
  assert.equal(answer.status, 401);
});

test('a wrong Host is refused even with the token', async (room) => {
  for (const host of ['rebound.example', `rebound.example:${room.url.port}`, '127.0.0.1', '127.0.0.1:1']) {
    const answer = await room.get(`/?t=${room.token}`, { headers: { host } });
    assert.equal(answer.status, 403, host);
    assert.equal(answer.json.error.code, 'host');
  }
});

test('the token opens once, for a strict cookie', async (room) => {
  const answer = await room.enter();
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.location, '/');
  assert.match(answer.headers['set-cookie'][0], /; HttpOnly; SameSite=Strict$/);
  assert.equal((await room.get('/')).status, 200);
  const again = await room.get(`/?t=${room.token}`, { cookie: '' });
  assert.equal(again.status, 401);
  assert.equal(again.headers['set-cookie'], undefined);
});

test('a changed cookie is refused', async (room) => {
  const last = room.cookie.at(-1) === '0' ? '1' : '0';
  for (const cookie of [room.cookie.slice(0, -1), room.cookie.slice(0, -1) + last, `${room.cookie}0`, 'sanad=1'])
    assert.equal((await room.get(api, { cookie })).status, 401);
});

test('the cookie does not open it under another name', async (room) => {
  const answer = await room.get(api, { headers: { host: `rebound.example:${room.url.port}` } });
  assert.equal(answer.status, 403);
});

test('requests of other sites are refused', async (room) => {
  const others = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://evil.example' },
    { origin: `http://127.0.0.1:${Number(room.url.port) + 1}` },
    { origin: 'null' },
  ];
  for (const headers of others) {
    assert.equal((await room.get(api, { headers })).json.error.code, 'origin');
    assert.equal((await room.get('/api/v1/leave', { method: 'POST', headers })).status, 403);
  }
  assert.equal((await room.get('/api/v1/leave', { method: 'POST' })).status, 403);
  assert.equal((await room.get(api, { headers: { 'sec-fetch-site': 'same-origin' } })).status, 200);
});

test('every answer carries the security headers', async (room) => {
  for (const target of ['/', '/assets/app.js', api, '/nothing', '/api/v1/items/999999']) {
    const { headers } = await room.get(target);
    const csp = headers['content-security-policy'];
    assert.match(csp, /^default-src 'none'; script-src 'self'; style-src 'self';/);
    assert.doesNotMatch(csp, /unsafe|\*|https?:/);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  }
});

test('paths lead nowhere but to the table of routes', async (room) => {
  const paths = [
    '/..', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/assets/../api/v1/status', '/assets/..%2f..%2fetc%2fpasswd',
    '/assets/', '/assets/app.js/', '/assets//etc/passwd', '/api/v1/items/1/../../status', '/api/v1/items/%2e%2e',
    '/api/v1/items/0', '/api/v1/items/-1', '/api/v1/items/1e3', '/api/v1/items/99999999999999999999',
    '/api/v1/items/1/pages/0', '/api/v1/items/1/pages/../image', '/api/v2/status', '/cables.sanad/keys',
  ];
  for (const target of paths) {
    const answer = await room.get(target);
    assert.equal(answer.status, 404, target);
    assert.doesNotMatch(answer.text, /root:/);
  }
});

test('methods that are not in the table are refused', async (room) => {
  const answer = await room.get(api, { method: 'PUT', headers: { origin: room.origin } });
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.allow, 'GET, HEAD');
  const body = await room.get('/api/v1/leave', { method: 'POST', headers: { origin: room.origin }, body: 'x' });
  assert.equal(body.status, 413);
  assert.equal(body.json.error.code, 'too-large');
  const large = await room.get('/api/v1/leave', { method: 'POST', headers: { origin: room.origin }, body: 'x'.repeat(70000) });
  assert.equal(large.status, 413);
});

test('bad parameters are named', async (room) => {
  const bad = [
    'search?q=a&limit=0', 'search?q=a&limit=201', 'search?q=a&limit=x', 'search?q=a&offset=-1',
    'search?q=a&sort=size', 'search?q=%FF', 'search?q=a%00b', `search?q=${'a'.repeat(9000)}`,
    'ledger?outcome=lost', 'ledger?reason=x', 'ledger?after=-1', 'ledger?limit=1001',
    'items/1/pages/1/image?dpi=35', 'items/1/pages/1/image?dpi=301', 'items/1/pages/1/image?dpi=1.5',
  ];
  for (const target of bad) {
    const answer = await room.get(`/api/v1/${target}`);
    assert.equal(answer.status, 400, target.slice(0, 40));
    assert.equal(answer.json.error.code, 'bad-request');
  }
});

test('any string is a query', async (room) => {
  for (const q of ['', '"', '((', 'AND', 'NEAR(', 'type:', 'http://a.example/?b=c&d', "'; DROP TABLE item; --", '%', '🗂', '\u202e']) {
    const answer = await room.search(q);
    assert.equal(answer.status, 200, q);
    assert.equal(typeof answer.json.total, 'number');
  }
});

test('the ledger is given whole, part by part', async (room) => {
  const { items, outcomes } = (await room.get(api)).json;
  const seen = new Set();
  let after = 0;
  while (after !== null) {
    const { rows, next } = (await room.get(`/api/v1/ledger?limit=17&after=${after}`)).json;
    rows.forEach((row) => seen.add(row.item));
    after = next;
  }
  assert.equal(seen.size, items);
  assert.equal(Object.values(outcomes).reduce((a, b) => a + b), items);
  const failed = (await room.get('/api/v1/ledger?outcome=failed&reason=password&limit=1000')).json.rows;
  assert.ok(failed.length > 0);
  assert.ok(failed.every((row) => row.outcome === 'failed' && row.reason === 'password'));
});

test('search: totals, offsets, facets, marks in UTF-16 units', async (room) => {
  const all = (await room.search('وزارت', '&limit=200&facets=1')).json;
  assert.ok(all.total > 5);
  assert.equal(all.hits.length, all.total);
  assert.equal(all.facets.type.reduce((sum, { items }) => sum + items, 0), all.total);
  const second = (await room.search('وزارت', '&limit=2&offset=2')).json;
  assert.deepEqual(second.hits.map((hit) => hit.item), all.hits.slice(2, 4).map((hit) => hit.item));
  for (const hit of all.hits) {
    assert.ok(hit.marks.length > 0, hit.path);
    for (const [start, end] of hit.marks) assert.match(hit.snippet.slice(start, end), /وزار|وز/);
  }
});

test('a page: marks stand on words, boxes on the page, the picture is a PNG', async (room) => {
  const { hits } = (await room.search('وزارت type:image')).json;
  const hit = hits.find(({ ocr }) => ocr);
  const page = (await room.get(`/api/v1/items/${hit.item}/pages/${hit.page}?q=${encodeURIComponent('وزارت')}`)).json;
  assert.equal(page.method, 'ocr');
  assert.equal(page.dir, 'rtl');
  assert.ok(page.confidence > 0 && page.confidence <= 100);
  assert.ok(page.marks.length > 0);
  assert.ok(page.boxes.length >= page.marks.length);
  for (const [mark, x0, y0, x1, y1] of page.boxes) {
    assert.ok(mark < page.marks.length);
    assert.ok(0 <= x0 && x0 < x1 && x1 <= 65535 && 0 <= y0 && y0 < y1 && y1 <= 65535);
  }
  const image = await room.get(`/api/v1/items/${hit.item}/pages/${hit.page}/image?dpi=72`);
  assert.equal(image.headers['content-type'], 'image/png');
  assert.equal(image.bytes.subarray(1, 4).toString(), 'PNG');
  assert.equal((await room.get(`/api/v1/items/${hit.item}/pages/9999/image`)).status, 404);
  const pages = (await room.get(`/api/v1/items/${hit.item}/hits?q=${encodeURIComponent('وزارت')}`)).json.pages;
  assert.ok(pages.includes(hit.page));
});

test('an item: its chain, its children, its copies', async (room) => {
  const rows = (await room.get('/api/v1/ledger?limit=1000')).json.rows;
  const deep = rows.filter((row) => row.path.split('!/').length > 2)[0];
  const item = (await room.get(`/api/v1/items/${deep.item}`)).json;
  assert.equal(item.containers.length, item.path.split('!/').length - 1);
  assert.equal(item.containers[0].item, item.parent);
  const children = (await room.get(`/api/v1/ledger?parent=${item.parent}`)).json.rows;
  assert.ok(children.some((row) => row.item === item.item));
  const copy = rows.find((row) => row.outcome === 'duplicate');
  const first = (await room.get(`/api/v1/items/${copy.duplicate_of}`)).json;
  assert.ok(first.duplicates.some(({ item: other }) => other === copy.item));
  assert.equal(first.sha256, copy.sha256);
  assert.equal((await room.get('/api/v1/items/99999')).status, 404);
});

test('hostile names come back as they are, in JSON only', async (room) => {
  const { hits } = (await room.search('zanzibar')).json;
  assert.ok(hits.some((hit) => hit.name === xssName));
});

test('many requests at a time wait their turn', async (room) => {
  const asked = Array.from({ length: 60 }, (_, i) => room.search(i % 2 ? 'وزارت' : 'harbour', '&facets=1'));
  assert.deepEqual([...new Set((await Promise.all(asked)).map(({ status }) => status))], [200]);
});

test('leaving ends the session', async (room) => {
  const answer = await room.get('/api/v1/leave', { method: 'POST', headers: { origin: room.origin } });
  assert.equal(answer.status, 204);
  assert.equal((await room.get(api)).status, 401);
});

test('SIGTERM closes the room cleanly', async (room) => {
  assert.equal(await room.leave(), 0);
});

await runTests(
  () => Room.open(),
  (room) => room.close(),
);
