// Searching with what narrows and keeps it: facets, queries within queries, kept searches, history,
// lists of terms, results taken away; by HTTP and in a browser.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inBrowser, openBrowser, openPage, Room, runTests, test } from './lib.mjs';

const sanad = path.resolve(process.env.SANAD ?? 'build/sanad');
const texts = {
  'a/one.txt': 'Date: 3 May 2014\n\nThe harbour of Basra and its cranes.\n',
  'a/deep/two.txt': 'Date: 4 June 2015\n\nThe harbour of Latakia, without cranes to speak of.\n',
  'b/three.txt': 'A harbour that nobody has named or dated.\n',
  'b/=formula.txt': 'harbour <img src=x onerror=window.pwned=1>\n',
};

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

function run(room, args, options = {}) {
  return spawnSync(sanad, args, { cwd: room.folder, env: room.env, encoding: 'utf8', ...options });
}

const bare = (room, target) => room.get(target, { method: 'POST', headers: { origin: room.origin } });

// ---- by HTTP ----

test('each count of a facet is what its filter leaves', async ({ room }) => {
  const fields = { type: 'type', lang: 'lang', year: 'date', folder: 'folder', outcome: 'outcome', tag: 'tag' };
  const all = (await room.search('harbour', '&facets=1')).json;
  assert.equal(all.total, 4);
  assert.deepEqual(Object.keys(all.facets).sort(), Object.keys(fields).sort());
  for (const [name, values] of Object.entries(all.facets))
    for (const { value, items } of values) {
      const some = (await room.search(`(harbour) ${fields[name]}:"${value}"`)).json;
      assert.equal(some.total, items, `${name} ${value}`);
    }
  assert.equal(all.facets.folder.length, 2);
});

test('a question that finds little says what it may mean', async ({ room }) => {
  const asked = (await room.search('which harbour of Basra has cranes in the spring of 2014')).json;
  assert.equal(asked.total, 0);
  assert.deepEqual(asked.meant, { query: 'harbour Basra cranes from:2014-03-01 to:2014-05-31', documents: 1 });
  assert.equal((await room.search(asked.meant.query)).json.total, 1);
  assert.equal((await room.search('harbour Basra')).json.meant, null);
  const done = run(room, ['search', room.case, 'which harbour of Basra has cranes']);
  assert.match(done.stdout, /Without its small words it finds 1 document: harbour Basra cranes\n/);
});

test('a kept search tells what is new since it was opened', async ({ room }) => {
  const made = (await room.post('/api/v1/saved', { name: 'Harbours', view: '{"q":"harbour"}', query: 'harbour' })).json;
  assert.deepEqual([made.total, made.new], [4, 0]);
  write(room.leak, { 'c/four.txt': 'One more harbour.\n' });
  assert.equal(run(room, ['add', room.case, room.leak, '--json']).status, 0);
  assert.deepEqual((await room.get(`/api/v1/saved/${made.id}`)).json, { id: made.id, total: 5, new: 1 });
  assert.equal((await bare(room, `/api/v1/saved/${made.id}/open`)).json.new, 1);
  assert.equal((await room.get(`/api/v1/saved/${made.id}`)).json.new, 0);
  const fresh = (await room.search('harbour', `&since=${made.id}`)).json;
  assert.deepEqual(fresh.hits.map(({ name }) => name), ['four.txt']);
  const [saved] = (await room.get('/api/v1/saved')).json.saved;
  assert.deepEqual([saved.name, saved.by, saved.view], ['Harbours', 'Mina', '{"q":"harbour"}']);
  assert.equal((await room.post('/api/v1/saved', { name: '', view: '{}', query: 'x' })).status, 400);
  assert.equal((await bare(room, `/api/v1/saved/${made.id}/remove`)).status, 204);
  assert.equal((await room.get(`/api/v1/saved/${made.id}`)).status, 404);
  assert.equal((await room.search('harbour', `&since=${made.id}`)).status, 404);
});

test('the history is kept and cleared', async ({ room }) => {
  for (const view of ['{"q":"a"}', '{"q":"b"}', '{"q":"a"}'])
    assert.equal((await room.post('/api/v1/history', { view, documents: 2 })).status, 204);
  const { history } = (await room.get('/api/v1/history')).json;
  assert.deepEqual(history.map(({ view }) => view), ['{"q":"a"}', '{"q":"b"}']);
  assert.equal((await bare(room, '/api/v1/history/clear')).status, 204);
  assert.deepEqual((await room.get('/api/v1/history')).json.history, []);
});

test('a list of terms: one bad line stops nothing', async ({ room }) => {
  const { rows, next } = (await room.post('/api/v1/batch', { lines: 'harbour\n\n(cranes\nnobody-at-all' })).json;
  assert.equal(next, null);
  assert.deepEqual(rows.map(({ line, documents, as_words }) => [line, documents, as_words]),
    [[1, 5, false], [3, 2, true], [4, 0, false]]);
  const list = path.join(room.folder, 'terms.txt');
  writeFileSync(list, Buffer.concat([Buffer.from('harbour\r\n'), Buffer.from([0xff, 10]), Buffer.from('=cranes\n')]));
  const csv = run(room, ['search', room.case, '--batch', list, '--csv']);
  assert.equal(csv.status, 0, csv.stderr);
  assert.equal(csv.stdout, "line,term,documents,pages,note\r\n1,harbour,5,5,\r\n2,\\xff,,,not UTF-8\r\n3,'=cranes,2,2,\r\n");
  assert.match(csv.stderr, /1 of 3 lines/);
  assert.notEqual(run(room, ['search', room.case]).status, 0);
});

