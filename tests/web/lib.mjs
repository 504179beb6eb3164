// What the reading room's tests share: TAP, a case made from sample/ with hostile files beside it, a
// running `sanad serve`, and a browser.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertConforms } from './conforms.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const sample = path.join(root, 'sample');
export const sanad = process.env.SANAD ? path.resolve(process.env.SANAD) : path.join(root, 'build/sanad');
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const xssName = '<img src=x onerror=window.pwned=1>.txt';
const xssText =
  'zanzibar <script>window.pwned=1</script> <img src="http://attacker.invalid/a.png" onerror=window.pwned=1>\n';
const xssPage =
  '<!doctype html><title>"><script>window.pwned=1</script></title>' +
  '<article><h1>zanzibar</h1><p>zanzibar &lt;script&gt;window.pwned=1&lt;/script&gt; ' +
  '<img src="http://attacker.invalid/b.png" onerror="window.pwned=1"></p></article>';

// ---- TAP ----

const tests = [];

export function test(name, run) {
  tests.push({ name, run });
}

/** What needs a browser; skipped where there is none. */
export function inBrowser(name, run) {
  tests.push({ name, run, browses: true });
}

/** Runs the tests in order, with what `open` gives; `close` runs whatever happens. */
export async function runTests(open, close) {
  let failed = 0;
  const given = await open();
  if (given === null) return;
  try {
    console.log(`1..${tests.length}`);
    for (const [i, { name, run, browses }] of tests.entries()) {
      if (browses && given.browser === null) {
        console.log(`ok ${i + 1} - ${name} # SKIP no chromium`);
        continue;
      }
      try {
        await run(given);
        console.log(`ok ${i + 1} - ${name}`);
      } catch (error) {
        failed++;
        console.log(`not ok ${i + 1} - ${name}`);
        console.log(String(error.stack ?? error).replace(/^/gm, '# '));
      }
    }
  } finally {
    await close(given);
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

export function skipAll(why) {
  console.log(`1..0 # SKIP ${why}`);
  return null;
}

// ---- a case and its room ----

function run(args, cwd, env) {
  const done = spawnSync(sanad, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 30, timeout: 1200000 });
  if (done.status !== 0) throw new Error(`sanad ${args[0]}: status ${done.status}\n${done.stderr}`);
  return done.stdout;
}

function writeLeak(folder) {
  cpSync(sample, folder, { recursive: true });
  mkdirSync(path.join(folder, 'hostile'));
  writeFileSync(path.join(folder, 'hostile', xssName), xssText);
  writeFileSync(path.join(folder, 'hostile', 'page.html'), xssPage);
  const cities = Array.from({ length: 9000 }, (_, i) => `line ${i} of a long text about Valparaiso`);
  writeFileSync(path.join(folder, 'hostile', 'long.txt'), cities.join('\n'));
}

/** The address that serve prints. */
function addressOf(child) {
  return new Promise((done, failed) => {
    let said = '';
    child.stdout.on('data', (data) => {
      said += data;
      const address = /http:\/\/\S+\?t=[0-9a-f]+/.exec(said);
      if (address) done(address[0]);
    });
    child.on('exit', (code) => failed(new Error(`sanad serve ended with ${code}: ${said}`)));
  });
}

export class Room {
  /** The room over a case that is there, whose passphrase SANAD_PASSPHRASE_FILE holds. */
  static async over(kase) {
    const room = new Room();
    room.folder = mkdtempSync(path.join(tmpdir(), 'sanad-web-'));
    room.case = kase;
    room.env = process.env;
    await room.serve();
    return room;
  }

  /** A case of the folder `leak`; without one, of sample/ and hostile files. */
  static async open({ leak, addOptions = [], serveOptions = [] } = {}) {
    const room = new Room();
    room.folder = mkdtempSync(path.join(tmpdir(), 'sanad-web-'));
    const pass = path.join(room.folder, 'passphrase');
    room.case = path.join(room.folder, 'cables.sanad');
    room.env = { ...process.env, SANAD_PASSPHRASE_FILE: pass };
    writeFileSync(pass, 'one two three\n');
    room.serveOptions = serveOptions;
    if (!leak) writeLeak(path.join(room.folder, 'leak'));
    run(['init', room.case], room.folder, room.env);
    run(['add', room.case, leak ?? 'leak', '--json', ...addOptions], room.folder, room.env);
    await room.serve();
    return room;
  }

  async serve() {
    this.child = spawn(sanad, ['serve', this.case, '--listen', '127.0.0.1:0', ...(this.serveOptions ?? [])], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.address = await addressOf(this.child);
    this.url = new URL(this.address);
    this.token = this.url.searchParams.get('t');
    this.origin = this.url.origin;
  }

  /** Spends the token; keeps the cookie for `get`. */
  async enter() {
    const answer = await this.get(`/?t=${this.token}`);
    this.cookie = answer.headers['set-cookie'][0].split(';')[0];
    return answer;
  }

  /** One request, with nothing but what is said here. Answers must be as docs/api says. */
  get(target, { headers = {}, method = 'GET', cookie = this.cookie, body } = {}) {
    return new Promise((done, failed) => {
      const request = http.request(
        {
          host: this.url.hostname,
          port: this.url.port,
          path: target,
          method,
          headers: { ...(cookie ? { cookie } : {}), ...headers },
          agent: false,
        },
        (answer) => {
          const parts = [];
          answer.on('data', (part) => parts.push(part));
          answer.on('end', () => {
            const bytes = Buffer.concat(parts);
            const text = bytes.toString();
            const json = /json/.test(answer.headers['content-type'] ?? '') ? JSON.parse(text) : null;
            try {
              if (json) assertConforms(method, target, answer.statusCode, json);
            } catch (error) {
              failed(error);
            }
            done({ status: answer.statusCode, headers: answer.headers, bytes, text, json });
          });
        },
      );
      request.on('error', failed);
      request.end(body);
    });
  }

  /** Asks for a change, as the room's own page does. */
  post(target, values) {
    const headers = { origin: this.origin, 'content-type': 'application/json' };
    return this.get(target, { method: 'POST', headers, body: JSON.stringify(values) });
  }

  status() {
    return run(['status', this.case, '--json'], this.folder, this.env);
  }

  /** Fails when a byte of the case is not as it was written. */
  check() {
    run(['check', this.case], this.folder, this.env);
  }

  /** Reads what is locked again, with these passwords. */
  retryWith(passwords) {
    const file = path.join(this.folder, 'passwords');
    writeFileSync(file, `${passwords.join('\n')}\n`);
    run(['retry', this.case, '--password-file', file, '--json'], this.folder, this.env);
  }

  /** The item whose path ends so. */
  async itemNamed(name) {
    const { rows } = (await this.get('/api/v1/ledger?limit=1000')).json;
    const row = rows.find((one) => one.path.endsWith(name));
    assert.ok(row, name);
    return row.item;
  }

  search(q, more = '') {
    return this.get(`/api/v1/search?q=${encodeURIComponent(q)}${more}`);
  }

  /** Ends the program as a service manager would; gives its exit status, or "late". */
  leave() {
    this.child.removeAllListeners('exit');
    const ended = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGTERM');
    return Promise.race([ended, new Promise((done) => setTimeout(() => done('late'), 8000).unref())]);
  }

  async close() {
    if (this.child.exitCode === null) this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// ---- a browser ----

export async function openBrowser() {
  if (!existsSync(chromiumPath)) return null;
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

/** A page that holds the room's cookie and writes down whatever it asks for or complains of. It hears of no
 * changes unless it is `live`: a stream that does not end would keep the network from ever being idle. */
export async function openPage(browser, room, { live = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en', ...options });
  const [name, value] = room.cookie.split('=');
  await context.addCookies([
    { name, value, domain: room.url.hostname, path: '/', httpOnly: true, sameSite: 'Strict' },
  ]);
  if (!live)
    await context.addInitScript(() => {
      window.EventSource = class {
        addEventListener() {}
      };
    });
  const page = await context.newPage();
  page.log = { foreign: [], complaints: [] };
  await context.route('**', (route) => {
    const url = route.request().url();
    if (url.startsWith(room.origin) || url.startsWith('blob:')) return route.continue();
    page.log.foreign.push(url);
    return route.abort();
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) page.log.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.log.complaints.push(error.message));
  page.on('dialog', (dialog) => {
    page.log.complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return page;
}

/** Nothing foreign was asked for, nothing of a document ran, the console is quiet. */
export async function closeQuiet(page) {
  assert.deepEqual(page.log, { foreign: [], complaints: [] });
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await page.context().close();
}
