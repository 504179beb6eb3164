// The dates of a document: those that its text names, each at its place, and by what the document dates itself.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeQuiet, inBrowser, openBrowser, openPage, Room, runTests, test } from './lib.mjs';

const letter = [
  'Baghdad, July 14, 1958',
  '',
  'The army met on July 10, 1958, and again yesterday. 😀 Of 3/4/1958 nothing is known.',
  'نامهٔ ۱۳۳۷/۰۴/۲۳ رسید.',
].join('\n');
const mail = [
  'From: a@example.org',
  'To: b@example.org',
  'Subject: talks',
  'Date: Mon, 3 Nov 2014 10:00:00 +0000',
  '',
  'Tehran, 12 May 2010',
  '',
  'We met.',
  '',
].join('\r\n');

// ---- by HTTP ----

test('dates stand where the text has them, with every reading', async ({ room }) => {
  const item = await room.itemNamed('letter.txt');
  const { text } = (await room.get(`/api/v1/items/${item}/pages/1`)).json;
  const { dates, total } = (await room.get(`/api/v1/items/${item}/dates`)).json;
  assert.equal(total, dates.length);
  for (const { page, start, end, text: written } of dates) {
    assert.equal(page, 1);
    assert.equal(text.slice(start, end), written);
  }
  const said = Object.fromEntries(dates.map((one) => [one.text, one]));
  assert.equal(said['July 14, 1958'].source, 'dateline');
  assert.equal(said['July 10, 1958'].source, null);
  assert.deepEqual(said['3/4/1958'].readings.map(({ edtf }) => edtf).sort(), ['1958-03-04?', '1958-04-03?']);
  assert.equal(said.yesterday.readings[0].certainty, 'inferred');
  assert.equal(said['۱۳۳۷/۰۴/۲۳'].readings[0].earliest, '1958-07-14');
  assert.equal(said['۱۳۳۷/۰۴/۲۳'].readings[0].solar, '1337-04-23');
});

test('a list of dates comes in parts', async ({ room }) => {
  const item = await room.itemNamed('many.txt');
  const first = (await room.get(`/api/v1/items/${item}/dates?limit=200`)).json;
  assert.equal(first.total, 450);
  assert.equal(first.dates.length, 200);
  const last = (await room.get(`/api/v1/items/${item}/dates?limit=200&offset=400`)).json;
  assert.equal(last.dates.length, 50);
  assert.equal((await room.get(`/api/v1/items/${item}/dates?limit=201`)).status, 400);
  assert.equal((await room.get('/api/v1/items/99999/dates')).status, 404);
  assert.equal((await room.get(`/api/v1/items/${item}/dates`, { cookie: '' })).status, 401);
});

// ---- in a browser ----

/** Waits until this, and nothing else, is marked in the text. */
const painted = (page, wanted) =>
  page.waitForFunction(
    (text) => [...(CSS.highlights.get('place') ?? [])].map((range) => range.toString()).join('|') === text,
    wanted,
  );

async function open(browser, room, hash, options) {
  const page = await openPage(browser, room, options);
  await page.goto(`${room.origin}/${hash}`);
  await page.waitForSelector('.document .text .prose');
  return page;
}

inBrowser('a date pointed at is marked in the text, gone to by the keys', async ({ browser, room }) => {
  const item = await room.itemNamed('letter.txt');
  for (const locale of ['en', 'fa', 'ar']) {
    const page = await open(browser, room, `#/item/${item}/1`, { locale });
    const link = page.locator('.about a.dated', { hasText: 'July 10, 1958' });
    await link.hover();
    await painted(page, 'July 10, 1958');
    await page.mouse.move(1, 1);
    await painted(page, '');
    await page.keyboard.press('d');
    await painted(page, 'July 14, 1958');
    await page.keyboard.press('d');
    await page.keyboard.press('Enter');
    await page.evaluate(() => document.activeElement.blur());
    await painted(page, 'July 10, 1958');
    // Both calendars stand there in every language.
    const months = { en: ['Jul', 'Tir'], fa: ['ژوئیه', 'تیر'], ar: ['يوليو', 'تير'] };
    const words = await page.locator('.dates').innerText();
    for (const month of months[locale]) assert.ok(words.includes(month), `${locale}: ${month}`);
    await closeQuiet(page);
  }
});

inBrowser('far down a long text the place comes into view', async ({ browser, room }) => {
  const item = await room.itemNamed('many.txt');
  const page = await open(browser, room, `#/item/${item}/1`);
  await page.waitForSelector('.about a.dated');
  await page.locator('.about a.dated').nth(90).click();
  await page.waitForFunction(() => {
    const [range] = [...(CSS.highlights.get('place') ?? [])];
    const box = range?.getBoundingClientRect();
    return box && box.top > 0 && box.bottom < innerHeight;
  });
  await page.locator('.dates + button').click();
  await page.waitForFunction(() => document.querySelectorAll('.about a.dated').length === 200);
  await closeQuiet(page);
});

inBrowser('what dates a document is ranked, and what contradicts it is said', async ({ browser, room }) => {
  const item = await room.itemNamed('talks.eml');
  const page = await open(browser, room, `#/item/${item}/1`);
  const ranked = page.locator('.ranked li');
  await ranked.first().waitFor();
  assert.match(await ranked.first().innerText(), /2014[^]*taken for its date[^]*mail/);
  const words = await page.locator('.ranked').innerText();
  assert.match(words, /2010[^]*contradicts/);
  await closeQuiet(page);
});

inBrowser('on a narrow window a date leads from its list to the text', async ({ browser, room }) => {
  const item = await room.itemNamed('letter.txt');
  const page = await open(browser, room, `#/item/${item}/1`, { viewport: { width: 390, height: 800 } });
  await page.keyboard.press('d');
  await page.waitForSelector('.about a.dated:focus');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.text .prose');
  await page.waitForFunction(() => document.querySelector('.text .prose').getClientRects().length > 0);
  await closeQuiet(page);
});

await runTests(
  async () => {
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    writeFileSync(path.join(leak, 'letter.txt'), letter);
    writeFileSync(path.join(leak, 'talks.eml'), mail);
    const days = Array.from({ length: 450 }, (_, i) => `The log of 2014-0${1 + (i % 9)}-1${i % 10} says nothing of it.`);
    writeFileSync(path.join(leak, 'many.txt'), days.join('\n'));
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
