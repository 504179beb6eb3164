// Who is named: the lists, one name's page, what people decide, names in searches; by HTTP and in a
// browser, in English and Persian.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeQuiet, inBrowser, openBrowser, openPage, Room, runTests, test } from './lib.mjs';

const texts = {
  'meeting.txt': `Baghdad, July 14, 2015

Ambassador Stuart Jones met Prime Minister Haider al-Abadi in Baghdad. General Qasem Soleimani had met Haider al-Abadi
the day before. According to Adel Abdul Mahdi, Qasem Soleimani stayed in Baghdad for two days. Mr. Soleimani spoke of Mosul.
`,
  'second.txt': `Tehran, March 3, 2014

Foreign Minister Javad Zarif told Adel Abdel Mahdi that Qassem Soleimani would travel to Baghdad. Haidar al-Abadi was not
there. Mohammad Khatami and Mohammad Reza Khatami were named as well.
`,
  'farsi.txt': `تاریخ: ۱۳۹۳/۰۸/۱۲

سردار قاسم سلیمانی در بغداد با حیدر العبادی نخست وزیر عراق دیدار کرد. عادل عبدالمهدی نیز در این دیدار حضور داشت.
قاسم سلیمانی سپس به تهران بازگشت.
`,
  'undated.txt': `Qasem Soleimani and Mohammad Reza Khatami were seen together. <img src=x onerror=window.pwned=1> denied it.
`,
};

const names = (room, more = '') => room.get(`/api/v1/names${more}`);

async function entity(room, text) {
  const { json } = await names(room, `?text=${encodeURIComponent(text)}`);
  assert.equal(json.names.length, 1, text);
  return json.names[0];
}

// ---- by HTTP ----

test('names are listed, narrowed down, put in order and given in parts', async ({ room }) => {
  const all = (await names(room)).json;
  assert.equal(all.names.length, all.total);
  assert.equal(Object.values(all.kinds).reduce((a, b) => a + b), all.total);
  assert.ok(all.names.every((name, i) => i === 0 || name.documents <= all.names[i - 1].documents));
  const persons = (await names(room, '?kind=person&sort=name')).json;
  assert.equal(persons.total, all.kinds.person);
  assert.ok(persons.names.every(({ kind }) => kind === 'person'));
  const part = (await names(room, '?limit=2&offset=1')).json.names;
  assert.deepEqual(part, all.names.slice(1, 3));
  assert.equal((await names(room, '?text=nobody')).json.total, 0);
});

test('letters of any spelling and script find it', async ({ room }) => {
  const found = [];
  for (const text of ['soleim', 'QASSEM', 'سليماني', 'soleimani qa']) found.push(await entity(room, text));
  assert.equal(new Set(found.map(({ id }) => id)).size, 1);
  assert.equal(found[0].documents, 4);
});

test('a page of a name: spellings, posts, years, company, passages', async ({ room }) => {
  const abadi = await entity(room, 'abadi');
  const page = (await room.get(`/api/v1/names/${abadi.id}`)).json;
  const written = page.written.map(({ spelling }) => spelling);
  for (const spelling of ['Haidar al-Abadi', 'Haider al-Abadi', 'حیدر العبادی']) assert.ok(written.includes(spelling), spelling);
  const { id } = await entity(room, 'soleimani');
  const years = Object.fromEntries((await room.get(`/api/v1/names/${id}`)).json.years.map(({ year, documents }) => [year, documents]));
  assert.deepEqual(years, { '': 1, 2014: 2, 2015: 1 });
  const { company } = (await room.get(`/api/v1/names/${id}/company?kind=person`)).json;
  assert.ok(company.every((one) => one.kind === 'person' && one.id !== id));
  assert.equal(company.find((one) => one.id === abadi.id).pages, 3);
  const { passages } = (await room.get(`/api/v1/names/${id}/passages`)).json;
  assert.equal(passages.length, (await entity(room, 'qasem soleimani')).mentions);
  assert.ok(passages.length >= 6);
  const dates = passages.map(({ date }) => date);
  assert.deepEqual(dates.filter(Boolean), dates.filter(Boolean).sort());
  assert.equal(dates.at(-1), null);
  assert.equal(passages.find(({ name }) => name === 'farsi.txt').solar, '1393-08-12');
  for (const { text, marks, spelling } of passages) assert.equal(text.slice(...marks[0]), spelling);
});

