// How the reading of a file ended, as the reading room tells it: what to do about what was not read,
// remarks on what was, tables as tables, and what OCR may have misread.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser, openPage, Room, runTests, sample, skipAll, test } from './lib.mjs';

const towns = ['name\ttown\tnote', 'Laleh\tTirazan\t', '\tشهر بندری\tby sea', 'Marjan\tTirazan\tby road'];

/** dBASE III: one field of letters. */
function dbase(names) {
  const head = Buffer.alloc(65);
  head[0] = 3;
  head.writeUInt32LE(names.length, 4);
  head.writeUInt16LE(65, 8);
  head.writeUInt16LE(13, 10);
  head.write('NAME', 32);
  head.write('C', 43);
  head[48] = 12;
  head[64] = 13;
  return Buffer.concat([head, ...names.map((name) => Buffer.from(` ${name.padEnd(12)}`)), Buffer.from([26])]);
}

function writeLeak(folder) {
  for (const name of ['locked.pdf', 'cut-off.pdf', 'voice-note.wav', 'register.bin', 'who-met-whom.txt'])
    cpSync(path.join(sample, 'unsorted', name), path.join(folder, name));
  cpSync(path.join(folder, 'who-met-whom.txt'), path.join(folder, 'zz-copy.txt'));
  cpSync(path.join(sample, 'archives/locked.zip'), path.join(folder, 'locked.zip'));
  writeFileSync(path.join(folder, 'towns.tsv'), `${towns.join('\n')}\n`);
  writeFileSync(path.join(folder, 'crew.dbf'), dbase(['Laleh', 'Marjan', 'Pellworth']));
}

async function openItem(browser, room, name, options) {
  const page = await openPage(browser, room, options);
  await page.goto(`${room.origin}/#/item/${room.rows.find((row) => row.name === name).item}/1`);
  await page.waitForSelector('.document .text, .document .state');
  return page;
}

/** Gives the browser what the server says, changed. */
async function change(page, pattern, edit) {
  await page.route(pattern, async (route) => {
    const answer = await route.fetch();
    const json = await answer.json();
    edit(json);
    await route.fulfill({ response: answer, json });
  });
}

test('a locked file says so, and what to do', async ({ browser, room }) => {
  for (const [locale, words] of [['en', /passwords you know/], ['fa', /گذرواژه‌هایی/], ['ar', /كلمات السر/]]) {
    const page = await openItem(browser, room, 'locked.pdf', { locale });
    assert.match(await page.textContent('.document .state'), words);
    const command = page.locator('.state .command');
    assert.equal(await command.textContent(), 'sanad retry CASE --password-file FILE');
    assert.equal(await command.getAttribute('dir'), 'ltr');
    assert.deepEqual(page.log.complaints, []);
    await page.context().close();
  }
});

test('what OCR or a reader cannot read can be had as it came', async ({ browser, room }) => {
  for (const name of ['voice-note.wav', 'register.bin']) {
    const page = await openItem(browser, room, name);
    const { item } = room.rows.find((row) => row.name === name);
    assert.equal(await page.textContent('.state .command'), `sanad export CASE ${item} -o FILE`);
    await page.context().close();
  }
});

test('a duplicate leads to the first of its kind', async ({ browser, room }) => {
  const page = await openItem(browser, room, 'zz-copy.txt');
  await page.locator('.state a', { hasText: 'who-met-whom.txt' }).click();
  await page.waitForSelector('.document .text .prose');
  await page.context().close();
});

test('what was read in part says so above the text', async ({ browser, room }) => {
  const page = await openItem(browser, room, 'towns.tsv');
  assert.equal(await page.locator('.remark').count(), 0);
  await change(page, '**/api/v1/items/*', (item) =>
    Object.assign(item, { reason: 'truncated', detail: 'the file ends early' }),
  );
  await page.reload();
  await page.waitForSelector('.remark');
  assert.match(await page.textContent('.remark'), /truncated.*the file ends early.*whole copy/);
  await page.context().close();
});

