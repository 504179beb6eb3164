// The overview and the ledger: what they count is what the lists behind them hold; what failed is read
// again; by HTTP and in a browser, in English and Persian.

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inBrowser, openBrowser, openPage, Room, runTests, test } from './lib.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const locked = path.join(
  process.env.SANAD_SHARED ?? path.join(root, '../shared'),
  'data/fixtures/aleph-ingest-file/password-hunter2.pdf',
);
const folder = mkdtempSync(path.join(tmpdir(), 'sanad-overview-'));
const FILES = 130;

const ledger = (room, more = '') => room.get(`/api/v1/ledger?limit=1000${more}`);
const sums = async (room, more = '') => (await room.get(`/api/v1/ledger/sums?${more}`)).json;

/** Rows of RFC 4180. */
function readCsv(text) {
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

// ---- by HTTP ----

test('every bar of the overview counts what its search finds', async ({ room }) => {
  const { json } = await room.get('/api/v1/overview');
  const fields = { type: 'type', lang: 'lang', year: 'date', folder: 'path' };
  let compared = 0;
  for (const [name, field] of Object.entries(fields)) {
    for (const { value, items } of json.facets[name].filter((one) => one.value !== '')) {
      assert.equal((await room.search(`${field}:"${value}"`)).json.total, items, `${name} ${value}`);
      compared++;
    }
  }
  assert.ok(compared >= 5);
  assert.equal((await room.search('date:"none"')).json.total, json.undated);
  assert.equal(json.running, null);
  assert.equal(json.waiting, 0);
  assert.equal(json.differing, 1);
});

test('what is new is counted from the last visit, which ends when the next begins', async ({ room }) => {
  const first = (await room.get('/api/v1/overview')).json;
  assert.equal(first.since, null);
  const seen = { items: 3, acts: first.acts };
  assert.equal((await room.post('/api/v1/visits', seen)).status, 204);
  assert.equal((await room.get('/api/v1/overview')).json.since, null);
  await room.leave();
  await room.serve();
  await room.enter();
  assert.equal((await room.post('/api/v1/visits', { items: first.items, acts: first.acts })).status, 204);
  const { since } = (await room.get('/api/v1/overview')).json;
  assert.equal(since.after, 3);
  assert.equal(since.items, first.items - 3);
  assert.equal((await sums(room, 'after=3')).items, since.items);
  assert.equal((await room.post('/api/v1/visits', { items: -1 })).status, 400);
});

test('the ledger is filtered, summed and given from any place', async ({ room }) => {
  const all = (await ledger(room)).json.rows;
  assert.equal((await sums(room)).items, all.length);
  for (const [filter, fits] of [
    ['outcome=failed', (row) => row.outcome === 'failed'],
    ['type=text/plain', (row) => row.type === 'text/plain'],
    [`folder=${encodeURIComponent(path.join(folder, 'leak/many'))}`, (row) => row.path.includes('/leak/many/')],
    ['words=MANY%201', (row) => /many/.test(row.path) && /1/.test(row.path)],
    ['words=%25', (row) => row.path.includes('%')],
    ['words=_', (row) => row.path.includes('_')],
    ['differs=1', (row) => row.outcome === 'duplicate' && row.name === 'other name.txt'],
    ['unequal=1', () => false],
    ['after=5&outcome=text', (row) => row.item > 5 && row.outcome === 'text'],
  ]) {
    const { rows } = (await ledger(room, `&${filter}`)).json;
    assert.deepEqual(rows.map(({ item }) => item), all.filter(fits).map(({ item }) => item), filter);
    assert.equal((await sums(room, filter)).items, rows.length, filter);
    const { rows: part } = (await room.get(`/api/v1/ledger?${filter}&offset=1&limit=2`)).json;
    assert.deepEqual(part, rows.slice(1, 3), filter);
  }
  for (const bad of ['differs=2', 'offset=-1', 'outcome=x', `words=${'a'.repeat(5000)}`])
    for (const place of ['ledger', 'ledger/sums', 'ledger/csv'])
      if (place === 'ledger' || !bad.startsWith('offset'))
        assert.equal((await room.get(`/api/v1/${place}?${bad}`)).status, 400, `${place} ${bad}`);
  assert.ok(all.every((row) => row.children === row.announced));
});

test('the whole ledger as CSV: every row, and no formula', async ({ room }) => {
  const answer = await room.get('/api/v1/ledger/csv');
  assert.equal(answer.status, 200);
  assert.match(answer.headers['content-type'], /^text\/csv/);
  assert.match(answer.headers['content-disposition'], /attachment/);
  const [head, ...rows] = readCsv(answer.text);
  const all = (await ledger(room)).json.rows;
  const column = (name) => rows.map((row) => row[head.indexOf(name)]);
  assert.deepEqual(column('item'), all.map(({ item }) => String(item)));
  assert.ok(rows.every((row) => row.length === head.length));
  assert.ok(column('name').includes("'=1+1,\"x\".txt"));
  assert.equal(readCsv((await room.get('/api/v1/ledger/csv?outcome=failed')).text).length - 1, (await sums(room, 'outcome=failed')).items);
  assert.equal((await room.get('/api/v1/ledger/csv', { method: 'HEAD' })).status, 200);
  assert.equal((await room.get('/api/v1/ledger/csv', { cookie: '' })).status, 401);
});

async function whenDone(room) {
  for (;;) {
    const { json } = await room.get('/api/v1/retry');
    if (json.phase !== 'running') return json;
    await new Promise((done) => setTimeout(done, 50));
  }
}

test('what is no wish to read again is refused', async ({ room }) => {
  assert.equal((await room.get('/api/v1/retry')).json.phase, 'never');
  for (const wish of [{ reason: 'x' }, { langs: 'nolang' }, { langs: '../x' }, { item: 0 }, { passwords: 7 }, { passwords: 'a\u0000b' }])
    assert.equal((await room.post('/api/v1/retry', wish)).status, 400, JSON.stringify(wish));
  assert.equal((await room.get('/api/v1/retry')).json.phase, 'never');
});

test('a wrong password changes nothing, the right one opens, and neither is told', async ({ room }) => {
  if (!existsSync(locked)) return;
  assert.equal((await sums(room, 'reason=password')).items, 1);
  assert.equal((await room.post('/api/v1/retry', { reason: 'password', passwords: 'wrong-secret' })).status, 204);
  const wrong = await whenDone(room);
  assert.deepEqual([wrong.phase, wrong.count, wrong.helped, wrong.not_helped], ['done', 1, 0, 1]);
  assert.equal((await sums(room, 'reason=password')).items, 1);
  const { rows } = (await ledger(room, '&reason=password')).json;
  await room.post('/api/v1/retry', { item: rows[0].item, passwords: 'another\nhunter2\n' });
  const right = await whenDone(room);
  assert.deepEqual([right.phase, right.count, right.helped], ['done', 1, 1]);
  assert.equal((await sums(room, 'reason=password')).items, 0);
  for (const place of ['retry', 'overview', `items/${rows[0].item}`, 'ledger?limit=1000'])
    assert.doesNotMatch((await room.get(`/api/v1/${place}`)).text, /wrong-secret|hunter2\\n/);
});

// ---- in a browser ----

function assertQuiet(page) {
  assert.deepEqual(page.log.foreign, []);
  assert.deepEqual(page.log.complaints, []);
}

inBrowser('the room opens with the overview; a bar leads to its documents', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.waitForSelector('.overview .bars a');
  const bar = page.locator('.overview .bars a').first();
  const counted = await bar.locator('b').textContent();
  await bar.click();
  await page.waitForSelector('.found .summary');
  assert.ok((await page.textContent('.found .summary b')).startsWith(counted));
  await page.goBack();
  await page.waitForSelector('.overview .bars a');
  assertQuiet(page);
  await page.context().close();
});

