// Pages follow the case: what another process or another tab writes is shown without asking, and the
// place, the selection and the focus stay.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inBrowser, openBrowser, openPage, Room, runTests, sanad, test } from './lib.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'sanad-events-'));
const leak = path.join(folder, 'leak');
const more = path.join(folder, 'more');

/** The messages of a stream, as they come. */
function listen(room, headers = {}) {
  const messages = [];
  const waiting = [];
  const stream = { messages, status: null };
  const request = http.get(
    { host: room.url.hostname, port: room.url.port, path: '/api/v1/events', headers: { cookie: room.cookie, ...headers }, agent: false },
    (answer) => {
      stream.status = answer.statusCode;
      stream.type = answer.headers['content-type'];
      let text = '';
      answer.on('data', (data) => {
        text += data;
        const parts = text.split('\n\n');
        text = parts.pop();
        for (const part of parts) {
          const data = /^event: change\ndata: (.*)$/.exec(part)?.[1];
          if (data) messages.push(JSON.parse(data));
        }
        for (const wake of waiting.splice(0)) wake();
      });
      answer.on('close', () => {
        stream.over = true;
        for (const wake of waiting.splice(0)) wake();
      });
    },
  );
  request.on('error', () => {});
  stream.close = () => request.destroy();
  /** Waits for a message of which `fits` is true. */
  stream.until = async (fits) => {
    for (let seen = 0; ; ) {
      for (; seen < messages.length; seen++) if (fits(messages[seen])) return messages[seen];
      if (stream.over) throw new Error('the stream is over');
      await new Promise((done) => waiting.push(done));
    }
  };
  return stream;
}

/** One that is told something: those that are gone are found out by writing to them, and count until then. */
async function listening(room) {
  for (let tries = 0; ; tries++) {
    const stream = listen(room);
    if (await stream.until(() => true).catch(() => null)) return stream;
    assert.ok(tries < 60, 'those that are gone are still counted');
    await new Promise((done) => setTimeout(done, 100));
  }
}

function addFiles(room, from) {
  const child = spawn(sanad, ['add', room.case, from, '--json', '--no-ocr'], { env: room.env, stdio: 'ignore' });
  return new Promise((done) => child.on('exit', done));
}

test('a message at the start, and for what this process and others write', async ({ room }) => {
  const stream = await listening(room);
  const first = await stream.until(() => true);
  assert.equal(stream.status, 200);
  assert.equal(stream.type, 'text/event-stream');
  assert.equal(first.running, null);
  const { names } = (await room.get('/api/v1/names?kind=person')).json;
  const said = await room.post('/api/v1/decisions', { verdict: 'unsure', a: `#${names[0].id}`, b: `#${names[1].id}` });
  assert.equal(said.status, 200);
  const decided = await stream.until(({ acts }) => acts > first.acts);
  assert.equal(decided.items, first.items);
  assert.notEqual(decided.turn, first.turn);
  assert.equal(await addFiles(room, path.join(more, 'one.txt')), 0);
  const added = await stream.until(({ items, waiting }) => items === first.items + 1 && waiting === 0);
  assert.ok(added.acts > decided.acts);
  await stream.until(({ running, items }) => running === null && items === first.items + 1);
  stream.close();
});

test('strangers hear nothing; who listens once too often is refused', async ({ room }) => {
  assert.equal((await room.get('/api/v1/events', { cookie: '' })).status, 401);
  assert.equal((await room.get('/api/v1/events', { headers: { host: 'attacker.invalid' } })).status, 403);
  const streams = [];
  for (let refused = false; !refused; ) {
    assert.ok(streams.length <= 16);
    const stream = listen(room);
    refused = !(await stream.until(() => true).catch(() => null));
    if (refused) assert.equal(stream.status, 429);
    else streams.push(stream);
  }
  assert.ok(streams.length > 10);
  for (const stream of streams) stream.close();
  (await listening(room)).close();
});