test('rows of fields are a table, with their marks, in the direction of their text', async ({ browser, room }) => {
  const page = await openPage(browser, room, { locale: 'fa' });
  await page.goto(room.origin);
  await page.fill('input[type=search]', 'tirazan');
  await page.keyboard.press('Enter');
  await page.locator('.hit a', { hasText: 'towns.tsv' }).click();
  await page.waitForSelector('.rows mark.current');
  assert.equal(await page.getAttribute('.rows', 'dir'), 'ltr');
  const cells = await page.locator('.rows tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  assert.deepEqual(cells, towns.map((line) => line.split('\t')));
  const marked = () => page.locator('.rows mark').evaluateAll((all) => all.map((mark) => mark.closest('tr').rowIndex));
  assert.deepEqual(await marked(), [1, 3]);
  await page.keyboard.press('n');
  await page.waitForFunction(() => document.querySelector('mark.current').closest('tr').rowIndex === 3);
  await page.context().close();
});

test('pages that nothing draws have no picture', async ({ browser, room }) => {
  const page = await openItem(browser, room, 'crew.dbf');
  await page.waitForLoadState('networkidle');
  const { item } = room.rows.find((row) => row.name === 'crew.dbf');
  assert.equal((await room.get(`/api/v1/items/${item}/pages/1`)).json.image, false);
  assert.match(await page.textContent('.document .text'), /Pellworth/);
  assert.equal(await page.locator('.picture').count(), 0);
  assert.deepEqual(page.log.complaints, []);
  await page.context().close();
});

test('a hit that OCR may have misread says so, and so does its mark', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await change(page, '**/api/v1/search?*', (found) =>
    found.hits.forEach((hit) => Object.assign(hit, { ocr: true, misread: hit.marks.map((_, i) => i) })),
  );
  await page.goto(room.origin);
  await page.fill('input[type=search]', 'tirazan');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit mark.misread');
  assert.equal(await page.textContent('.hit .guessed'), 'perhaps misread');
  await page.unroute('**/api/v1/search?*');
  await page.reload();
  await page.waitForSelector('.hit mark');
  assert.equal(await page.locator('.hit .guessed').count(), 0);
  await page.context().close();
});

test('the ledger names kinds of file in words, and on a small screen what its numbers count', async ({ browser, room }) => {
  const page = await openPage(browser, room, { viewport: { width: 390, height: 844 } });
  await page.goto(`${room.origin}/#/ledger`);
  await page.waitForSelector('.ledger tbody tr');
  const rowOf = (name) => page.locator('.ledger tbody tr', { has: page.locator('a', { hasText: name }) }).first();
  for (const [name, kind] of [['voice-note.wav', 'Sound'], ['crew.dbf', 'Database'], ['towns.tsv', 'Table'], ['register.bin', 'Unknown kind']])
    assert.match(await rowOf(name).innerText(), new RegExp(kind), name);
  assert.match(await rowOf('crew.dbf').innerText(), /\b1 page\b/);
  assert.match(await rowOf('locked.zip').innerText(), /\d items?/);
  await page.setViewportSize({ width: 1440, height: 900 });
  assert.doesNotMatch(await rowOf('crew.dbf').innerText(), /1 page/);
  await page.context().close();
});

await runTests(
  async () => {
    const browser = await openBrowser();
    if (browser === null) return skipAll('no chromium');
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    writeLeak(leak);
    const room = await Room.open({ leak, addOptions: ['--no-ocr'] });
    room.leak = leak;
    await room.enter();
    room.rows = (await room.get('/api/v1/ledger?limit=1000')).json.rows;
    return { browser, room };
  },
  async ({ browser, room }) => {
    await browser.close();
    await room.leave();
    await room.close();
    rmSync(room.leak, { recursive: true, force: true });
  },
);
