// Sheets as tables: of any size, with their real rows and columns, and what is hidden in them.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser, openPage, Room, runTests, skipAll, test } from './lib.mjs';

const ROWS = 10000;
const COLUMNS = 100;

const cell = (text) => `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;
const namespaces = ['office', 'style', 'table', 'text']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ');
const book =
  `<?xml version="1.0"?><office:document ${namespaces} office:mimetype="application/vnd.oasis.opendocument.spreadsheet">` +
  '<office:automatic-styles><style:style style:name="h" style:family="table"><style:table-properties table:display="false"/>' +
  '</style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Payments">' +
  '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>' +
  `<table:table-row>${cell('Name')}${cell('Account')}${cell('Sum')}</table:table-row><table:table-row/>` +
  `<table:table-row table:visibility="collapse">${cell('Pellworth &lt;img src=x onerror=window.pwned=1&gt;')}${cell('X1')}${cell('900')}</table:table-row>` +
  `<table:table-row>${cell('Open Ltd')}<table:table-cell/>${cell('12')}</table:table-row></table:table>` +
  `<table:table table:name="Shadow" table:style-name="h"><table:table-column/><table:table-row>${cell('zanzibar')}${cell('b')}` +
  '</table:table-row></table:table></office:spreadsheet></office:body></office:document>';

function bigTable() {
  const lines = [Array.from({ length: COLUMNS }, (_, i) => `head ${i}`).join(',')];
  for (let i = 1; i < ROWS; i++)
    lines.push(Array.from({ length: COLUMNS }, (_, k) => (i === 9000 && k === 90 ? 'needle' : `${i}.${k}`)).join(','));
  return `${lines.join('\n')}\n`;
}

async function openItem(browser, room, name, options = {}) {
  const page = await openPage(browser, room, options);
  page.setDefaultTimeout(8000);
  const { item } = room.rows.find((row) => row.name === name);
  await page.goto(`${room.origin}/#/item/${item}/1`);
  await page.waitForSelector('.rows td[aria-selected=true]', { timeout: 8000 });
  return page;
}

async function assertQuiet(page) {
  assert.deepEqual(page.log.foreign, []);
  assert.deepEqual(page.log.complaints, []);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await page.context().close();
}

const heads = (page) => page.locator('.rows tbody th').allTextContents();
const chosen = (page) => page.textContent('.cellbar b');

test('what is hidden is shown, and said to be hidden', async ({ browser, room }) => {
  const page = await openItem(browser, room, 'book.fods');
  assert.deepEqual(await heads(page), ['1', '3 hidden', '4']);
  assert.deepEqual(await page.locator('.rows thead th:not(.corner)').allTextContents(), ['A', 'B hidden', 'C']);
  assert.equal(await page.locator('.rows tr.concealed').count(), 1);
  assert.match(await page.textContent('.concealments'), /Rows hidden .*: 3.*Columns hidden .*: B/s);
  assert.match(await page.textContent('.rows tr.concealed'), /Pellworth <img/);
  assert.equal(await page.locator('.concealments', { hasText: 'sheet is hidden' }).count(), 0);
  assert.match(await page.textContent('.sheettabs button.concealed'), /Shadow.*hidden/);
  await assertQuiet(page);
});

test('by keyboard: from cell to cell, from sheet to sheet', async ({ browser, room }) => {
  const page = await openItem(browser, room, 'book.fods');
  await page.focus('.rows');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  assert.equal(await chosen(page), 'C4');
  assert.equal(await page.textContent('.cellbar span'), '12');
  await page.keyboard.press('Home');
  assert.equal(await chosen(page), 'A4');
  await page.keyboard.press(']');
  await page.waitForFunction(() => document.querySelector('.rows td')?.closest('.rows').textContent.includes('zanzibar'));
  assert.match(await page.textContent('.concealments'), /sheet is hidden/);
  await page.keyboard.press('[');
  await page.waitForFunction(() => document.querySelector('.rows').textContent.includes('Open Ltd'));
  await assertQuiet(page);
});

test('axe finds nothing serious', async ({ browser, room }) => {
  const page = await openItem(browser, room, 'book.fods');
  const source = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
  const found = await page.evaluate(async (axe) => {
    (0, eval)(axe);
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id }) => id);
  }, source);
  assert.deepEqual(found, []);
  await assertQuiet(page);
});

test('in Persian the same, right to left around the table', async ({ browser, room }) => {
  const page = await openItem(browser, room, 'book.fods', { locale: 'fa' });
  assert.match(await page.textContent('.concealments'), /ستون‌های پنهان/);
  assert.equal(await page.getAttribute('.rows', 'dir'), 'ltr');
  await assertQuiet(page);
});

test('a match on a hidden sheet opens that sheet, at its cell', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.fill('input[type=search]', 'zanzibar');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit');
  assert.match(await page.textContent('.hit h3'), /book\.fods/);
  assert.match(await page.textContent('.hit .facts'), /Shadow/);
  await page.locator('.hit a').first().click();
  await page.waitForSelector('.rows mark.current', { timeout: 8000 });
  assert.equal(await chosen(page), 'A1');
  await assertQuiet(page);
});

test('ten thousand rows of a hundred columns: few are drawn, all are reached', async ({ browser, room }) => {
  const page = await openItem(browser, room, 'big.csv');
  const drawn = () => page.locator('.rows td[aria-colindex]').count();
  assert.ok((await drawn()) < 1500, `${await drawn()} cells are drawn`);
  await page.waitForFunction(async (rows) => {
    const pane = document.querySelector('.rows');
    pane.scrollTop = pane.scrollHeight;
    await new Promise((done) => requestAnimationFrame(done));
    return [...pane.querySelectorAll('tbody th')].at(-1)?.textContent === String(rows);
  }, ROWS, { polling: 50 });
  assert.ok((await drawn()) < 1500);
  await page.focus('.rows');
  await page.keyboard.press('End');
  assert.match(await chosen(page), /^CV/);
  await page.waitForSelector('.rows thead th:text-is("CV")');
  const head = await page.locator('.rows thead .corner').boundingBox();
  const pane = await page.locator('.rows').boundingBox();
  assert.ok(Math.abs(head.x - pane.x) < 3 && Math.abs(head.y - pane.y) < 3, 'the heads stay');
  await assertQuiet(page);
});

test('a match far down is brought into view', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.fill('input[type=search]', 'needle');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit');
  await page.locator('.hit a').first().click();
  await page.waitForSelector('.rows mark.current', { timeout: 20000 });
  assert.equal(await chosen(page), 'CM9001');
  await assertQuiet(page);
});

await runTests(
  async () => {
    const browser = await openBrowser();
    if (browser === null) return skipAll('no chromium');
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-sheets-'));
    writeFileSync(path.join(leak, 'book.fods'), book);
    writeFileSync(path.join(leak, 'big.csv'), bigTable());
    const room = await Room.open({ leak });
    room.leak = leak;
    await room.enter();
    room.rows = (await room.get('/api/v1/ledger')).json.rows;
    return { browser, room };
  },
  async ({ browser, room }) => {
    await browser.close();
    await room.close();
    rmSync(room.leak, { recursive: true, force: true });
  },
);
