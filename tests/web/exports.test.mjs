// Originals taken away as a ZIP, and lists as CSV, also while documents are being read in.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inBrowser, openBrowser, openPage, Room, runTests, sanad, test } from './lib.mjs';
import { readZip } from './zip.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'sanad-exports-'));
const leak = path.join(folder, 'leak');
const large = 'harbour and quay\n'.repeat(200000);
const texts = {
  'CON/one.txt': 'The harbour of Basra.\n',
  'a/\u202egnp.exe.txt': 'A harbour that hides its ending.\n',
  'a/desktop.ini': '[.ShellClassInfo]\nIconFile=harbour\n',
  'b/large.txt': large,
  'b/سند.txt': 'harbour\n',
};
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function write(root, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

/** The bytes of a download, once they are ordered. */
async function fetchParcel(room, values) {
  const ordered = await room.post('/api/v1/exports/originals', values);
  assert.equal(ordered.status, 200, ordered.text);
  const answer = await room.get(`/api/v1/exports/${ordered.json.id}`);
  assert.equal(answer.status, 200);
  return { ordered: ordered.json, answer, files: readZip(answer.bytes) };
}

/** The number of the last entry of the custody log. */
const acts = async (room) => (await room.get('/api/v1/overview')).json.acts;

// ---- by HTTP ----

test('the originals of all that a search finds, with a manifest', async ({ room }) => {
  const { ordered, answer, files } = await fetchParcel(room, { query: 'harbour', why: 'for print' });
  assert.deepEqual([ordered.documents, ordered.originals], [5, 5]);
  assert.equal(answer.headers['content-type'], 'application/zip');
  assert.equal(answer.headers['content-disposition'], 'attachment; filename="originals.zip"');
  const manifest = JSON.parse(files.get('manifest.json'));
  assert.deepEqual(
    [manifest.v, manifest.case, manifest.by, manifest.why, manifest.query],
    [1, 'cables.sanad', 'Mina', 'for print', 'harbour'],
  );
  assert.equal(manifest.items.length, 5);
  for (const item of manifest.items) {
    const bytes = files.get(item.file);
    assert.equal(sha256(bytes), item.sha256, item.path);
    assert.equal(bytes.length, item.bytes);
    assert.equal(bytes.toString(), texts[path.relative(leak, item.path)]);
    assert.match(item.file, new RegExp(`/item-${item.item}-[^/]+$`));
    assert.equal(item.given, 'here');
  }
  const names = [...files.keys()].filter((name) => name.startsWith('originals/'));
  assert.equal(names.length, 5);
  for (const name of names) assert.doesNotMatch(name, /\/CON\/|\u202e|\.ini$|\.\.|\\/);
  assert.equal(files.get('manifest.csv').toString().split('\r\n').length, 7);
  assert.match(files.get('READ-FIRST.txt').toString(), /without a network/);
  assert.equal(manifest.custody_entry, await acts(room));
});

test('they are given once, and only the session is given them', async ({ room }) => {
  const { json } = await room.post('/api/v1/exports/originals', { query: 'harbour' });
  const target = `/api/v1/exports/${json.id}`;
  assert.equal((await room.get(target, { cookie: 'sanad=none' })).status, 401);
  assert.equal((await room.get(target)).status, 200);
  assert.equal((await room.get(target)).status, 404);
  assert.equal((await room.get('/api/v1/exports/99999')).status, 404);
  assert.equal((await room.get('/api/v1/exports/originals')).status, 405);
});

test('chosen ones, each once', async ({ room }) => {
  const { hits } = (await room.search('harbour', '&sort=path')).json;
  const [a, b] = hits.map(({ item }) => item);
  const { files } = await fetchParcel(room, { query: 'harbour', items: `${b},${a},${b}` });
  assert.deepEqual(JSON.parse(files.get('manifest.json')).items.map(({ item }) => item), [a, b].sort((x, y) => x - y));
  for (const items of ['x', '1,,2', '0', '-1', '99999999999999999999', '1;2'])
    assert.equal((await room.post('/api/v1/exports/originals', { items })).status, 400, items);
  assert.equal((await room.post('/api/v1/exports/originals', { items: '4711' })).status, 404);
  assert.equal((await room.post('/api/v1/exports/originals', { query: 'nobody-at-all' })).status, 404);
});

test('who goes away in the middle harms nobody', async ({ room }) => {
  for (let i = 0; i < 4; i++) {
    const { json } = await room.post('/api/v1/exports/originals', { query: 'harbour' });
    await new Promise((done, failed) => {
      const request = http.get(
        { host: room.url.hostname, port: room.url.port, path: `/api/v1/exports/${json.id}`, headers: { cookie: room.cookie }, agent: false },
        (answer) => answer.once('data', () => {
          request.destroy();
          done();
        }),
      );
      request.on('error', (error) => error.code === 'ECONNRESET' || failed(error));
    });
  }
  await fetchWhenFree(room);
});

/** Those that were left keep their places until they notice. */
async function fetchWhenFree(room) {
  const { json } = await room.post('/api/v1/exports/originals', { query: 'harbour' });
  for (;;) {
    const answer = await room.get(`/api/v1/exports/${json.id}`);
    if (answer.status === 200) return readZip(answer.bytes);
    assert.equal(answer.status, 429);
    await new Promise((done) => setTimeout(done, 50));
  }
}

test('what is damaged is left out and named', async ({ room }) => {
  const { hits } = (await room.search('large')).json;
  const objects = path.join(room.case, 'objects');
  const all = readdirSync(objects, { recursive: true }).map((name) => path.join(objects, name));
  const sizes = all.filter((name) => statSync(name).isFile()).sort((a, b) => statSync(b).size - statSync(a).size);
  const whole = readFileSync(sizes[0]);
  const broken = Buffer.from(whole);
  broken[broken.length - 5] ^= 1;
  writeFileSync(sizes[0], broken);
  const { files } = await fetchParcel(room, { query: 'harbour' });
  writeFileSync(sizes[0], whole);
  const items = JSON.parse(files.get('manifest.json')).items;
  const left = items.filter(({ given }) => given !== 'here');
  assert.equal(left.length, 1);
  assert.deepEqual([left[0].given, left[0].file], ['left out: damaged', null]);
  assert.ok(hits.length === 0 || left[0].item === hits[0].item);
});

test('while documents are being read in, lists, originals and the history are recorded', async ({ room }) => {
  const more = path.join(folder, 'more');
  write(more, Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`${i}.txt`, `harbour number ${i} `.repeat(300)])));
  const add = spawn(sanad, ['add', room.case, more, '--json'], { env: room.env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => add.once('exit', done));
  await new Promise((done) => add.stdout.once('data', done));
  add.stdout.resume();
  for (let i = 0; i < 3; i++) {
    assert.equal((await room.post('/api/v1/exports', { query: 'harbour', sort: 'path' })).status, 200);
    assert.equal((await room.post('/api/v1/history', { view: `{"q":"${i}"}`, documents: 1 })).status, 204);
    const { files } = await fetchParcel(room, { query: 'harbour' });
    assert.ok(files.has('manifest.json'));
  }
  assert.equal(await ended, 0);
  assert.equal((await room.search('harbour')).json.total, 605);
});

