// Marking on the document screen: tags, stars, notes, colours, lists and translations; rectangles by mouse and by
// keys, under turn and zoom; the panel; undo. In English and Persian.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeQuiet, inBrowser, openBrowser, openPage, Room, runTests, sample } from './lib.mjs';

const scan = 'cables/1397-10-08_4417.tif';
const note = `<img src=x onerror=window.pwned=1> It was raining in the harbour.

The second paragraph says that nobody came. It is short.
`;

const marksOf = async (room, item) => (await room.get(`/api/v1/items/${item}/marks`)).json.marks.filter(({ removed }) => !removed);

async function clear(room, item) {
  const headers = { origin: room.origin };
  for (const { id } of await marksOf(room, item))
    assert.equal((await room.get(`/api/v1/marks/${id}/remove`, { method: 'POST', headers })).status, 200);
}

async function open(browser, room, item, options) {
  const page = await openPage(browser, room, options);
  await page.goto(`${room.origin}/#/item/${item}/1`);
  await page.waitForSelector('.document .text .prose');
  await page.waitForSelector('.markactions');
  return page;
}

inBrowser('by keys alone: a tag that is new, a star, a note, a list, each taken back', async ({ browser, room }) => {
  const item = await room.itemNamed('note.txt');
  for (const locale of ['en', 'fa']) {
    await clear(room, item);
    const page = await open(browser, room, item, { locale });
    await page.keyboard.press('t');
    await page.waitForSelector('.labelbox input:focus');
    await page.keyboard.type('rain <b>');
    await page.waitForSelector('.labelbox li');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.markcards [data-kind=tag]');
    assert.match(await page.textContent('.markcards [data-kind=tag]'), /rain <b>/);
    await page.keyboard.press('s');
    await page.waitForSelector('.markcards [data-kind=star]');
    await page.keyboard.press('s');
    await page.waitForSelector('.markcards [data-kind=star]', { state: 'detached' });
    await page.keyboard.press('z');
    await page.waitForSelector('.markcards [data-kind=star]');
    await page.keyboard.press('m');
    await page.waitForSelector('.writing textarea:focus');
    await page.keyboard.type('باران، <i>rain</i>');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.markcards [data-kind=note] .said-text');
    assert.equal(await page.textContent('.markcards [data-kind=note] .said-text'), 'باران، <i>rain</i>');
    await page.keyboard.press('l');
    await page.waitForSelector('.labelbox li');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.markcards [data-kind=list]');
    await page.keyboard.press('z');
    await page.waitForSelector('.markcards [data-kind=list]', { state: 'detached' });
    assert.deepEqual((await marksOf(room, item)).map(({ kind }) => kind).sort(), ['note', 'star', 'tag']);
    await closeQuiet(page);
  }
});

inBrowser('words selected by Shift and arrows are highlighted, translated and checked', async ({ browser, room }) => {
  const item = await room.itemNamed('note.txt');
  await clear(room, item);
  const page = await open(browser, room, item);
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.waitForSelector('.markbar .swatch');
  const said = await page.evaluate(() => getSelection().toString().trim());
  assert.ok(said.length > 0);
  await page.locator('.markbar .swatch[data-colour=green]').click();
  await page.waitForSelector('.markcards [data-kind=highlight]');
  const [highlight] = await marksOf(room, item);
  assert.equal(highlight.quote, said);
  assert.equal(highlight.colour, 'green');
  await page.waitForFunction(() => CSS.highlights.get('mark-green')?.size === 1);
  await page.waitForSelector('.markbar .swatch', { state: 'detached' });

  await page.keyboard.press('Shift+ArrowDown');
  await page.waitForSelector('.markbar .swatch');
  await page.keyboard.press('u');
  await page.waitForSelector('.writing textarea:focus');
  await page.locator('.writing select').first().selectOption('fa');
  await page.locator('.writing textarea').fill('باران می‌بارید');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.markcards [data-kind=translation] .beside');
  assert.equal(await page.getAttribute('.markcards [data-kind=translation] .said-text', 'lang'), 'fa');
  const card = page.locator('.markcards [data-kind=translation]');
  await card.locator('button[aria-pressed]').click();
  await page.waitForSelector('.markcards [data-kind=translation] button[aria-pressed=true]');
  // Another text takes the check off; the old one stays to be read.
  await card.locator('.buttons button').first().click();
  await card.locator('textarea').fill('باران تند می‌بارید');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.markcards [data-kind=translation] button[aria-pressed=false]');
  await card.locator('button[aria-expanded]').click();
  await page.waitForSelector('.revisions li');
  assert.match(await page.textContent('.revisions'), /باران می‌بارید/);
  await closeQuiet(page);
});

/** Where the rectangle of the only mark with one lies on the window. */
const boxOf = (page, kind) => page.locator(`.marklayer rect.${kind}`).first().boundingBox();

