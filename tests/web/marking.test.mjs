// What people mark: labels, marks and their places, work lists, translations; by HTTP and in a browser,
// in English and Persian; and that marks outlive what is read anew.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeQuiet, inBrowser, openBrowser, openPage, Room, runTests, sanad, test } from './lib.mjs';

const texts = {
  'cable.txt': 'Baghdad, July 14, 2015. The Minister of Oil met a 🛢 trader named Kassem at the old bridge.\n',
  'farsi.txt': 'وزیر نفت در بغداد با یک بازرگان دیدار کرد.\n',
  'copy of cable.txt': 'Baghdad, July 14, 2015. The Minister of Oil met a 🛢 trader named Kassem at the old bridge.\n',
  'third.txt': 'Nothing but petroleum.\n',
};

let items; // by name

const add = async (room, wish) => (await room.post('/api/v1/marks', wish)).json;
const marksOf = async (room, item) => (await room.get(`/api/v1/items/${item}/marks`)).json.marks;
const list = async (room, more = '') => (await room.get(`/api/v1/marks${more}`)).json;
const labels = async (room) => (await room.get('/api/v1/labels')).json.labels;

function ask(room, ...args) {
  const said = spawnSync(sanad, args, { env: room.env, encoding: 'utf8' });
  assert.equal(said.status, 0, said.stderr);
  return said.stdout;
}

// ---- before anything is marked ----

async function open(browser, room, place, options) {
  const page = await openPage(browser, room, options);
  await page.goto(`${room.origin}/${place}`);
  return page;
}

inBrowser('where nothing is marked it is said how to', async ({ browser, room }) => {
  const page = await open(browser, room, '#/marking', { locale: 'fa' });
  await page.waitForSelector('.markings .state');
  assert.match(await page.textContent('.markings .state'), /هنوز چیزی نشان نگرفته/);
  await closeQuiet(page);
});

// ---- by HTTP ----

test('a tag is one label in any spelling, and stands once', async ({ room }) => {
  const first = await add(room, { kind: 'tag', item: items['cable.txt'], label_name: 'کتاب‌های نفت', colour: 'teal' });
  const again = await add(room, { kind: 'tag', item: items['cable.txt'], label_name: 'كتابهاي  نفت' });
  assert.equal(again.id, first.id);
  assert.deepEqual([first.name, first.colour, first.by, first.mine, first.page], ['کتاب‌های نفت', 'teal', 'Mina', true, 0]);
  await add(room, { kind: 'tag', item: items['third.txt'], label: first.label });
  const [label] = await labels(room);
  assert.deepEqual([label.kind, label.marks], ['tag', 2]);

  assert.equal((await room.post(`/api/v1/labels/${label.id}/remove`, {})).status, 400);
  assert.equal((await room.post(`/api/v1/labels/${label.id}/remove`, { with_marks: true })).json.removed, true);
  assert.deepEqual(await labels(room), []);
  assert.equal((await list(room)).total, 0);
  await room.post(`/api/v1/labels/${label.id}/restore`);
  const renamed = (await room.post(`/api/v1/labels/${label.id}`, { name: 'Oil', colour: 'red' })).json;
  assert.deepEqual([renamed.name, renamed.colour, renamed.marks], ['Oil', 'red', 2]);
});

test('a passage is where the browser says, and copies show it', async ({ room }) => {
  const item = items['cable.txt'];
  const { text } = (await room.get(`/api/v1/items/${item}/pages/1`)).json;
  const quote = '🛢 trader named Kassem';
  const start = text.indexOf(quote);
  const wish = { kind: 'highlight', item, page: 1, start, end: start + quote.length, quote, label_name: 'yellow' };
  const mark = await add(room, wish);
  assert.deepEqual([mark.quote, mark.start, mark.end, mark.colour], [quote, start, start + quote.length, 'yellow']);
  assert.equal((await add(room, wish)).id, mark.id);
  const other = await room.post('/api/v1/marks', { ...wish, quote: 'other words' });
  assert.equal(other.status, 400);
  const copy = await marksOf(room, items['copy of cable.txt']);
  assert.deepEqual(copy.map(({ item, kind }) => [item, kind]), [[item, 'tag'], [item, 'highlight']]);
  assert.equal((await room.post(`/api/v1/marks/${mark.id}`, { label: 999 })).status, 404);
});

