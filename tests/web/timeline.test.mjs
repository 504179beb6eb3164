// The timeline: counts by HTTP, held against the search; bars, lanes, zoom and lists in a browser, by
// keyboard, in English and Persian.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeQuiet, inBrowser, openBrowser, openPage, Room, runTests, test } from './lib.mjs';

const letter = (place, day) => `${place}, ${day}\n\nQasem Soleimani met Adel Abdul Mahdi in Baghdad.\n`;
const texts = {
  'cables/a.txt': letter('Baghdad', 'July 14, 1958'),
  'cables/b.txt': `${letter('Baghdad', 'July 14, 1958')}Nothing else happened.\n`,
  'cables/c.txt': letter('Tehran', 'July 20, 1958'),
  'cables/d.txt': letter('Baghdad', 'March 3, 1961'),
  'letters/e.txt': 'تاریخ: ۱۳۹۳/۰۸/۱۲\n\nسردار قاسم سلیمانی در بغداد با حیدر العبادی دیدار کرد.\n',
  'letters/month.txt': 'تاریخ: آبان ۱۳۹۳\n\nعادل عبدالمهدی به تهران رفت.\n',
  'undated.txt': 'Qasem Soleimani was seen. <img src=x onerror=window.pwned=1> denied it.\n',
};

const sum = (rows) => rows.reduce((all, { documents }) => all + documents, 0);

// ---- by HTTP ----

test('every document is counted once, in any unit and calendar', async ({ room }) => {
  for (const unit of ['', 'day', 'month', 'year', 'decade'])
    for (const calendar of ['gregorian', 'solar-hijri']) {
      const window = unit === 'day' ? '&from=1958-01&to=1959' : '';
      const { json } = await room.get(`/api/v1/timeline?unit=${unit}&calendar=${calendar}${window}`);
      assert.equal(json.documents, 7);
      assert.equal(json.undated, 1);
      assert.equal(sum(json.bars) + json.inexact + json.beyond + json.undated, 7, `${unit} ${calendar}`);
      assert.equal(sum(json.stretches), json.inexact);
    }
});

test('a date that is a month is a bar where months are its own, else a stretch', async ({ room }) => {
  const ask = async (calendar) =>
    (await room.get(`/api/v1/timeline?unit=month&calendar=${calendar}&from=2014-09&to=2014-12`)).json;
  assert.deepEqual((await ask('solar-hijri')).bars.map(({ solar, documents }) => [solar, documents]), [['1393-08', 2]]);
  const gregorian = await ask('gregorian');
  assert.deepEqual(gregorian.bars.map(({ first, documents }) => [first, documents]), [['2014-11-01', 1]]);
  assert.deepEqual(gregorian.stretches, [{ first: '2014-10-23', last: '2014-11-21', solar: '1393-08', documents: 1 }]);
  assert.deepEqual(gregorian.axes.map(({ calendar }) => calendar), ['gregorian', 'solar-hijri']);
});

test('behind every bar are the documents that the search finds', async ({ room }) => {
  for (const unit of ['month', 'year', 'decade']) {
    const { bars } = (await room.get(`/api/v1/timeline?unit=${unit}`)).json;
    for (const { first, last, documents } of bars) {
      const list = (await room.get(`/api/v1/timeline/documents?from=${first}&to=${last}`)).json;
      assert.equal(list.total - list.inexact, documents);
      assert.equal(list.documents.length, list.total);
      assert.equal((await room.search(`from:${first} to:${last}`)).json.total, list.total);
    }
  }
  const undated = (await room.get('/api/v1/timeline/documents?undated=1')).json;
  assert.deepEqual(undated.documents.map(({ name, date }) => [name, date]), [['undated.txt', null]]);
});

test('lanes are of people or folders, and a name narrows all of it', async ({ room }) => {
  const folders = (await room.get('/api/v1/timeline?lanes=folder')).json.lanes;
  assert.deepEqual(folders.map(({ name, documents, undated }) => [path.basename(name), documents, undated]).slice(0, 2), [
    ['cables', 4, 0],
    ['letters', 2, 0],
  ]);
  const inFolder = (await room.get(`/api/v1/timeline?folder=${encodeURIComponent(folders[0].name)}`)).json;
  assert.equal(inFolder.documents, 4);
  const people = (await room.get('/api/v1/timeline?lanes=person')).json.lanes;
  const soleimani = people.find(({ name }) => name === 'Qasem Soleimani');
  assert.deepEqual([soleimani.documents, soleimani.undated], [6, 1]);
  const his = (await room.get(`/api/v1/timeline?name=${soleimani.id}`)).json;
  assert.deepEqual([his.documents, sum(his.bars)], [6, 5]);
  assert.deepEqual(his.bars, soleimani.bars);
});

