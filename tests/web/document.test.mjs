// The document screen: the picture of a page and its text in step, names, selecting on the picture, turn and
// size, results one after the other; by HTTP and in a browser, in English and Persian, by keys alone.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeQuiet, inBrowser, openBrowser, openPage, Room, runTests, sample, test } from './lib.mjs';

/** Of the sample: a scan of three pages, letters, mail, a table. */
const letters = ['complaint-1256.txt', 'harbour-report.pdf', 'letter_112.jpg', 'villa-deed.txt'];
const some = ['cables/1397-10-08_4417.tif', ...letters.map((name) => `letters/${name}`), 'mail', 'office/soundings.ods'];

const pageOf = (item, page, part = '') => `/api/v1/items/${item}/pages/${page}${part}`;

// ---- by HTTP ----

test('the words of a page are where its text has them', async ({ room }) => {
  const item = await room.itemNamed('1397-10-08_4417.tif');
  const { text } = (await room.get(pageOf(item, 1))).json;
  const { words, cut } = (await room.get(pageOf(item, 1, '/words'))).json;
  assert.equal(cut, false);
  assert.ok(words.length > 20);
  let before = 0;
  for (const [start, end, x0, y0, x1, y1, confidence] of words) {
    assert.ok(start >= before && end > start && end <= text.length);
    assert.ok(!/\s/.test(text.slice(start, end)), text.slice(start, end));
    assert.ok(x0 <= x1 && y0 <= y1 && x1 <= 65535 && y1 <= 65535);
    assert.ok(confidence >= 0 && confidence <= 100);
    before = end;
  }
  const flow = await room.itemNamed('long.txt');
  assert.deepEqual((await room.get(pageOf(flow, 1, '/words'))).json.words, []);
});

test('who a page names, where its text does', async ({ room }) => {
  const { hits } = (await room.search('harbour')).json;
  let named = 0;
  for (const { item, page } of hits) {
    const { text } = (await room.get(pageOf(item, page))).json;
    const { names } = (await room.get(pageOf(item, page, '/names'))).json;
    let before = 0;
    for (const { start, end, id } of names) {
      assert.ok(start >= before && end > start && end <= text.length);
      assert.equal((await room.get(`/api/v1/names/${id}`)).json.id, id);
      before = end;
      named++;
    }
  }
  assert.ok(named > 3);
});

test('what is no page is refused', async ({ room }) => {
  for (const part of ['/words', '/names']) {
    assert.equal((await room.get(pageOf(999999, 1, part))).status, 404);
    assert.equal((await room.get(pageOf(1, 4000000000, part))).status, 404);
    assert.equal((await room.get(pageOf(1, 0, part))).status, 404);
    assert.equal((await room.get(pageOf(1, 1, part), { cookie: '' })).status, 401);
    assert.equal((await room.get(pageOf(1, 1, part), { method: 'POST', headers: { origin: room.origin } })).status, 405);
  }
});

test('a conversation in the order it was held, with what was attached', async ({ room }) => {
  const rows = (await room.get('/api/v1/ledger?limit=1000')).json.rows;
  const mail = rows.filter(({ path: where }) => where.includes('thread.mbox!/'));
  const { messages, missing, total } = (await room.get(`/api/v1/items/${mail[0].item}/thread`)).json;
  assert.equal(missing, 0);
  assert.equal(total, messages.length);
  assert.ok(messages.length >= 3);
  assert.equal(messages[0].answers, null);
  assert.ok(messages.slice(1).every(({ answers }, i) => messages.slice(0, i + 1).some(({ item }) => item === answers)));
  const attached = rows.find(({ path: where }) => where.endsWith('.eml'));
  const alone = (await room.get(`/api/v1/items/${attached.item}/thread`)).json;
  assert.ok(alone.messages.every(({ attachments, children }) => attachments.length === children));
  const note = await room.itemNamed('long.txt');
  assert.deepEqual((await room.get(`/api/v1/items/${note}/thread`)).json.messages, []);
  assert.equal((await room.get('/api/v1/items/999999/thread')).status, 404);
});

test('what is much alike, and where it differs', async ({ room }) => {
  const item = await room.itemNamed('office/soundings.ods');
  const { near } = (await room.get(`/api/v1/items/${item}/near`)).json;
  assert.ok(near.length >= 1 && near[0].item !== item && near[0].likeness >= 50);
  const asked = `/api/v1/items/${item}/difference?with=${near[0].item}`;
  const { parts, words, words_with: other, same } = (await room.get(asked)).json;
  const count = (kind) => parts.filter((part) => part.kind === kind).flatMap(({ text }) => text.split(/\s+/)).length;
  assert.equal(words - same, count('left'));
  assert.equal(other - same, count('right'));
  assert.equal((await room.get(`/api/v1/items/${item}/difference`)).status, 400);
  assert.equal((await room.get(`/api/v1/items/${item}/difference?with=-1`)).status, 400);
  assert.equal((await room.get(`/api/v1/items/${item}/difference?with=999999`)).status, 404);
  assert.equal((await room.get('/api/v1/items/999999/near')).status, 404);
});