test('zarif was Foreign Minister', async ({ room }) => {
  const zarif = await entity(room, 'zarif');
  const { posts } = (await room.get(`/api/v1/names/${zarif.id}`)).json;
  assert.deepEqual(posts, [{ post: 'Foreign Minister', mentions: 1 }]);
});

test('what is unsure is put forward with its reason, decided once, and taken back', async ({ room }) => {
  const [pair] = (await room.get('/api/v1/names/review')).json.pairs;
  assert.deepEqual([pair.a.name, pair.b.name].sort(), ['Mohammad Khatami', 'Mohammad Reza Khatami']);
  assert.ok(pair.reason.some(({ kind, a, b }) => kind === 'omitted' && (a ?? b) === 'Reza'));
  const ends = { a: `#${pair.a.id}`, b: `#${pair.b.id}` };

  const same = (await room.post('/api/v1/decisions', { verdict: 'same', ...ends, why: 'the caption says so' })).json;
  assert.equal(same.now[0], same.now[1]);
  assert.equal((await room.get('/api/v1/names/review')).json.total, 0);
  const merged = (await room.get(`/api/v1/names/${pair.b.id}`)).json;
  assert.equal(merged.id, same.now[0]);
  assert.equal(merged.decisions[0].by, 'Mina');
  assert.equal(merged.decisions[0].why, 'the caption says so');

  const refused = await room.post('/api/v1/decisions', { verdict: 'different', a: 'Mohammad Khatami', b: 'Mohammad Reza Khatami' });
  assert.equal(refused.status, 400);
  const undone = await room.post('/api/v1/decisions', { verdict: 'undo', undoes: same.decision });
  assert.equal(undone.status, 200);
  assert.equal((await room.get('/api/v1/names/review')).json.total, 1);
  const { decisions } = (await room.get('/api/v1/decisions')).json;
  assert.deepEqual(decisions.map(({ verdict }) => verdict), ['same', 'undo']);
  assert.equal(decisions[0].undone_by, decisions[1].decision);

  await room.post('/api/v1/decisions', { verdict: 'unsure', ...ends });
  assert.equal((await room.get('/api/v1/names/review')).json.total, 0);
  const last = (await room.get('/api/v1/decisions')).json.decisions.at(-1);
  await room.post('/api/v1/decisions', { verdict: 'undo', undoes: last.decision });
});

test('the case is sound after it, custody log and all', async ({ room }) => {
  const said = spawnSync(path.resolve(process.env.SANAD), ['check', room.case], { env: room.env, encoding: 'utf8' });
  assert.equal(said.status, 0, said.stderr);
});

test('what is no decision is refused and changes nothing', async ({ room }) => {
  const before = (await room.get('/api/v1/decisions')).text;
  const url = '/api/v1/decisions';
  const bad = [
    {}, { verdict: 'perhaps', a: '#1', b: '#2' }, { verdict: 'same', a: '#1' }, { verdict: 'same', a: 1, b: 2 },
    { verdict: 'undo' }, { verdict: 'undo', undoes: -1 }, { verdict: 'undo', undoes: '1' }, { verdict: 'same', a: '#1', b: '#1' },
    { verdict: 'same', a: 'a'.repeat(2000), b: '#1' }, { verdict: 'same', a: '#1', b: '#2', why: 'a'.repeat(5000) },
  ];
  for (const values of bad) assert.equal((await room.post(url, values)).status, 400, JSON.stringify(values).slice(0, 80));
  assert.equal((await room.post(url, { verdict: 'same', a: '#1', b: '#999999' })).status, 404);
  assert.equal((await room.post(url, { verdict: 'undo', undoes: 999 })).status, 404);
  assert.equal((await room.post(url, { why: 'a'.repeat(20000) })).status, 413);
  const headers = { origin: room.origin };
  const raw = (body, more) => room.get(url, { method: 'POST', headers: { ...headers, ...more }, body });
  assert.equal((await raw('{"verdict":"same"}', { 'content-type': 'text/plain' })).status, 400);
  assert.equal((await raw('{', { 'content-type': 'application/json' })).status, 400);
  const json = { 'content-type': 'application/json' };
  const asked = JSON.stringify({ verdict: 'same', a: '#1', b: '#2' });
  assert.equal((await room.get(url, { method: 'POST', headers: json, body: asked })).status, 403);
  const foreign = { ...json, origin: 'http://evil.example' };
  assert.equal((await room.get(url, { method: 'POST', headers: foreign, body: asked })).status, 403);
  assert.equal((await room.get(url, { method: 'POST', headers: { ...json, ...headers }, body: asked, cookie: '' })).status, 401);
  assert.equal((await room.get('/api/v1/names?kind=dog')).status, 400);
  assert.equal((await room.get('/api/v1/names?sort=size')).status, 400);
  assert.equal((await room.get('/api/v1/names/999999')).status, 404);
  assert.equal((await room.get(url)).text, before);
});

