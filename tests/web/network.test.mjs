// Who is named with whom: ties by HTTP, held against their passages, as files; the picture, the tables and
// the passages in a browser, by keyboard, in English and Persian.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeQuiet, inBrowser, openBrowser, openPage, Room, runTests, test } from './lib.mjs';

const texts = {
  'meeting.txt': `Baghdad, July 14, 2015

Ambassador Stuart Jones met Prime Minister Haider al-Abadi in Baghdad. General Qasem Soleimani had met Haider al-Abadi
the day before. According to Adel Abdul Mahdi, Qasem Soleimani stayed in Baghdad for two days.
`,
  'second.txt': `Tehran, March 3, 2014

Foreign Minister Javad Zarif told Adel Abdel Mahdi that Qassem Soleimani would travel to Baghdad.
`,
  'farsi.txt': `تاریخ: ۱۳۹۳/۰۸/۱۲

سردار قاسم سلیمانی در بغداد با حیدر العبادی نخست وزیر عراق دیدار کرد. عادل عبدالمهدی نیز در این دیدار حضور داشت.
`,
  'undated.txt': `Qasem Soleimani and Javad Zarif were seen together. <img src=x onerror=window.pwned=1> denied it.
`,
};

const network = async (room, more = '') => (await room.get(`/api/v1/network?${more}`)).json;

// ---- by HTTP ----

test('a tie has as many passages as are behind it, each with both names', async ({ room }) => {
  const { names, ties, capped } = await network(room);
  assert.equal(capped, false);
  assert.ok(names.length >= 6 && ties.length >= 6);
  const ids = new Set(names.map(({ id }) => id));
  for (const { a, b, passages, documents } of ties) {
    assert.ok(ids.has(a) && ids.has(b));
    const list = (await room.get(`/api/v1/network/passages?a=${a}&b=${b}`)).json;
    assert.equal(list.total, passages);
    assert.equal(new Set(list.passages.map(({ item }) => item)).size, documents);
    for (const { text, marks } of list.passages) {
      assert.equal(marks.length, 2);
      assert.ok(marks.every(([start, end]) => text.slice(start, end).trim().length > 1));
    }
    const dates = list.passages.map(({ date }) => date ?? '9999');
    assert.deepEqual(dates, [...dates].sort());
  }
});

test('it grows from a name outwards, across scripts', async ({ room }) => {
  const [abadi] = (await room.get('/api/v1/names?text=abadi')).json.names;
  const near = await network(room, `around=${abadi.id}`);
  assert.equal(near.names[0].id, abadi.id);
  assert.equal(near.names[0].centre, true);
  assert.ok(near.names.some(({ name }) => name === 'Qasem Soleimani'));
  assert.ok(!near.names.some(({ name }) => name === 'Javad Zarif'));
  const [zarif] = (await room.get('/api/v1/names?text=zarif')).json.names;
  const both = await network(room, `around=${abadi.id},${zarif.id}`);
  assert.ok(both.names.length > near.names.length);
  assert.equal((await network(room, `around=${abadi.id}&each=1`)).names.length, 2);
});

test('filters of kind, time and weight', async ({ room }) => {
  const people = await network(room, 'kinds=person');
  assert.ok(people.names.every(({ kind }) => kind === 'person'));
  const early = await network(room, 'from=2014-01&to=2014-04');
  assert.ok(early.ties.length > 0);
  assert.ok(early.names.every(({ name }) => !/Abadi/.test(name)));
  const heavy = await network(room, 'least=2');
  assert.ok(heavy.ties.every(({ passages }) => passages >= 2));
  const few = await network(room, 'names=2');
  assert.equal(few.names.length, 2);
  assert.ok(few.names_left_out > 0);
});

test('what makes no sense is refused', async ({ room }) => {
  for (const wrong of ['around=x', 'around=1;2', 'kinds=post', 'names=0', 'names=5001', 'least=-1', 'from=soon'])
    assert.equal((await room.get(`/api/v1/network?${wrong}`)).status, 400, wrong);
  assert.equal((await room.get('/api/v1/network?around=99999')).status, 404);
  assert.equal((await room.get(`/api/v1/network?around=${Array(65).fill(1).join()}`)).status, 422);
  assert.equal((await room.get('/api/v1/network/passages?a=1')).status, 400);
});

test('as CSV and as GraphML', async ({ room }) => {
  const { names, ties } = await network(room);
  const csv = await room.get('/api/v1/network/csv');
  assert.match(csv.headers['content-disposition'], /attachment; filename="network.csv"/);
  const lines = csv.text.trim().split('\r\n');
  assert.equal(lines.length, ties.length + 1);
  assert.ok(lines.every((line) => !/(^|,)[=+@-]/.test(line)));
  const graphml = (await room.get('/api/v1/network/graphml')).text;
  assert.equal(graphml.match(/<node /g).length, names.length);
  assert.equal(graphml.match(/<edge /g).length, ties.length);
  assert.ok(!graphml.includes('<img'));
});