test('regions are kept, and what is none is refused', async ({ room }) => {
  const item = items['farsi.txt'];
  const wish = { kind: 'note', item, page: 1, text: 'به این نگاه کن', lang: 'fa', regions: [[100, 200, 3000, 400]] };
  const note = await add(room, wish);
  assert.deepEqual(note.regions, [[100, 200, 3000, 400]]);
  const bad = [
    { regions: [[5, 5, 5, 9]] }, { regions: [[0, 0, 10001, 9]] }, { regions: [[0, 0, 9]] }, { regions: [1, 2, 3, 4] }, { regions: 'x' },
    { regions: Array.from({ length: 65 }, () => [1, 1, 2, 2]) }, { page: 0 }, { kind: 'dog' }, { text: ' ' }, { text: 5 }, { lang: 'x y' },
    { kind: 'star' }, { kind: 'tag', text: '' }, { label: -1 }, { start: 5, end: 3 }, { start: 0, end: 5000 },
  ];
  for (const one of bad) assert.equal((await room.post('/api/v1/marks', { ...wish, ...one })).status, 400, JSON.stringify(one).slice(0, 60));
  assert.equal((await room.post('/api/v1/marks', { ...wish, page: 2 })).status, 404);
  assert.equal((await room.post('/api/v1/marks', { ...wish, item: 999 })).status, 404);
  assert.equal((await room.post('/api/v1/marks', { ...wish, text: 'x'.repeat((64 << 10) + 1) })).status, 422);
  assert.equal((await room.get('/api/v1/items/999/marks')).status, 404);
  assert.equal((await room.get('/api/v1/marks?kind=dog')).status, 400);
  assert.equal((await marksOf(room, item)).length, 1);
  await room.post(`/api/v1/marks/${note.id}/remove`);
  assert.equal((await marksOf(room, item)).length, 0);
  assert.equal((await room.post(`/api/v1/marks/${note.id}/restore`)).json.removed, false);
});

test('a translation is checked, and an edit takes the check off', async ({ room }) => {
  const text = `The Minister of Oil met a trader in Baghdad. ${'again '.repeat(30000)}`;
  const mark = await add(room, { kind: 'translation', item: items['farsi.txt'], page: 1, text, lang: 'en' });
  const checked = (await room.post(`/api/v1/marks/${mark.id}`, { checked: true })).json;
  assert.equal(checked.checked_by, 'Mina');
  const edited = (await room.post(`/api/v1/marks/${mark.id}`, { text: 'The Oil Minister met a trader' })).json;
  assert.deepEqual([edited.checked_at, edited.revisions, edited.lang], [null, 2, 'en']);
  const { revisions } = (await room.get(`/api/v1/marks/${mark.id}/revisions`)).json;
  assert.deepEqual(revisions.map((one) => one.text), [edited.text, text]);
  assert.equal((await room.post(`/api/v1/marks/${mark.id}`, { state: 'done' })).status, 400);
});

test('a list is worked off; many are marked at once and back', async ({ room }) => {
  const every = Object.values(items);
  const put = (await room.post('/api/v1/marks/many', { kind: 'list', label_name: 'to verify', items: every })).json;
  assert.deepEqual(put.items, every);
  const [first] = (await list(room, `?label=${put.label}&sort=oldest`)).marks;
  await room.post(`/api/v1/marks/${first.id}`, { state: 'done' });
  assert.equal((await list(room, `?label=${put.label}&state=open`)).total, every.length - 1);
  const done = await list(room, '?state=done');
  assert.deepEqual(done.marks.map(({ id, done_by: by }) => [id, by]), [[first.id, 'Mina']]);
  const label = (await labels(room)).find(({ id }) => id === put.label);
  assert.deepEqual([label.marks, label.open], [every.length, every.length - 1]);
  const wish = { kind: 'list', label: put.label, items: put.items };
  assert.deepEqual((await room.post('/api/v1/marks/many', wish)).json.items, []);
  assert.deepEqual((await room.post('/api/v1/marks/many', { ...wish, remove: true })).json.items, every);
  assert.equal((await room.post('/api/v1/marks/many', { ...wish, items: [] })).status, 422);
  assert.equal((await room.post('/api/v1/marks/many', { ...wish, items: [999] })).status, 404);
});

