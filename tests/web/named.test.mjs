// Who the results of a search name: counted exactly, beside the results and never before them, and chosen
// to narrow them down.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeQuiet, inBrowser, openBrowser, openPage, Room, runTests, test } from './lib.mjs';

const texts = [
  'Prime Minister Abdul Karim Qasim received Ambassador John Jernegan in Baghdad to speak of the harbour.',
  'Ambassador John Jernegan met Foreign Minister Hashim Jawad in Baghdad. The Ministry of Oil spoke of the harbour.',
  'Foreign Minister Hashim Jawad told President Gamal Abdel Nasser in Cairo of the harbour. Prime Minister Abdul Karim Qasim was in Baghdad.',
  'President Gamal Abdel Nasser wrote to Secretary Dulles in Washington: the harbour at Basra stays as it is.',
  'Ambassador John Jernegan, President Gamal Abdel Nasser and Prime Minister Abdul Karim Qasim saw the harbour of Basra.',
  'Nobody is named who saw the harbour.',
];

const namesOf = async (room, q, more = '') =>
  (await room.get(`/api/v1/search/names?q=${encodeURIComponent(q)}${more}`)).json;

test('each count is what its filter leaves', async ({ room }) => {
  const { documents, kinds } = await namesOf(room, 'harbour', '&limit=50');
  assert.equal(documents, (await room.search('harbour')).json.total);
  assert.deepEqual(kinds.map(({ kind }) => kind), ['person', 'organisation', 'place']);
  assert.ok(kinds[0].names.length > 2);
  for (const { names, total } of kinds) {
    assert.equal(total >= 50 ? 50 : total, names.length);
    for (const [i, { id, name, documents: count }] of names.entries()) {
      assert.equal((await room.search(`harbour named:${id}`)).json.total, count, name);
      assert.ok(i === 0 || names[i - 1].documents >= count);
    }
  }
  const [{ id, documents: first }, { id: other }] = kinds[0].names;
  const both = (await room.search(`harbour named:${id} named:"#${other}"`)).json.total;
  assert.ok(both <= first);
  assert.equal((await namesOf(room, `harbour named:${id} named:${other}`)).documents, both);
});

test('what a number does not name passes nothing, and is said', async ({ room }) => {
  for (const value of ['99999999', '0', 'Sepidar', '1x', '999999999999999999999']) {
    const { total, note } = (await room.search(`harbour named:${value}`)).json;
    assert.equal(total, 0);
    assert.match(note, /no document names/);
  }
  assert.equal((await room.get('/api/v1/search/names?q=a&limit=51')).status, 400);
  assert.equal((await room.get('/api/v1/search/names?q=a', { cookie: '' })).status, 401);
  assert.deepEqual((await namesOf(room, 'qqqqqqqqqq')).kinds.map(({ total }) => total), [0, 0, 0]);
});

test('a decision about names is counted at once', async ({ room }) => {
  const [{ names }] = (await namesOf(room, 'harbour')).kinds;
  const [a, b] = names;
  assert.equal((await room.post('/api/v1/decisions', { verdict: 'same', a: `${a.id}`, b: `${b.id}` })).status, 200);
  const after = (await namesOf(room, 'harbour')).kinds[0].names;
  const merged = after.find(({ id }) => id === a.id || id === b.id);
  assert.ok(merged.documents >= a.documents);
  assert.ok(!after.some(({ id }) => id === (merged.id === a.id ? b.id : a.id)));
  for (const { id } of [a, b]) assert.equal((await room.search(`named:${id}`)).json.total, merged.documents);
});

inBrowser('names narrow the results down, several at a time, and go again', async ({ browser, room }) => {
  for (const locale of ['en', 'fa', 'ar']) {
    const page = await openPage(browser, room, { locale });
    await page.goto(room.origin);
    await page.fill('.box input', 'harbour');
    await page.keyboard.press('Enter');
    const totals = async () => page.locator('.summary b').innerText();
    await page.waitForSelector('.facets.wide .facet.named button .count');
    const before = await totals();
    for (let n = 1; n <= 2; n++) {
      await page.locator('.facets.wide .facet.named button').first().click();
      await page.waitForFunction((count) => document.querySelectorAll('.chips li').length === count, n);
      await page.waitForSelector('.found[aria-busy="false"]');
    }
    assert.notEqual(await totals(), before);
    await page.reload();
    await page.waitForSelector('.chips li');
    assert.equal(await page.locator('.chips li').count(), 2);
    await page.locator('.chips button').first().click();
    await page.waitForFunction(() => document.querySelectorAll('.chips li').length === 1);
    await closeQuiet(page);
  }
});

inBrowser('results stand there while names are being counted, and when that fails', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  let go;
  const held = new Promise((done) => (go = done));
  await page.route('**/api/v1/search/names*', async (route) => {
    await held;
    await route.fulfill({ status: 500, contentType: 'application/json', body: '{"error":{"code":"failed","message":"no"}}' });
  });
  await page.goto(room.origin);
  await page.fill('.box input', 'harbour');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit a');
  await page.waitForSelector('.facets.wide .facet.hint');
  go();
  await page.waitForSelector('.facets.wide .facet[role="alert"] button');
  assert.ok((await page.locator('.hit').count()) > 0);
  await page.context().close();
});

await runTests(
  async () => {
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    for (const [i, text] of texts.entries()) writeFileSync(path.join(leak, `${i}.txt`), text);
    const room = await Room.open({ leak });
    await room.enter();
    return { room, leak, browser: await openBrowser() };
  },
  async ({ room, leak, browser }) => {
    await browser?.close();
    await room.leave();
    await room.close();
    rmSync(leak, { recursive: true, force: true });
  },
);