test('the original is given as an attachment, and the custody log says to whom', async ({ room }) => {
  const item = await room.itemNamed('complaint-1256.txt');
  const place = `/api/v1/items/${item}`;
  const before = (await room.get(`${place}/provenance`)).json;
  assert.deepEqual(before.custody.map(({ event }) => event), ['add']);
  assert.equal(before.steps[0].sha256, (await room.get(place)).json.sha256);
  const answer = await room.post(`${place}/original`, { why: 'to show the editor' });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.bytes, readFileSync(path.join(sample, 'letters/complaint-1256.txt')));
  assert.equal(createHash('sha256').update(answer.bytes).digest('hex'), before.steps[0].sha256);
  assert.equal(answer.headers['content-type'], 'application/octet-stream');
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  assert.match(answer.headers['content-disposition'], /^attachment; filename="item-\d+"; filename\*=UTF-8''item-\d+-complaint-1256\.txt$/);
  const { custody } = (await room.get(`${place}/provenance`)).json;
  assert.equal(custody.length, 2);
  assert.match(custody[1].detail, /^item \d+, sha256 [0-9a-f]{64}, .*Mina; why: to show the editor$/);

  assert.equal((await room.get(`${place}/original`)).status, 405);
  assert.equal((await room.post(`${place}/original`, { why: 'a'.repeat(2000) })).status, 400);
  assert.equal((await room.post(`${place}/original`, { why: 1 })).status, 400);
  assert.equal((await room.post('/api/v1/items/999999/original', {})).status, 404);
  const foreign = { origin: 'http://evil.example', 'content-type': 'application/json' };
  assert.equal((await room.get(`${place}/original`, { method: 'POST', headers: foreign, body: '{}' })).status, 403);
  assert.equal((await room.get(`${place}/provenance`)).json.custody.length, 2);
});

// ---- in a browser ----

async function open(browser, room, place, options) {
  const page = await openPage(browser, room, options);
  await page.goto(`${room.origin}/${place}`);
  await page.waitForSelector('.document .text');
  return page;
}

inBrowser('text is selected on the picture, painted on both sides, and copied', async ({ browser, room }) => {
  const item = await room.itemNamed('1397-10-08_4417.tif');
  for (const locale of ['en', 'fa']) {
    const page = await open(browser, room, `#/item/${item}/1`, { locale });
    await page.waitForSelector('.words [data-word="5"]');
    await page.waitForSelector('.sheet img');
    const first = await page.locator('.words [data-word="1"]').boundingBox();
    const last = await page.locator('.words [data-word="3"]').boundingBox();
    await page.mouse.move(first.x + first.width - 1, first.y + first.height / 2);
    await page.mouse.down();
    await page.mouse.move(last.x + last.width / 2, last.y + last.height / 2, { steps: 5 });
    await page.mouse.up();
    await page.waitForSelector('.boxes .picked');
    assert.equal(await page.locator('.boxes .picked').count(), 3);
    assert.equal(await page.evaluate(() => CSS.highlights.get('picked')?.size), 1);
    const copied = await page.evaluate(
      () =>
        new Promise((done) => {
          document.addEventListener('copy', (event) => done(event.clipboardData.getData('text/plain')), { once: true });
          document.execCommand('copy');
        }),
    );
    const { text } = (await room.get(pageOf(item, 1))).json;
    assert.ok(copied.length > 5 && text.includes(copied), copied);
    await closeQuiet(page);
  }
});

inBrowser('text that is selected beside the picture shows on it', async ({ browser, room }) => {
  const item = await room.itemNamed('harbour-report.pdf');
  const page = await open(browser, room, `#/item/${item}/1`);
  await page.waitForSelector('.words [data-word="2"]');
  await page.evaluate(() => {
    const prose = document.querySelector('.prose');
    getSelection().selectAllChildren(prose);
  });
  await page.waitForSelector('.boxes .picked');
  const words = (await room.get(pageOf(item, 1, '/words'))).json.words.length;
  assert.equal(await page.locator('.boxes .picked').count(), words);
  await page.evaluate(() => getSelection().removeAllRanges());
  await page.waitForSelector('.boxes .picked', { state: 'detached' });
  await closeQuiet(page);
});

