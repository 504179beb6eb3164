// How the reading of a file ended, as the reading room tells it: what to do about what was not read,
// remarks on what was, tables as tables, and what OCR may have misread.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

/** Two pages; on the second a black box lies on some of the words. */
function boxed() {
  const page = (contents) => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F 7 0 R>>>>/Contents ${contents} 0 R>>`;
  const stream = (text) => `<</Length ${text.length}>>stream\n${text}\nendstream`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>',
    page(5),
    page(6),
    stream('BT /F 18 Tf 20 150 Td (The meeting in Tirazan) Tj ET'),
    stream('BT /F 18 Tf 20 150 Td (Was attended by) Tj 0 -50 Td (Gareth Pellworth) Tj ET 0 g 10 90 250 30 re f'),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return `${pdf}xref\n0 8\n0000000000 65535 f \n${rows}trailer\n<</Size 8/Root 1 0 R>>\nstartxref\n${pdf.length}\n%%EOF\n`;
}

function writeLeak(folder) {
  writeFileSync(path.join(folder, 'boxed.pdf'), boxed());
  writeFileSync(path.join(folder, 'inv\u202egpj.exe'), 'the parrots of Tirazan\n');
  for (const name of ['locked.pdf', 'cut-off.pdf', 'voice-note.wav', 'register.bin', 'who-met-whom.txt'])
    cpSync(path.join(sample, 'unsorted', name), path.join(folder, name));
  cpSync(path.join(folder, 'who-met-whom.txt'), path.join(folder, 'zz-copy.txt'));
  cpSync(path.join(sample, 'archives/locked.zip'), path.join(folder, 'locked.zip'));
  writeFileSync(path.join(folder, 'towns.tsv'), `${towns.join('\n')}\n`);
  symlinkSync('/etc/passwd', path.join(folder, 'away'));
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
    if (locale !== 'en') assert.doesNotMatch(await page.textContent('.document'), /locked with/);
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

test('words under a black box are told of above their page, and its page beside the others', async ({ browser, room }) => {
  for (const [locale, link, says] of [['en', 'page 2', /under what is drawn/], ['fa', 'صفحهٔ ۲', /زیر آنچه/], ['ar', /صفحة [2٢]/, /تحت ما رُسم/]]) {
    const page = await openItem(browser, room, 'boxed.pdf', { locale });
    assert.equal(await page.locator('.notices').count(), 0);
    await page.locator('.about a', { hasText: link }).click();
    await page.waitForSelector('.notices');
    assert.match(await page.textContent('.notices summary'), says);
    assert.equal(await page.textContent('.notices blockquote'), 'Gareth Pellworth');
    assert.doesNotMatch(await page.textContent('.about'), /warning/);
    assert.deepEqual(page.log.complaints, []);
    await page.context().close();
  }
});

test('what is beside the text of the whole document stands above all of its pages', async ({ browser, room }) => {
  const page = await openPage(browser, room, { locale: 'fa' });
  const warnings = [
    'the file was changed after it was written: it holds 3 revisions, the earlier ones end at bytes 10, 20',
    'pages 4-5, 9: words on a layer that is switched off',
    'corrupt: something nobody translated',
  ];
  await change(page, '**/api/v1/items/*', (item) =>
    Object.assign(item, { meta: warnings.map((value) => ({ key: 'warning', value })), stored_pages: 9 }),
  );
  await page.goto(`${room.origin}/#/item/${room.rows.find((row) => row.name === 'boxed.pdf').item}/1`);
  await page.waitForSelector('.notices');
  const [revisions, other, ...more] = await page.locator('.notices li').allTextContents();
  assert.match(revisions, /۳ نسخه/);
  assert.equal(other, warnings[2]);
  assert.deepEqual(more, []);
  assert.deepEqual(await page.locator('.about a.pages').allTextContents(), ['صفحه‌های ۴ تا ۵', 'صفحهٔ ۹']);
  await page.context().close();
});

test('a sign that turns a name around is seen', async ({ browser, room }) => {
  const page = await openItem(browser, room, 'inv\u202egpj.exe', { locale: 'fa' });
  assert.match(await page.textContent('.toolbar'), /inv\ufffdgpj\.exe/);
  assert.doesNotMatch(await page.textContent('body'), /\u202e/);
  await page.locator('nav a[href="#/ledger"]').click();
  await page.waitForSelector('.ledger tbody tr');
  assert.match(await page.textContent('.ledger'), /inv\ufffdgpj\.exe/);
  assert.doesNotMatch(await page.content(), /\u202e/);
  await page.fill('input[type=search]', 'parrots');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit');
  assert.doesNotMatch(await page.content(), /\u202e/);
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
  const cells = await page.locator('.rows tbody tr[role=row]').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td[aria-colindex]')].map((cell) => cell.textContent)));
  assert.deepEqual(cells, towns.map((line) => line.split('\t')));
  const marked = () => page.locator('.rows mark').evaluateAll((all) => all.map((mark) => Number(mark.closest('tr').querySelector('th').textContent)));
  assert.deepEqual(await marked(), [2, 4]);
  await page.keyboard.press('n');
  await page.waitForFunction(() => document.querySelector('.rows mark.current')?.closest('tr').querySelector('th').textContent === '4');
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

test('the ledger tells its counts, and what sanad says, in the language of the reader', async ({ browser, room }) => {
  const page = await openPage(browser, room, { locale: 'fa' });
  await page.goto(`${room.origin}/#/ledger`);
  await page.waitForSelector('.ledger tbody tr');
  const locked = page.locator('.ledger tbody tr', { has: page.locator('a', { hasText: /^locked\.zip$/ }) });
  assert.match(await locked.textContent(), /۱ از \S+ پرونده خوانده نشد/);
  assert.match(await page.textContent('.ledger'), /به \/etc\/passwd اشاره می‌کند/);
  assert.doesNotMatch(await page.textContent('.ledger'), /not readable|locked with|symbolic link/);
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