test('what makes no sense is refused', async ({ room }) => {
  for (const wrong of ['unit=week', 'calendar=lunar', 'from=yesterday', 'from=2000&to=1999', 'lanes=x', 'name=-1'])
    assert.equal((await room.get(`/api/v1/timeline?${wrong}`)).status, 400, wrong);
  assert.equal((await room.get('/api/v1/timeline?unit=day')).status, 422);
  assert.equal((await room.get('/api/v1/timeline?name=99999')).status, 404);
  assert.equal((await room.get('/api/v1/timeline/documents?undated=2')).status, 400);
  assert.equal((await room.get('/api/v1/timeline/documents?limit=0')).status, 400);
});

test('lanes that were picked stand in their order, names and folders', async ({ room }) => {
  const { names } = (await room.get('/api/v1/complete?q=Soleimani')).json;
  const [{ id, name }] = names;
  const folders = async (text) => (await room.get(`/api/v1/timeline/folders?text=${text}`)).json.folders;
  const [letters] = await folders('letters');
  const picked = encodeURIComponent(`/${letters.path}\n#${id}\n/nowhere`);
  const { lanes } = (await room.get(`/api/v1/timeline?lanes=picked&picked=${picked}`)).json;
  assert.deepEqual(lanes.map((lane) => lane.name), [letters.path, name, 'nowhere']);
  assert.deepEqual(lanes.map((lane) => lane.documents), [2, names[0].documents, 0]);
  for (const line of ['12', '#0', '#x', '#1x', 'letters', Array(13).fill('/a').join('\n')])
    assert.equal((await room.get(`/api/v1/timeline?lanes=picked&picked=${encodeURIComponent(line)}`)).status, 400, line);
  assert.equal((await room.get('/api/v1/timeline?lanes=picked&picked=%239999999')).status, 404);
  assert.deepEqual((await room.get('/api/v1/timeline?lanes=picked')).json.lanes, []);
  assert.deepEqual((await folders('CABL')).map(({ documents }) => documents), [4]);
  assert.deepEqual(await folders('%'), []);
});

// ---- in a browser ----

async function open(browser, room, options = {}) {
  const page = await openPage(browser, room, options);
  await page.goto(`${room.origin}/#/timeline`);
  await page.waitForSelector('.chart .bars button');
  return page;
}

const focusedBar = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-bar'));

inBrowser('by keys: to a bar, its documents, the search, and back', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.waitForSelector('.holdings');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.waitForSelector('.chart .bars button');
  assert.match(await page.textContent('.sums'), /7 documents/);
  await page.keyboard.press('ArrowRight');
  assert.equal(await focusedBar(page), '0:0');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focusedBar(page), '0:1');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.behind li');
  assert.equal(await page.locator('.behind li').count(), 3);
  assert.match(await page.textContent('.behind h2'), /1958/);
  await page.reload();
  await page.waitForSelector('.behind li');
  await page.locator('.behind .find').click();
  await page.waitForSelector('.hit');
  assert.equal(await page.inputValue('.box input'), 'from:1958-01-01 to:1958-12-31');
  assert.match(await page.textContent('.summary b'), /^3 /);
  await page.goBack();
  await page.waitForSelector('.behind li');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.behind', { state: 'detached' });
  await page.keyboard.press('u');
  await page.waitForSelector('.behind li');
  assert.match(await page.textContent('.behind'), /undated\.txt/);
  await closeQuiet(page);
});

inBrowser('nearer and farther: by keys, by the wheel, by a date on the axis', async ({ browser, room }) => {
  const page = await open(browser, room);
  const pressed = () => page.textContent('.units [aria-pressed=true]');
  const becomes = (unit) => page.waitForFunction((name) => document.querySelector('.units [aria-pressed=true]').textContent === name, unit);
  assert.equal(await pressed(), 'Years');
  await page.keyboard.press('2');
  await becomes('Months');
  await page.keyboard.press('1');
  await becomes('Days');
  assert.equal(await page.locator('.chart .whole .bars button').count(), 2);
  await page.keyboard.press('a');
  await becomes('Years');
  await page.keyboard.press('4');
  await becomes('Decades');
  await page.keyboard.press('a');
  await becomes('Years');
  const box = await page.locator('.chart .whole .bars').boundingBox();
  await page.mouse.move(box.x + 20, box.y + 40);
  for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -100);
  await page.waitForFunction(() => /outside/.test(document.querySelector('.sums').textContent));
  await page.keyboard.press('a');
  await page.waitForFunction(() => !/outside/.test(document.querySelector('.sums').textContent));
  await page.locator('.chart .axis button').first().click();
  await becomes('Months');
  await closeQuiet(page);
});

