// What comes late: answers after the reader went elsewhere or asked again, and keys between two dialogs.

import assert from 'node:assert/strict';
import { closeQuiet, inBrowser, openBrowser, openPage, Room, runTests } from './lib.mjs';

const refusal = { status: 500, contentType: 'application/json', body: '{"error":{"code":"internal","message":"no"}}' };

async function open(browser, room, hash) {
  const page = await openPage(browser, room);
  await page.goto(`${room.origin}/${hash}`);
  return page;
}

/** What the browser itself says of an answer that is refused is no complaint. */
async function closeRefused(page) {
  page.log.complaints = page.log.complaints.filter((text) => !/status of 500/.test(text));
  await closeQuiet(page);
}

inBrowser('a dialog opened as soon as the one before has gone stays, and gives the focus back', async ({ browser, room }) => {
  const page = await open(browser, room, '#/ledger');
  await page.waitForSelector('.ledger tbody tr');
  await page.locator('.askkeys').focus();
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open]');
  await page.evaluate(async () => {
    document.querySelector('dialog header button').click();
    for (let i = 0; i < 8; i++) await null; // until it is drawn, before the browser's next task
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true, cancelable: true }));
    await new Promise((done) => setTimeout(done, 50));
  });
  assert.equal(await page.locator('dialog[open]').count(), 1);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  assert.match(await page.evaluate(() => document.activeElement.className), /askkeys/);
  await page.locator('.askkeys').click();
  await page.waitForSelector('dialog[open]');
  await page.locator('dialog header button').click();
  await page.waitForSelector('dialog', { state: 'detached' });
  await closeQuiet(page);
});

inBrowser('a list that was refused is asked for again, and shows nothing of another', async ({ browser, room }) => {
  for (const [hash, list, choose, row] of [
    ['#/people', /\/api\/v1\/names\?/, '.people .tools select >> nth=0', '.people .rows a, .people li a'],
    ['#/ledger', /\/api\/v1\/ledger/, '.ledger select >> nth=0', '.ledger tbody tr'],
  ]) {
    const page = await open(browser, room, hash);
    await page.waitForSelector(row);
    await page.route(list, (route) => route.fulfill(refusal));
    await page.selectOption(choose, { index: 1 });
    await page.waitForSelector('.state[role=alert] button');
    assert.equal(await page.locator(row).count(), 0);
    await page.unroute(list);
    await page.locator('.state[role=alert] button').click();
    await page.waitForSelector(row);
    assert.equal(await page.locator('.state[role=alert]').count(), 0);
    await closeRefused(page);
  }
});

inBrowser('a kept search that opens late takes nobody away', async ({ browser, room }) => {
  assert.ok((await room.post('/api/v1/saved', { name: 'sea', view: '{"q":"zanzibar"}', query: 'zanzibar' })).status < 300);
  const page = await open(browser, room, '#/');
  await page.waitForSelector('.keptlists button.link >> text=sea');
  let answer;
  const late = new Promise((done) => (answer = done));
  await page.route(/\/saved\/\d+/, async (route) => {
    if (route.request().method() === 'POST') await late;
    await route.fallback();
  });
  const opened = (one) => one.url().includes('/saved/') && one.url().endsWith('/open');
  const asked = page.waitForRequest(opened);
  await page.locator('.keptlists button.link >> text=sea').click();
  await asked;
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.waitForSelector('.ledger tbody tr');
  const answered = page.waitForResponse(opened);
  answer();
  await answered;
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  assert.match(page.url(), /#\/ledger/);
  await closeQuiet(page);
});

await runTests(
  async () => {
    const room = await Room.open();
    await room.enter();
    return { room, browser: await openBrowser() };
  },
  async ({ browser, room }) => {
    await browser?.close();
    await room.close();
  },
);