test('marks are found by words, and given as CSV that runs no formula', async ({ room }) => {
  await add(room, { kind: 'note', item: items['third.txt'], text: '=HYPERLINK("http://x")' });
  const found = await list(room, '?q=kass');
  assert.deepEqual(found.marks.map(({ kind }) => kind), ['highlight']);
  assert.equal((await list(room, '?kind=note&mine=1')).total, 2);
  assert.equal((await list(room, '?by=Nobody')).total, 0);
  const csv = await room.get('/api/v1/marks/csv?kind=note');
  assert.match(csv.headers['content-type'], /csv/);
  assert.equal(csv.text.trim().split('\r\n').length, 3);
  assert.match(csv.text, /"'=HYPERLINK\(""http/);
});

test('a search goes by marks, and tags are a facet', async ({ room }) => {
  const found = (await room.search('tag:OIL', '&facets=1')).json;
  assert.deepEqual(found.hits.map(({ name }) => name).sort(), ['cable.txt', 'copy of cable.txt', 'third.txt'].filter((name) => found.hits.some((hit) => hit.name === name)));
  assert.ok(found.hits.every(({ marked }) => marked.some(({ kind, name }) => kind === 'tag' && name === 'Oil')));
  assert.deepEqual(found.facets.tag, [{ value: 'Oil', items: found.total }]);
  assert.equal((await room.search('noted:hyper')).json.hits[0].name, 'third.txt');
});

// ---- in a browser ----

inBrowser('by keys alone: results are tagged and starred, found by the tag, and it is taken back', async ({ browser, room }) => {
  const page = await open(browser, room, '');
  await page.waitForSelector('.holdings');
  await page.keyboard.press('/');
  await page.keyboard.type('petroleum');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit');
  await page.keyboard.press('j');
  await page.waitForSelector('.hit.chosen');
  await page.keyboard.press('t');
  await page.waitForSelector('.labelbox input:focus');
  await page.keyboard.type('<img src=x onerror=window.pwned=1>');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit .labelled >> text=onerror');
  await page.keyboard.press('z');
  await page.waitForFunction(() => !document.querySelector('.hits').textContent.includes('onerror'));
  await page.keyboard.press('s');
  await page.waitForSelector('.hit .starred');
  await page.waitForSelector('.facet button >> text=Oil');
  await page.click('.facet button >> text=Oil');
  await page.waitForSelector('.chips >> text=Oil');
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.waitForSelector('.markings article.mark');
  assert.match(page.url(), /#\/marking$/);
  await page.keyboard.press('f');
  await page.keyboard.type('kassem');
  await page.waitForFunction(() => document.querySelectorAll('.markings article.mark').length === 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.waitForSelector('.virtual li.chosen');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.document');
  await page.goBack();
  await page.waitForSelector('.virtual li.chosen');
  await closeQuiet(page);
});

inBrowser('the name of a label is completed while a search is typed', async ({ browser, room }) => {
  const page = await open(browser, room, '');
  await page.waitForSelector('.holdings');
  for (const [typed, shown, taken] of [
    ['tag:oi', /Oil/, 'tag:"Oil" '],
    ['nothing -list:"to v', /to verify/, 'nothing -list:"to verify" '],
  ]) {
    await page.keyboard.press('/');
    await page.keyboard.type(typed);
    await page.waitForSelector('.completions li');
    assert.match(await page.textContent('.completions'), shown);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction((text) => document.querySelector('.box input').value === text, taken);
    await page.waitForSelector('.completions', { state: 'detached' });
    await page.keyboard.press('Escape');
  }
  await page.fill('.box input', 'tag:"nobody said this');
  assert.equal(await page.locator('.completions').count(), 0);
  await closeQuiet(page);
});

inBrowser('a list is worked off by one key, and taken back by another, in both languages', async ({ browser, room }) => {
  for (const locale of ['en', 'fa']) {
    const name = `list ${locale}`;
    const { label } = (await room.post('/api/v1/marks/many', { kind: 'list', label_name: name, items: Object.values(items) })).json;
    const openOnes = async () => (await list(room, `?label=${label}&state=open`)).total;
    const page = await open(browser, room, '#/marking', { locale });
    await page.click(`.markings .labels button:has-text("${name}")`);
    await page.waitForSelector('.markings header button.primary');
    await page.keyboard.press('w');
    await page.waitForSelector('.workoff article h3');
    const first = await page.textContent('.workoff h3');
    await page.keyboard.press('x');
    await page.waitForFunction((was) => document.querySelector('.workoff h3').textContent !== was, first);
    assert.equal(await openOnes(), 3);
    await page.keyboard.press('z');
    await page.waitForFunction((was) => document.querySelector('.workoff h3').textContent === was, first);
    for (let left = 3; left >= 0; left--) {
      const now = await page.textContent('.workoff h3');
      await page.keyboard.press('x');
      if (left > 0) await page.waitForFunction((was) => document.querySelector('.workoff h3')?.textContent !== was, now);
    }
    await page.waitForSelector('.markings .state');
    assert.equal(await openOnes(), 0);
    await page.keyboard.press('Escape');
    await page.waitForSelector('.markings article.mark .done');
    await closeQuiet(page);
  }
});

inBrowser('a label is renamed, recoloured, removed with its marks and brought back', async ({ browser, room }) => {
  const page = await open(browser, room, '#/marking');
  await page.click('.markings .labels button:has-text("Oil")');
  await page.click('.labeltools summary');
  await page.fill('.labeltools input', 'Petroleum');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.markings h1 >> text=Petroleum');
  await page.click('.labeltools .colours [data-colour=violet]');
  await page.waitForSelector('.labels .labelled[data-colour=violet]');
  const before = (await list(room)).total;
  await page.click('.labeltools form .link');
  await page.waitForSelector('.labels button:has-text("Petroleum")', { state: 'detached' });
  assert.equal((await list(room)).total, before - 2);
  await page.keyboard.press('z');
  await page.waitForSelector('.labels button:has-text("Petroleum")');
  assert.equal((await list(room)).total, before);
  await closeQuiet(page);
});

test('marks outlive rebuild and retry', async ({ room }) => {
  const before = await list(room, '?sort=oldest');
  assert.ok(before.total >= 5);
  const places = await marksOf(room, items['cable.txt']);
  await room.leave();
  ask(room, 'rebuild', room.case);
  ask(room, 'check', room.case);
  await room.serve();
  await room.enter();
  assert.equal((await room.post('/api/v1/retry', { item: items['cable.txt'] })).status, 204);
  let state;
  do state = (await room.get('/api/v1/retry')).json;
  while (state.phase === 'running');
  assert.equal(state.phase, 'done', state.message);
  assert.deepEqual(await list(room, '?sort=oldest'), before);
  assert.deepEqual(await marksOf(room, items['cable.txt']), places);
});

await runTests(
  async () => {
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(leak, name), text);
    const room = await Room.open({ leak, serveOptions: ['--by', 'Mina'] });
    await room.enter();
    const { rows } = (await room.get('/api/v1/ledger')).json;
    items = Object.fromEntries(rows.map(({ item, name }) => [name, item]));
    return { room, leak, browser: await openBrowser() };
  },
  async ({ room, leak, browser }) => {
    await browser?.close();
    await room.leave();
    await room.close();
    rmSync(leak, { recursive: true, force: true });
  },
);