// ---- in a browser ----

const settled = (page) =>
  page.waitForFunction(() => document.querySelector('.network')?.getAttribute('aria-busy') === 'false' && document.querySelector('.network tbody tr'));

async function open(browser, room, options = {}) {
  const page = await openPage(browser, room, options);
  await page.goto(`${room.origin}/#/network`);
  await settled(page);
  return page;
}

inBrowser('by keys: a line, its passages, the document', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.waitForSelector('.holdings');
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await settled(page);
  await page.keyboard.press('j');
  await page.waitForSelector('.network .passage mark');
  assert.equal(await page.locator('.network tr.chosen').count(), 1);
  assert.equal(await page.locator('.network .passage').first().locator('mark').count(), 2);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.network .passage', { state: 'detached' });
  await page.locator('.network tbody .link').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.network .passage mark');
  await page.locator('.network .passage .facts a').first().click();
  await page.waitForSelector('.text mark');
  await page.goBack();
  await page.waitForSelector('.network .passage mark');
  await closeQuiet(page);
});

inBrowser('it grows from a name found by letters, and one goes back', async ({ browser, room }) => {
  const page = await open(browser, room);
  await page.locator('.finder input').fill('zarif');
  await page.locator('.finder li button').first().click();
  await page.waitForSelector('.network .chips');
  await settled(page);
  assert.match(await page.textContent('.network .chips'), /Zarif/);
  await page.keyboard.press('v');
  await page.waitForSelector('.network td .quiet');
  const before = await page.locator('.network tbody tr').count();
  await page.locator('.network tr', { hasText: 'Soleimani' }).locator('.quiet').click();
  await page.waitForFunction((n) => document.querySelectorAll('.network tbody tr').length > n, before);
  await page.goBack();
  await page.waitForFunction((n) => document.querySelectorAll('.network tbody tr').length === n, before);
  await closeQuiet(page);
});

inBrowser('tables are put in any order', async ({ browser, room }) => {
  const page = await open(browser, room);
  const column = page.locator('.network thead button').nth(3);
  await column.click();
  assert.equal(await page.locator('.network th').nth(3).getAttribute('aria-sort'), 'descending');
  const values = () => page.locator('.network tbody td:nth-child(4)').allTextContents();
  assert.deepEqual((await values()).map(Number), (await values()).map(Number).sort((a, b) => b - a));
  await column.click();
  assert.deepEqual((await values()).map(Number), (await values()).map(Number).sort((a, b) => a - b));
  await closeQuiet(page);
});

inBrowser('the same network is drawn the same twice, and saved as SVG, PNG, GraphML and CSV', async ({ browser, room }) => {
  const pictures = [];
  for (let i = 0; i < 2; i++) {
    const page = await open(browser, room);
    const saved = {};
    for (const name of ['SVG', 'PNG', 'GraphML', 'CSV']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.network .files button', { hasText: name }).click(),
      ]);
      saved[name] = readFileSync(await download.path());
    }
    assert.match(saved.SVG.toString(), /<text[^>]*>Qasem Soleimani<\/text>/);
    assert.equal(saved.PNG.subarray(1, 4).toString(), 'PNG');
    assert.match(saved.GraphML.toString(), /<graphml/);
    assert.match(saved.CSV.toString(), /^a,a_kind/);
    pictures.push(saved.SVG.toString());
    await closeQuiet(page);
  }
  assert.equal(pictures[0], pictures[1]);
});

inBrowser('Persian; nothing there; a date that is none', async ({ browser, room }) => {
  const page = await open(browser, room, { locale: 'fa' });
  assert.equal(await page.textContent('.network h1'), 'شبکه');
  await page.keyboard.press('j');
  await page.waitForSelector('.network .passage mark');
  await page.keyboard.press('Escape');
  await page.locator('.days input').first().fill('2100');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.network .state');
  await page.locator('.network .state button').click();
  await settled(page);
  await closeQuiet(page);
});

inBrowser('who comes back finds the picture as it was, without having it arranged again', async ({ browser, room }) => {
  const page = await open(browser, room);
  await page.click('nav a[href="#/people"]');
  await page.waitForSelector('.people .virtual a');
  await page.route('**/arrange.worker.js', () => new Promise(() => undefined));
  await page.goBack();
  await page.waitForSelector('.network[aria-busy=false] canvas');
  await closeQuiet(page);
});

await runTests(
  async () => {
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(leak, name), text);
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