test('decisions are taken while files are being added', async ({ room }) => {
  const { names } = (await room.get('/api/v1/names?kind=person')).json;
  const stream = await listening(room);
  const ended = addFiles(room, path.join(more, 'many'));
  // A fast machine is done before anybody was told.
  await Promise.race([stream.until(({ running }) => running?.what === 'add'), ended]);
  const answer = await room.post('/api/v1/decisions', { verdict: 'unsure', a: `#${names[0].id}`, b: `#${names[1].id}` });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(await ended, 0);
  stream.close();
  const { decisions } = (await room.get('/api/v1/decisions')).json;
  assert.equal(decisions.at(-1).decision, answer.json.decision);
});

inBrowser('two tabs follow a third process, and keep their place', async ({ room, browser }) => {
  const page = await openPage(browser, room, { live: true });
  await page.goto(`${room.origin}/#/people`);
  await page.waitForSelector('.people .virtual a');
  const other = await page.context().newPage();
  await other.goto(`${room.origin}/#/ledger`);
  await other.waitForSelector('.ledger .check');
  const counted = () => other.locator('.ledger .check span').first().textContent();
  const before = await counted();
  await page.locator('.letters').fill('solei');
  await page.waitForFunction(() => document.querySelectorAll('.people .virtual a').length === 1);
  await page.locator('.letters').focus();
  assert.equal(await addFiles(room, path.join(more, 'two.txt')), 0);
  await other.waitForFunction((was) => document.querySelector('.ledger .check span').textContent !== was, before);
  await page.waitForFunction(() => document.querySelector('.people .virtual a b').textContent.startsWith('3 '));
  assert.equal(await page.evaluate(() => document.activeElement.className), 'letters');
  assert.equal(await page.locator('.letters').inputValue(), 'solei');
  assert.deepEqual(page.log.foreign, []);
  assert.deepEqual(page.log.complaints, []);
  await page.context().close();
});

inBrowser('results stay while they are read, and say what is new; a document follows a decision', async ({ room, browser }) => {
  const page = await openPage(browser, room, { live: true });
  await page.goto(room.origin);
  await page.fill('.box input', 'Soleimani');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit a');
  const before = await page.textContent('.summary b');
  assert.equal(await addFiles(room, path.join(more, 'three.txt')), 0);
  await page.waitForSelector('.newer');
  assert.match(await page.textContent('.newer'), /^1 new result/);
  assert.equal(await page.textContent('.summary b'), before);
  await page.locator('.hit a').first().focus();
  await page.keyboard.press('r');
  await page.waitForFunction((was) => document.querySelector('.summary b').textContent !== was, before);
  assert.equal(await page.locator('.newer').count(), 0);

  await page.locator('.hit a').first().click();
  await page.waitForSelector('.text a.named.person');
  const { names } = (await room.get('/api/v1/names?kind=person')).json;
  const [a, b] = names;
  const said = await room.post('/api/v1/decisions', { verdict: 'same', a: `#${a.id}`, b: `#${b.id}` });
  assert.equal(said.status, 200, said.text);
  const now = (await room.get(`/api/v1/names/${said.json.now[0]}`)).json;
  await page.waitForFunction(
    (id) => document.querySelectorAll(`.text a.named[href="#/people/${id}"]`).length >= 2,
    now.id,
  );
  assert.deepEqual(page.log.foreign, []);
  assert.deepEqual(page.log.complaints, []);
  await page.context().close();
});

test('the server ends although somebody listens', async ({ room }) => {
  await listening(room);
  assert.equal(await room.leave(), 0);
});

await runTests(
  async () => {
    mkdirSync(leak);
    mkdirSync(path.join(more, 'many'), { recursive: true });
    const met = 'General Qasem Soleimani met Haider al-Abadi and Adel Abdul Mahdi in Baghdad.\n';
    writeFileSync(path.join(leak, 'a.txt'), met);
    writeFileSync(path.join(more, 'one.txt'), `Later ${met}`);
    writeFileSync(path.join(more, 'two.txt'), `At last ${met}`);
    writeFileSync(path.join(more, 'three.txt'), `And once more ${met}`);
    for (let i = 0; i < 1500; i++) writeFileSync(path.join(more, 'many', `${i}.txt`), `Cable ${i} of the harbour office.\n`);
    const room = await Room.open({ leak });
    await room.enter();
    return { room, browser: await openBrowser() };
  },
  async ({ room, browser }) => {
    await browser?.close();
    await room.close();
    rmSync(folder, { recursive: true, force: true });
  },
);