inBrowser('Persian: the Iranian calendar first, both on the axes', async ({ browser, room }) => {
  const page = await open(browser, room, { locale: 'fa' });
  assert.equal(await page.getAttribute('.chart .axis', 'aria-label'), 'خورشیدی');
  assert.equal(await page.locator('.chart .axis').count(), 2);
  const labels = await page.locator('.chart .whole .bars button').evaluateAll((bars) => bars.map((bar) => bar.getAttribute('aria-label')));
  assert.ok(labels.some((label) => label.includes('۱۳۹۳') && label.includes('۲۰۱۴') && label.includes('۲ سند')), labels.join());
  await page.locator('.chart .whole .bars button').last().click();
  await page.waitForSelector('.behind li');
  assert.match(await page.textContent('.behind'), /۱۲ آبان ۱۳۹۳/);
  await closeQuiet(page);
});

inBrowser('lanes of people and folders; a date that is not exact is drawn as a stretch', async ({ browser, room }) => {
  const page = await open(browser, room);
  const [lanes] = await page.locator('.timeline .tools select').all();
  await lanes.selectOption('person');
  await page.waitForSelector('.lane:not(.whole) .bars button');
  await page.keyboard.press('ArrowDown');
  assert.equal((await focusedBar(page)).split(':')[0], '1');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.behind li');
  await lanes.selectOption('folder');
  await page.waitForFunction(() => /cables/.test(document.querySelector('.chart').textContent));
  await lanes.selectOption('');
  await page.locator('.chart .whole .bars button').last().click();
  await page.keyboard.press('2');
  await page.waitForFunction(() => document.querySelectorAll('.chart .whole .bars button').length === 1);
  await page.locator('.chart .whole .bars button').click();
  await page.keyboard.press('1');
  await page.waitForSelector('.stretches button');
  assert.match(await page.getAttribute('.stretches button', 'aria-label'), /some day of Oct 23, 2014 – Nov 21, 2014/);
  await page.locator('.stretches button').click();
  await page.waitForFunction(() => /month\.txt/.test(document.querySelector('.behind')?.textContent ?? ''));
  await closeQuiet(page);
});

inBrowser('lanes are picked by typing, put in order, removed, and kept', async ({ browser, room }) => {
  for (const locale of ['en', 'fa', 'ar']) {
    const page = await open(browser, room, { locale });
    const lanes = () => page.locator('.lanes-picked li:not([role]) > bdi').allInnerTexts();
    const add = async (text) => {
      const before = (await lanes()).length;
      await page.keyboard.type(text);
      await page.waitForSelector('#lane-offer-0');
      await page.keyboard.press('Enter');
      await page.waitForFunction((n) => document.querySelectorAll('.lanes-picked .chips li').length === n, before + 1);
    };
    await page.keyboard.press('l');
    await page.waitForSelector('.picker input:focus');
    await add('soleim');
    await add('cables');
    const [person, folder] = await lanes();
    assert.match(folder, /cables$/);
    await page.waitForFunction(() => document.querySelectorAll('.lane:not(.whole)').length === 2);
    await page.locator('.lanes-picked .chips li').nth(1).locator('button').first().click();
    await page.waitForFunction(() => document.querySelector('.lanes-picked li > bdi').textContent.endsWith('cables'));
    await page.reload();
    await page.waitForSelector('.lanes-picked .chips li');
    assert.deepEqual(await lanes(), [folder, person]);
    await page.locator('.lanes-picked .chips li').first().locator('button').last().click();
    await page.waitForFunction(() => document.querySelectorAll('.lane:not(.whole)').length === 1);
    assert.deepEqual(await lanes(), [person]);
    await closeQuiet(page);
  }
});

await runTests(
  async () => {
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    for (const folder of ['cables', 'letters']) mkdirSync(path.join(leak, folder));
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