test('what is being typed is completed', async ({ room }) => {
  const complete = async (q) => (await room.get(`/api/v1/complete?q=${encodeURIComponent(q)}`)).json;
  assert.deepEqual((await complete('zar')).names.map(({ name }) => name), ['Javad Zarif']);
  assert.ok((await complete('in bagh')).words.some(({ word, pages }) => word === 'baghdad' && pages === 2));
  assert.deepEqual(await complete(''), { names: [], words: [] });
  assert.deepEqual(await complete('"(('), { names: [], words: [] });
  assert.equal((await room.get(`/api/v1/complete?q=${'a'.repeat(300)}`)).status, 400);
});

test('a search by name says its spellings, and one can be switched off', async ({ room }) => {
  const all = (await room.search('name:"Qasem Soleimani"')).json;
  assert.equal(all.total, 4);
  const [used] = all.names;
  assert.deepEqual(used.spellings.map(({ spelling }) => spelling).sort(), ['Qasem Soleimani', 'Qassem Soleimani', 'قاسم سلیمانی']);
  assert.ok(all.hits.some(({ snippet, marks }) => marks.some(([a, b]) => /سلیمانی/.test(snippet.slice(a, b)))));
  const less = (await room.search('name:"Qasem Soleimani;-قاسم سلیمانی"')).json;
  assert.equal(less.total, 3);
  assert.deepEqual(less.names[0].spellings.filter(({ used: on }) => !on).map(({ spelling }) => spelling), ['قاسم سلیمانی']);
  const farsi = all.hits.find(({ name }) => name === 'farsi.txt');
  assert.equal(farsi.solar, '1393-08-12');
  const page = (await room.get(`/api/v1/items/${farsi.item}/pages/1?q=${encodeURIComponent('name:"Qasem Soleimani"')}`)).json;
  assert.ok(page.marks.length >= 2);
  assert.equal((await room.search('name:"Nobody Atall"')).json.names[0].id, undefined);
});

// ---- in a browser ----

async function open(browser, room, place, options) {
  const page = await openPage(browser, room, options);
  await page.goto(`${room.origin}/${place}`);
  return page;
}