inBrowser('by keys alone: to the overview, through its lines, to the ledger and a row', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(`${room.origin}/#/people`);
  await page.waitForSelector('.people');
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.waitForSelector('.overview .sums a');
  await page.keyboard.press('j');
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('href')), /^#\/ledger/);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.ledger tbody tr');
  await page.keyboard.press('f');
  await page.keyboard.type('cable 77');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelectorAll('.ledger tbody .name').length === 1);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.document');
  await page.goBack();
  await page.waitForSelector('.ledger tr.chosen');
  assertQuiet(page);
  await page.context().close();
});

inBrowser('a long ledger draws what is in view, and any row can be reached', async ({ browser, room }) => {
  const page = await openPage(browser, room, { viewport: { width: 1440, height: 600 } });
  await page.goto(`${room.origin}/#/ledger`);
  await page.waitForSelector('.ledger tbody td.id');
  const all = (await ledger(room)).json.rows;
  assert.ok((await page.locator('.ledger tbody td.id').count()) < all.length);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const last = all.at(-1);
  await page.waitForFunction(
    (name) => [...document.querySelectorAll('.ledger td.name a')].at(-1)?.textContent === name,
    last.name,
  );
  assertQuiet(page);
  await page.context().close();
});

inBrowser('Persian: what failed is read again from the screen, with a password that stays nowhere', async ({ browser, room }) => {
  const page = await openPage(browser, room, { locale: 'fa', live: true });
  const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/retry'));
  await page.goto(`${room.origin}/#/ledger`);
  await page.waitForSelector('.ledger tbody td.id');
  await page.keyboard.press('r');
  await page.waitForSelector('dialog.again[open]');
  await page.fill('dialog.again textarea', 'گذرواژه-secret');
  await page.locator('dialog.again button[type=submit]').click();
  assert.match((await posted).postData(), /گذرواژه-secret/);
  await page.waitForFunction(() => /سودمند|چیزی برای/.test(document.querySelector('.ledger .running')?.textContent ?? ''));
  const kept = await page.evaluate(() => JSON.stringify([history.state, location.href, { ...localStorage }, { ...sessionStorage }]));
  assert.doesNotMatch(kept, /secret/);
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
  assertQuiet(page);
  await page.context().close();
});