inBrowser('by keys: names, sizes, turns, views, doubt; kept when the page is loaded again', async ({ browser, room }) => {
  const item = await room.itemNamed('1397-10-08_4417.tif');
  const page = await open(browser, room, `#/item/${item}/1`);
  await page.waitForSelector('.words [data-word="5"]');
  const width = async () => (await page.locator('.turned').boundingBox()).width;
  const wide = await width();
  await page.keyboard.press('+');
  await page.waitForFunction((w) => document.querySelector('.turned').getBoundingClientRect().width > w + 10, wide);
  await page.keyboard.press('f');
  await page.waitForFunction(() => {
    const sheet = document.querySelector('.turned').getBoundingClientRect();
    return sheet.height <= document.querySelector('.picture .scroll').getBoundingClientRect().height;
  });
  const whole = await page.locator('.turned').boundingBox();
  await page.keyboard.press('r');
  await page.waitForFunction(
    (before) => {
      const now = document.querySelector('.turned').getBoundingClientRect();
      return Math.abs(now.width / now.height - before.height / before.width) < 0.02;
    },
    whole,
  );
  await page.keyboard.press('R');
  await page.keyboard.press('c');
  await page.waitForSelector('.boxes .doubtful, .boxes .unsure');
  assert.equal(await page.locator('.legend').count(), 1);
  await page.waitForFunction(() => CSS.highlights.has('unsure') || CSS.highlights.has('doubtful'));
  await page.keyboard.press('v');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.text')).display === 'none');
  await page.keyboard.press('v');
  await page.waitForSelector('.picture', { state: 'detached' });
  await page.reload();
  await page.waitForSelector('.document .text .prose');
  assert.equal(await page.locator('.picture').count(), 0);
  await page.keyboard.press('v');
  await page.waitForSelector('.picture .legend');
  await closeQuiet(page);
});

inBrowser('turn and size are kept by document, and when the page is loaded again', async ({ browser, room }) => {
  const item = await room.itemNamed('1397-10-08_4417.tif');
  const other = await room.itemNamed('letter_112.jpg');
  const page = await open(browser, room, `#/item/${item}/1`);
  const turned = (by) =>
    page.waitForFunction((deg) => document.querySelector('.sheet')?.style.transform.includes(`rotate(${deg}deg)`), by);
  const much = (text) => page.waitForFunction((wanted) => document.querySelector('.zoom .much')?.textContent === wanted, text);
  await turned(0);
  await page.keyboard.press('r');
  await page.keyboard.press('+');
  await turned(90);
  await much('125 %');
  await page.reload();
  await turned(90);
  await much('125 %');
  await page.evaluate((to) => (location.hash = `#/item/${to}/1`), other);
  await page.waitForFunction((to) => location.hash === `#/item/${to}/1`, other);
  await page.goBack();
  await turned(90);
  await closeQuiet(page);

  const next = await openPage(browser, room);
  await next.goto(`${room.origin}/#/item/${item}/1`);
  await next.waitForSelector('.sheet');
  await next.keyboard.press('r');
  await next.keyboard.press('f');
  await next.waitForFunction(() => document.querySelector('.sheet').style.transform.includes('rotate(90deg)'));
  const links = next.locator('.thumbs button');
  await links.nth(1).click();
  await next.waitForFunction(() => location.hash.endsWith('/2'));
  assert.match(await next.locator('.sheet').getAttribute('style'), /rotate\(90deg\)/);
  await closeQuiet(next);
});

inBrowser('a name is marked on both sides, pointed at on both, and leads to its page', async ({ browser, room }) => {
  const { hits } = (await room.search('type:image OR type:pdf')).json;
  let found = null;
  for (const { item } of hits) {
    const { names } = (await room.get(pageOf(item, 1, '/names'))).json;
    if (names.length > 0 && (await room.get(pageOf(item, 1))).json.image) found ??= item;
  }
  assert.ok(found, 'a picture that names somebody');
  const page = await open(browser, room, `#/item/${found}/1`);
  await page.waitForSelector('.boxes .name');
  await page.keyboard.press('e');
  await page.waitForSelector('.text a.named:focus');
  await page.waitForSelector('.boxes .name.pointed');
  const word = await page.locator('.boxes .name.pointed').first().boundingBox();
  await page.mouse.move(word.x + word.width / 2, word.y + word.height / 2);
  await page.waitForSelector('.text a.named.pointed');
  await page.keyboard.press('i');
  await page.waitForSelector('a.named', { state: 'detached' });
  await page.keyboard.press('i');
  await page.waitForSelector('.text a.named');
  await page.keyboard.press('e');
  await page.keyboard.press('Enter');
  await page.waitForSelector('article.name');
  await closeQuiet(page);
});