test('a list of any length is sent as it is read', async ({ room }) => {
  const list = await room.post('/api/v1/exports', { query: 'harbour', sort: 'path' });
  assert.equal(list.headers['transfer-encoding'], 'chunked');
  const rows = list.text.trimEnd().split('\r\n').slice(1);
  assert.equal(rows.length, 605);
  const { hits } = (await room.search('harbour', '&sort=path&limit=200')).json;
  assert.deepEqual(rows.slice(0, 200).map((row) => Number(row.split(',')[0])), hits.map(({ item }) => item));
});

// ---- in a browser ----

async function assertQuiet(page) {
  assert.deepEqual(page.log.foreign, []);
  assert.deepEqual(page.log.complaints, []);
  await page.context().close();
}

async function search(page, q) {
  await page.goto('/#/', { waitUntil: 'domcontentloaded' });
  await page.fill('input[type=search]', q);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit h3');
}

inBrowser('by keyboard: two results are picked out and taken', async ({ room, browser }) => {
  const page = await openPage(browser, room, { baseURL: room.origin });
  await search(page, 'Basra OR ending');
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await page.waitForFunction(() => document.querySelectorAll('.hit .pick:checked').length === 2);
  await page.keyboard.press('o');
  await page.waitForSelector('dialog.warning[open]');
  await page.fill('dialog.warning input', 'for a colleague');
  const [taken] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(taken.suggestedFilename(), 'originals.zip');
  assert.match(taken.url(), /\/api\/v1\/exports\/\d+$/);
  const files = readZip(readFileSync(await taken.path()));
  const manifest = JSON.parse(files.get('manifest.json'));
  assert.deepEqual([manifest.items.length, manifest.why], [2, 'for a colleague']);
  await page.waitForSelector('dialog.warning', { state: 'detached' });
  await assertQuiet(page);
});

inBrowser('in Persian: all that was found, with a click', async ({ room, browser }) => {
  const page = await openPage(browser, room, { baseURL: room.origin, locale: 'fa' });
  await search(page, 'Basra');
  await page.getByRole('button', { name: /اصل سندها در ZIP/ }).click();
  const [taken] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('dialog.warning button[type=submit]').click(),
  ]);
  assert.ok(readZip(readFileSync(await taken.path())).has('manifest.csv'));
  await assertQuiet(page);
});

async function open() {
  write(leak, texts);
  const room = await Room.open({ leak, serveOptions: ['--by', 'Mina'] });
  await room.enter();
  return { room, browser: await openBrowser() };
}

async function close({ room, browser }) {
  await browser?.close();
  await room.close();
  rmSync(folder, { recursive: true, force: true });
}

await runTests(open, close);