await runTests(
  async () => {
    const leak = path.join(folder, 'leak');
    mkdirSync(path.join(leak, 'many'), { recursive: true });
    for (let i = 0; i < FILES; i++)
      writeFileSync(path.join(leak, 'many', `cable ${i}.txt`), `Tehran, March ${1 + (i % 28)}, ${1979 + (i % 5)}\n\nCable ${i} of the harbour office.\n`);
    writeFileSync(path.join(leak, '100%_sure.txt'), 'It is sure.\n');
    writeFileSync(path.join(leak, '=1+1,"x".txt'), 'No formula.\n');
    writeFileSync(path.join(leak, 'one name.txt'), 'The same letter.\n');
    cpSync(path.join(leak, 'one name.txt'), path.join(leak, 'other name.txt'));
    writeFileSync(path.join(leak, 'broken.pdf'), '%PDF-1.7\nthis is none\n');
    for (const name of ['one name.txt', 'other name.txt']) utimesSync(path.join(leak, name), 1000000, 1000000);
    if (existsSync(locked)) cpSync(locked, path.join(leak, 'locked.pdf'));
    const room = await Room.open({ leak, addOptions: ['--no-ocr'], serveOptions: ['--by', 'Sara'] });
    await room.enter();
    return { room, browser: await openBrowser() };
  },
  async ({ room, browser }) => {
    await browser?.close();
    await room.close();
    rmSync(folder, { recursive: true, force: true });
  },
);
