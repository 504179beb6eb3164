// The name that people choose for a name, and notes about it: by HTTP and by keys, in English and Persian.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inBrowser, openBrowser, openPage, Room, runTests, test } from './lib.mjs';

const texts = {
  'one.txt': 'Ambassador Stuart Jones met Prime Minister Haider al-Abadi in Baghdad. Stuart Jones left.\n',
  'two.txt': 'Foreign Minister Javad Zarif told Stuart Jones that Haider al-Abadi was in Baghdad.\n',
};

const say = (room, values) => room.post('/api/v1/decisions', values);
const find = async (room, text) => (await room.get(`/api/v1/names?text=${encodeURIComponent(text)}`)).json.names;

test('a chosen name is shown wherever the name is, finds it, and is taken back', async ({ room }) => {
  const [jones] = await find(room, 'jones');
  const renamed = (await say(room, { verdict: 'rename', a: `#${jones.id}`, b: 'S. Q. Janus', why: 'as he signs' })).json;
  assert.deepEqual(renamed.now, [jones.id]);
  const page = (await room.get(`/api/v1/names/${jones.id}`)).json;
  assert.equal(page.name, 'S. Q. Janus');
  assert.deepEqual([page.called.by, page.called.why], ['Mina', 'as he signs']);
  assert.equal((await find(room, 'janus'))[0].id, jones.id);
  const complete = (await room.get('/api/v1/complete?q=janu')).json.names;
  assert.deepEqual(complete.map(({ name }) => name), ['S. Q. Janus']);
  const found = (await room.search('name:"S. Q. Janus"')).json;
  assert.equal(found.total, 2);
  assert.equal(found.names[0].name, 'S. Q. Janus');
  const { names } = (await room.get(`/api/v1/items/${found.hits[0].item}/pages/1/names`)).json;
  assert.ok(names.some(({ name }) => name === 'S. Q. Janus'));
  const network = (await room.get(`/api/v1/network?around=${jones.id}`)).json;
  assert.ok(network.names.some(({ name }) => name === 'S. Q. Janus'));
  await say(room, { verdict: 'undo', undoes: renamed.decision });
  assert.equal((await room.get(`/api/v1/names/${jones.id}`)).json.name, 'Stuart Jones');
});

test('a note is written, changed and taken away, and stays on record', async ({ room }) => {
  const [zarif] = await find(room, 'zarif');
  const a = `#${zarif.id}`;
  const notes = async () => (await room.get(`/api/v1/names/${zarif.id}`)).json.notes.map(({ why }) => why);
  const first = (await say(room, { verdict: 'note', a, why: 'see page 3' })).json.decision;
  const second = (await say(room, { verdict: 'note', a, why: 'see page 4', undoes: first })).json.decision;
  assert.deepEqual(await notes(), ['see page 4']);
  await say(room, { verdict: 'undo', undoes: second });
  assert.deepEqual(await notes(), ['see page 3']);
  await say(room, { verdict: 'note', a, why: '' });
  assert.deepEqual(await notes(), []);
  assert.equal((await say(room, { verdict: 'note', a, why: '' })).status, 400);
  assert.ok((await room.get('/api/v1/decisions')).json.decisions.some(({ why }) => why === 'see page 4'));
});

test('what is no name is refused', async ({ room }) => {
  const [zarif] = await find(room, 'zarif');
  for (const b of ['...', 'a\nb', '', 'a'.repeat(1000)])
    assert.ok([400, 422].includes((await say(room, { verdict: 'rename', a: `#${zarif.id}`, b })).status), b.slice(0, 9));
  assert.equal((await say(room, { verdict: 'rename', a: '#999999', b: 'X Y' })).status, 404);
});

inBrowser('by keys: named, noted, taken back', async ({ browser, room }) => {
  const [abadi] = await find(room, 'abadi');
  for (const locale of ['en', 'fa']) {
    const page = await openPage(browser, room, { locale });
    await page.goto(`${room.origin}/#/people/${abadi.id}`);
    await page.waitForSelector('article.name .passage');
    await page.keyboard.press('r');
    await page.waitForSelector('.telling input:focus');
    await page.keyboard.type('<b>حیدر</b>');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('article.name h1').textContent === '<b>حیدر</b>');
    assert.equal(await page.locator('.telling').count(), 0);
    await page.keyboard.press('z');
    await page.waitForFunction(() => document.querySelector('article.name h1').textContent === 'Haider al-Abadi');
    await page.keyboard.press('m');
    await page.waitForSelector('.notes textarea:focus');
    await page.keyboard.type('his passport');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.notes .note');
    assert.equal(await page.textContent('.notes .note'), 'his passport');
    await page.keyboard.press('z');
    await page.waitForSelector('.notes .note', { state: 'detached' });
    assert.deepEqual(page.log.foreign, []);
    assert.deepEqual(page.log.complaints, []);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    await page.context().close();
  }
});

async function set() {
  const leak = mkdtempSync(path.join(tmpdir(), 'sanad-renamed-'));
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(leak, name), text);
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