test('results are taken away as CSV, and the custody log knows', async ({ room }) => {
  const list = await room.post('/api/v1/exports', { query: 'harbour', sort: 'path' });
  assert.match(list.headers['content-type'], /^text\/csv/);
  const lines = list.text.split('\r\n');
  assert.equal(lines.length, 7);
  assert.match(lines[0], /^item,page,pages,path,name/);
  assert.ok(list.text.includes(",'=formula.txt,"));
  assert.match(lines[1], /,[0-9a-f]{64},\d+$/);
  assert.equal((await room.post('/api/v1/exports', { query: 'harbour', sort: 'size' })).status, 400);
  const said = run(room, ['check', room.case]);
  assert.equal(said.status, 0, said.stderr);
});

// ---- in a browser ----

async function search(page, q) {
  await page.fill('input[type=search]', q);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit h3, .found .state');
}

const total = (page, n) =>
  page.waitForFunction((text) => document.querySelector('.summary b')?.textContent.startsWith(text), `${n} `);

async function assertQuiet(page) {
  assert.deepEqual(page.log.foreign, []);
  assert.deepEqual(page.log.complaints, []);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await page.context().close();
}

inBrowser('by keyboard: search within the results, and let go', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await search(page, 'harbour');
  await total(page, 5);
  await page.keyboard.press('w');
  await page.waitForSelector('.chips button');
  await page.keyboard.type('cranes');
  await page.keyboard.press('Enter');
  await total(page, 2);
  await page.goBack();
  await total(page, 5);
  await page.goForward();
  await total(page, 2);
  await page.click('.chips button');
  await page.waitForSelector('.chips', { state: 'detached' });
  await assertQuiet(page);
});

inBrowser('a search is kept by keyboard and stands on the first page, in Persian too', async ({ browser, room }) => {
  const page = await openPage(browser, room, { locale: 'fa' });
  await page.goto(room.origin);
  await search(page, 'harbour');
  await page.keyboard.press('v');
  await page.waitForSelector('dialog.naming[open]');
  await page.fill('dialog.naming input', 'بندرها');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.actions [role=status]').textContent !== '');
  await page.click('a.wordmark');
  await page.waitForSelector('.holdings');
  await page.click('nav a[href="#/"]');
  await page.waitForSelector('.kept .link');
  assert.equal(await page.textContent('.kept .link'), 'بندرها');
  await page.click('.kept .link');
  await page.waitForSelector('.hit h3');
  await assertQuiet(page);
});

inBrowser('a list of terms is searched, shown and taken as CSV', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(`${room.origin}/#/terms`);
  await page.fill('.batch textarea', 'harbour\n<img src=x onerror=window.pwned=1>\ncranes');
  await page.click('.batch button[type=submit]');
  await page.waitForFunction(() => document.querySelectorAll('.terms .term .counts').length === 3);
  assert.match(await page.textContent('.terms'), /5 documents/);
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('.terms .progress button:last-child')]);
  assert.equal(file.suggestedFilename(), 'terms.csv');
  await page.click('.terms a.asked');
  await page.waitForSelector('.hit h3');
  const [list] = await Promise.all([page.waitForEvent('download'), page.click('.actions button[title]')]);
  assert.equal(list.suggestedFilename(), 'results.csv');
  await assertQuiet(page);
});

inBrowser('what was not understood is said in the language of the page, with the next step', async ({ browser, room }) => {
  const lines = ['harbour', 'a'.repeat(9000), 'b\ufffdd', 'type:zzz', 'date:soon', '(harbour', 'smell:red', 'tag:none'].join('\n');
  for (const locale of ['en', 'fa', 'ar']) {
    const page = await openPage(browser, room, { locale });
    await page.goto(`${room.origin}/#/terms`);
    await page.fill('.batch textarea', lines);
    await page.click('.batch button[type=submit]');
    await page.waitForFunction(() => document.querySelectorAll('.terms .term').length === 8);
    const said = await page.locator('.terms .term .why').allInnerTexts();
    assert.equal(said.length, 7, said.join(' | '));
    assert.equal(new Set(said).size, 7);
    for (const text of said) {
      if (locale === 'en') assert.match(text, /\.$/);
      // Filters and their values are written as they are typed.
      else assert.doesNotMatch(text.replace(/UTF-8|none|zzz|soon|smell/g, ''), /[a-z]{3}/, text);
    }
    await page.goto(`${room.origin}/#/item/999999/1`);
    await page.waitForSelector('.state[role=alert]');
    const refused = await page.textContent('.state[role=alert] p');
    if (locale !== 'en') assert.doesNotMatch(refused, /[a-z]{3}/);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    await page.context().close();
  }
});

await runTests(
  async () => {
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-harbours-'));
    write(leak, texts);
    const room = await Room.open({ leak, serveOptions: ['--by', 'Mina'] });
    room.leak = leak;
    await room.enter();
    const browser = await openBrowser();
    return { browser, room };
  },
  async ({ browser, room }) => {
    await browser?.close();
    rmSync(room.leak, { recursive: true, force: true });
    await room.close();
  },
);