inBrowser('n goes on to the next document of the results, p back to the last match of the one before', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.fill('.box input', 'sepidar');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit');
  await page.locator('.hit a').first().click();
  await page.waitForSelector('mark.current');
  const first = new URL(page.url()).hash;
  const steps = () => page.textContent('.stepper.results');
  assert.match(await steps(), /1/);
  for (let i = 0; i < 60 && new URL(page.url()).hash.split('/')[2] === first.split('/')[2]; i++) {
    await page.keyboard.press('n');
    await page.waitForTimeout(60);
  }
  await page.waitForSelector('mark.current');
  assert.notEqual(new URL(page.url()).hash.split('/')[2], first.split('/')[2]);
  assert.match(await steps(), /2/);
  await page.keyboard.press('p');
  await page.waitForFunction((hash) => location.hash.split('/')[2] === hash.split('/')[2], first);
  await page.waitForFunction(() => {
    const marks = [...document.querySelectorAll('.text mark')];
    return marks.at(-1)?.classList.contains('current');
  });
  await page.keyboard.press('j');
  await page.waitForFunction((hash) => location.hash.split('/')[2] !== hash.split('/')[2], first);

  // A next result that is known too late takes nobody away from where they went.
  await page.waitForSelector('mark.current');
  let answer;
  const late = new Promise((done) => (answer = done));
  await page.route('**/api/v1/search?**', async (route) => {
    await late;
    await route.fallback();
  });
  const asked = page.waitForRequest(/search\?/);
  await page.keyboard.press('k');
  const answered = (await asked).response();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.waitForSelector('.ledger tbody tr');
  answer();
  await (await answered).finished();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  assert.match(page.url(), /#\/ledger/);
  await closeQuiet(page);
});

inBrowser('the address of a place is copied and leads there', async ({ browser, room }) => {
  const item = await room.itemNamed('1397-10-08_4417.tif');
  const page = await open(browser, room, `#/item/${item}/2`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: room.origin });
  await page.keyboard.press('y');
  await page.waitForFunction(() => document.querySelector('.copied').textContent !== '');
  assert.match(await page.textContent('.copied'), /copied/i);
  await closeQuiet(page);
});

inBrowser('a conversation opens by a key, each message with its text', async ({ browser, room }) => {
  const rows = (await room.get('/api/v1/ledger?limit=1000')).json.rows;
  const mail = rows.filter(({ path: where }) => where.includes('thread.mbox!/'));
  for (const locale of ['en', 'fa']) {
    const page = await open(browser, room, `#/item/${mail[1].item}/1`, { locale });
    await page.waitForSelector('.talks');
    await page.keyboard.press('a');
    await page.waitForSelector('.message.here .prose');
    assert.ok((await page.locator('.message').count()) >= 3);
    await page.keyboard.press('a');
    await page.waitForSelector('.message', { state: 'detached' });
    await closeQuiet(page);
  }
});

inBrowser('where two texts differ is shown word by word', async ({ browser, room }) => {
  const item = await room.itemNamed('office/soundings.ods');
  const page = await open(browser, room, `#/item/${item}/1`);
  await page.locator('.about button.link').first().click();
  await page.waitForSelector('dialog[open] .difference ins, dialog[open] .difference del');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  await closeQuiet(page);
});

inBrowser('who takes an original out is warned first, and finds it in the custody log', async ({ browser, room }) => {
  const item = await room.itemNamed('villa-deed.txt');
  const page = await open(browser, room, `#/item/${item}/1`);
  await page.locator('.provenance summary').click();
  await page.waitForSelector('.custody li');
  await page.locator('button.download').click();
  await page.waitForSelector('dialog.warning[open]');
  await page.locator('dialog .actions button').first().click();
  await page.waitForSelector('dialog', { state: 'detached' });
  await page.locator('button.download').click();
  await page.locator('dialog input').fill('<img src=x onerror=window.pwned=1>');
  const [taken] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(taken.suggestedFilename(), `item-${item}-villa-deed.txt`);
  await page.waitForFunction(() => document.querySelectorAll('.custody li').length === 2);
  assert.match(await page.textContent('.custody'), /onerror/);
  await closeQuiet(page);
});

inBrowser('of a long document the strip draws the pages in view', async ({ browser, room }) => {
  const item = await room.itemNamed('1397-10-08_4417.tif');
  const page = await open(browser, room, `#/item/${item}/1`);
  await page.waitForSelector('.thumbs button img');
  assert.equal(await page.locator('.thumbs button').count(), 3);
  await page.locator('.thumbs button').nth(2).click();
  await page.waitForFunction(() => location.hash.endsWith('/3'));
  await page.waitForFunction(() => document.querySelectorAll('.thumbs button')[2].getAttribute('aria-current') === 'page');
  await closeQuiet(page);
});

await runTests(
  async () => {
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    for (const name of some) cpSync(path.join(sample, name), path.join(leak, name), { recursive: true });
    writeFileSync(path.join(leak, 'long.txt'), 'The quay was closed.\n'.repeat(9000));
    const room = await Room.open({ leak, serveOptions: ['--by', 'Mina'] });
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