inBrowser('by keys alone: from the list to a name to the place in a document, and back', async ({ browser, room }) => {
  const page = await open(browser, room, '');
  await page.waitForSelector('.holdings');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.waitForSelector('.people .virtual a');
  await page.keyboard.press('f');
  await page.waitForSelector('.letters:focus');
  await page.keyboard.type('سلیمان');
  await page.waitForFunction(() => document.querySelectorAll('.people .virtual li').length === 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.waitForSelector('.virtual li.chosen');
  await page.keyboard.press('Enter');
  await page.waitForSelector('article.name .passage mark');
  assert.equal(await page.textContent('article.name h1'), 'Qasem Soleimani');
  assert.match(page.url(), /#\/people\/\d+$/);
  await page.keyboard.press('j');
  await page.waitForSelector('.passage.chosen');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.document .text mark');
  await page.goBack();
  await page.waitForSelector('article.name .passage');
  await page.keyboard.press('b');
  await page.waitForSelector('.virtual li.chosen');
  assert.equal(await page.inputValue('.letters'), 'سلیمان');
  await closeQuiet(page);
});

inBrowser('Persian: names stand in their own direction, dates in both calendars', async ({ browser, room }) => {
  const { id } = await entity(room, 'soleimani');
  const page = await open(browser, room, `#/people/${id}`, { locale: 'fa' });
  await page.waitForSelector('.passage time');
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
  const dates = await page.locator('.passage time').allTextContents();
  assert.ok(dates.some((text) => text.includes('۱۲ آبان ۱۳۹۳') && text.includes('۲۰۱۴')), dates.join());
  assert.equal(await page.locator('.passage .undated').count(), 1);
  assert.ok(await page.locator('.written h3').count() >= 2);
  await page.locator('.written .link', { hasText: 'قاسم' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('.passage mark')].every((mark) => /قاسم/.test(mark.textContent)));
  await closeQuiet(page);
});

inBrowser('a pair is decided by one key, and taken back by another', async ({ browser, room }) => {
  for (const locale of ['en', 'fa']) {
    const page = await open(browser, room, '#/people/review', { locale });
    await page.waitForSelector('.pair .reason [data-kind=omitted]');
    await page.keyboard.press('d');
    await page.waitForSelector('.review .state');
    await page.waitForSelector('.said button');
    const { decisions } = (await room.get('/api/v1/decisions')).json;
    assert.equal(decisions.at(-1).verdict, 'different');
    await page.keyboard.press('z');
    await page.waitForSelector('.pair');
    await closeQuiet(page);
  }
});

inBrowser('names are joined on their page, and a refusal is told', async ({ browser, room }) => {
  const zarif = await entity(room, 'zarif');
  const jones = await entity(room, 'jones');
  const page = await open(browser, room, `#/people/${zarif.id}`);
  await page.locator('.join summary').click();
  await page.locator('.join input').nth(1).fill('said so <img src=x onerror=window.pwned=1>');
  await page.locator('.join input').first().fill('stuart');
  await page.locator('.join .choices button').first().click();
  await page.waitForSelector('.decisions li');
  assert.match(await page.textContent('.decisions'), /Mina/);
  assert.equal((await room.get(`/api/v1/names/${jones.id}`)).json.id, (await room.get(`/api/v1/names/${zarif.id}`)).json.id);
  await page.locator('.written li .quiet').first().click();
  await page.waitForSelector('.said.bad');
  assert.match(await page.textContent('.said.bad'), /the same/);
  await page.locator('.decisions li button').first().click();
  await page.waitForSelector('.decisions li.undone');
  assert.notEqual((await room.get(`/api/v1/names/${jones.id}`)).json.id, (await room.get(`/api/v1/names/${zarif.id}`)).json.id);
  await page.context().close(); // the refusal stands in the console
});

inBrowser('a search by name has its spellings as switches', async ({ browser, room }) => {
  const page = await open(browser, room, '');
  await page.waitForSelector('.box input');
  await page.fill('.box input', 'name:"Qasem Soleimani"');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.used .chips button');
  assert.match(await page.textContent('.summary b'), /^4 /);
  await page.locator('.used .chips button', { hasText: 'قاسم' }).click();
  await page.waitForFunction(() => document.querySelector('.summary b').textContent.startsWith('3 '));
  assert.equal(await page.inputValue('.box input'), 'name:"Qasem Soleimani;-قاسم سلیمانی"');
  await page.reload();
  await page.waitForSelector('.used .chips button[aria-pressed=false]');
  await page.locator('.used .chips button[aria-pressed=false]').click();
  await page.waitForFunction(() => document.querySelector('.summary b').textContent.startsWith('4 '));
  await page.locator('.hit a', { hasText: 'farsi.txt' }).click();
  await page.waitForSelector('.text mark');
  assert.match((await page.locator('.text mark').allTextContents()).join(' '), /قاسم سلیمانی/);
  await closeQuiet(page);
});

inBrowser('what is typed is completed from the names and words of the case, by keys', async ({ browser, room }) => {
  for (const locale of ['en', 'fa']) {
    const page = await open(browser, room, '', { locale });
    await page.waitForSelector('.holdings');
    await page.keyboard.press('/');
    await page.keyboard.type('baghdad sol');
    await page.waitForSelector('.completions li');
    assert.match(await page.textContent('.completions'), /Qasem Soleimani/);
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.getAttribute('.completions li', 'aria-selected'), 'true');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.box input').value === 'baghdad name:"Qasem Soleimani" ');
    assert.equal(await page.locator('.completions').count(), 0);
    await page.keyboard.type('cam');
    await page.keyboard.press('Enter'); // nothing is chosen: this asks
    await page.waitForSelector('.found .state, .hit');
    await page.keyboard.press('/');
    await page.keyboard.type('سلی');
    await page.waitForSelector('.completions li');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.completions', { state: 'detached' });
    assert.equal(await page.inputValue('.box input'), 'سلی');
    await closeQuiet(page);
  }
});

inBrowser('what a filter of dates leaves out is said, and shown when asked for', async ({ browser, room }) => {
  const page = await open(browser, room, '');
  await page.waitForSelector('.box input');
  await page.fill('.box input', 'soleimani from:2014');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.note .link');
  assert.match(await page.textContent('.note'), /1 document/);
  await page.locator('.note .link').click();
  await page.waitForFunction(() => document.querySelectorAll('.hit').length === 1);
  assert.match(await page.textContent('.hit'), /undated/);
  await closeQuiet(page);
});

await runTests(
  async () => {
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(leak, name), text);
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