inBrowser('a rectangle is drawn by the mouse on a turned and enlarged page, and stays in its place', async ({ browser, room }) => {
  const item = await room.itemNamed(scan);
  await clear(room, item);
  const page = await open(browser, room, item);
  await page.waitForSelector('.sheet img');
  for (const turns of [0, 1]) {
    if (turns > 0) await page.keyboard.press('r');
    await page.keyboard.press('f');
    await page.keyboard.press('x');
    await page.waitForSelector('.drawpad:focus');
    const sheet = await page.locator('.drawpad').boundingBox();
    const from = { x: sheet.x + sheet.width * 0.2, y: sheet.y + sheet.height * 0.3 };
    const to = { x: sheet.x + sheet.width * 0.5, y: sheet.y + sheet.height * 0.4 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    await page.waitForSelector('.marklayer rect.target');
    await page.keyboard.press('m');
    await page.waitForSelector('.writing textarea:focus');
    await page.keyboard.type('who signed here?');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.marklayer rect.note');
    const box = await boxOf(page, 'note');
    for (const [got, wanted] of [[box.x, from.x], [box.y, from.y], [box.x + box.width, to.x], [box.y + box.height, to.y]])
      assert.ok(Math.abs(got - wanted) < 6, `${turns}: ${JSON.stringify(box)} for ${JSON.stringify([from, to])}`);
    const { width } = box;
    await page.keyboard.press('+');
    await page.waitForFunction((old) => document.querySelector('.marklayer rect.note').getBoundingClientRect().width !== old, width);
    await clear(room, item);
    await page.reload();
    await page.waitForSelector('.sheet img');
    assert.equal(await page.locator('.marklayer rect.note').count(), 0);
  }
  await closeQuiet(page);
});

inBrowser('Persian, by keys: a rectangle is placed, sized and tagged; the panel leads to it', async ({ browser, room }) => {
  const item = await room.itemNamed(scan);
  await clear(room, item);
  const page = await open(browser, room, item, { locale: 'fa' });
  await page.waitForSelector('.sheet img');
  await page.keyboard.press('x');
  await page.waitForSelector('.drawpad:focus');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.marklayer rect.target');
  await page.keyboard.press('t');
  await page.waitForSelector('.labelbox input:focus');
  await page.keyboard.type('امضا');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.marklayer rect.tag');
  const [mark] = await marksOf(room, item);
  assert.deepEqual([mark.page, mark.regions], [1, [[3000, 3800, 7200, 5800]]]);
  await page.keyboard.press('ArrowLeft'); // the next page, in Persian
  await page.waitForFunction(() => location.hash.endsWith('/2'));
  await page.locator('.markcards [data-kind=tag] .cardhead .link').click();
  await page.waitForSelector('.marklayer rect.tag.chosen');
  await page.keyboard.press('x');
  await page.waitForSelector('.drawpad:focus');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.drawpad', { state: 'detached' });
  assert.match(page.url(), /#\/item\/\d+\/1$/);
  await closeQuiet(page);
});

inBrowser('words selected on the picture are marked on both', async ({ browser, room }) => {
  const item = await room.itemNamed(scan);
  await clear(room, item);
  const page = await open(browser, room, item);
  await page.waitForSelector('.words [data-word="3"]');
  await page.evaluate(() => {
    const word = (i) => document.querySelector(`.words [data-word="${i}"]`);
    getSelection().setBaseAndExtent(word(1).firstChild, 0, word(3).firstChild, 1);
  });
  await page.waitForSelector('.markbar .swatch');
  await page.locator('.markbar .swatch[data-colour=blue]').click();
  await page.waitForSelector('.marklayer rect.highlight[data-colour=blue]');
  await page.waitForFunction(() => CSS.highlights.get('mark-blue')?.size === 1);
  const [mark] = await marksOf(room, item);
  assert.ok(mark.regions.length >= 1 && mark.end > mark.start);
  await page.locator('.markcards .quiet').first().click();
  await page.waitForSelector('.marklayer rect.highlight', { state: 'detached' });
  await page.keyboard.press('z');
  await page.waitForSelector('.marklayer rect.highlight');
  await clear(room, item);
  await closeQuiet(page);
});

async function set() {
  const leak = mkdtempSync(path.join(tmpdir(), 'sanad-docmarks-'));
  cpSync(path.join(sample, scan), path.join(leak, scan), { recursive: true });
  writeFileSync(path.join(leak, 'note.txt'), note);
  try {
    const room = await Room.open({ leak, serveOptions: ['--by', 'Mina'] });
    await room.enter();
    return { room, browser: await openBrowser() };
  } finally {
    rmSync(leak, { recursive: true, force: true });
  }
}

await runTests(set, async ({ room, browser }) => {
  await browser?.close();
  await room.close();
});
