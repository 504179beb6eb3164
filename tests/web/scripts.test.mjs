// Script wherever a leak or a person can write: in names of files, subjects, titles, pages, cells, mails, cards, and
// in everything the room keeps of what people type. On every screen, in English and Persian, nothing of it runs,
// the policy of the page has nothing to report, and nothing is asked of another machine.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeHostile } from './hostile.mjs';
import { openBrowser, openPage, Room, runTests, skipAll, test } from './lib.mjs';
import { addressOf, operations, plainObject } from './operations.mjs';

const evil = 'http://attacker.invalid';
const strings = [
  '<script>window.pwned=1</script>',
  '"><img src=x onerror=window.pwned=1>',
  "'><svg onload=window.pwned=1>",
  '</title></textarea></style></script><script>window.pwned=1</script>',
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<img src="${evil}/a.png"><link rel=stylesheet href="${evil}/a.css">`,
  `<style>@import "${evil}/b.css";*{background:url(${evil}/c.png)}</style>`,
  `<meta http-equiv=refresh content="0;url=${evil}/d"><base href="${evil}/">`,
  '<a href="javascript:window.pwned=1" autofocus onfocus=window.pwned=1>a</a>',
  '<details open ontoggle=window.pwned=1><math><mtext></form><form><mglyph><style></math><img src onerror=window.pwned=1>',
  '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>">',
  '{{constructor.constructor("window.pwned=1")()}}${window.pwned=1}',
  'javascript:/*--></title></style></textarea></script><svg/onload=window.pwned=1>//',
  '&lt;img src=x onerror=window.pwned=1&gt;&#60;script&#62;window.pwned=1&#60;/script&#62;',
  '\u2028window.pwned=1//\u202e<script>window.pwned=1</script>',
];
/** Everything that keeps what people type is given each of the strings; some refuse some. */
async function typeEverywhere(room) {
  let kept = 0;
  const asked = operations.filter(({ body, id }) => body && id !== 'retryStart');
  for (const operation of asked) {
    const texts = Object.entries(operation.body.properties).filter(([, schema]) => schema.type === 'string' && !schema.enum);
    for (const text of strings) {
      const values = Object.fromEntries(texts.map(([name]) => [name, text]));
      const wanted = operation.body.properties.kind?.enum ?? [undefined];
      for (const kind of wanted) {
        const body = { ...plainObject(operation.body), ...values, ...(kind ? { kind } : {}) };
        const { status } = await room.post(addressOf(operation), body);
        assert.ok(status < 500, `${operation.id}: ${status}`);
        if (status < 300) kept++;
      }
    }
  }
  assert.ok(kept >= 2 * strings.length, `${kept} kept`);
}

const nav = readFileSync(new URL('../../ui/src/nav.ts', import.meta.url), 'utf8');
const table = /const addresses = \{(.*?)\} as const/s.exec(nav)[1];
/** The addresses of ui/src/nav.ts: a screen that comes later is visited too. */
const screens = [...table.matchAll(/: '([^']+)'/g)].map(([, address]) => address);

async function watched(browser, room, locale) {
  const page = await openPage(browser, room, { locale });
  await page.addInitScript(() => {
    window.reports = [];
    window.addEventListener('securitypolicyviolation', (report) => window.reports.push(`${report.violatedDirective} ${report.blockedURI}`));
  });
  return page;
}

/** What may be said of what is not there. */
const missing = /status of 404/;

async function assertInert(page, where) {
  assert.equal(await page.evaluate(() => window.pwned), undefined, where);
  assert.deepEqual(await page.evaluate(() => window.reports), [], where);
  assert.deepEqual(page.log.foreign, [], where);
  assert.deepEqual(page.log.complaints.filter((text) => !missing.test(text)), [], where);
  assert.equal(await page.locator('iframe, object, embed, base, meta[http-equiv=refresh], [onerror], [onload], [onfocus], [href^="javascript:" i], [srcdoc]').count(), 0, where);
  assert.equal(await page.locator('script').count(), await page.locator('script[src^="/assets/"]').count(), where);
}

async function settled(page) {
  await page.waitForSelector('main, .document, .page');
  await page.waitForLoadState('networkidle');
}

for (const locale of ['en', 'fa']) {
  test(`nothing runs on any screen (${locale})`, async ({ browser, room }) => {
    const page = await watched(browser, room, locale);
    for (const address of screens.filter((one) => !one.includes('/:'))) {
      await page.goto(`${room.origin}/#${address}`);
      await page.reload();
      await settled(page);
      await assertInert(page, address);
    }
    for (const address of screens.filter((one) => one.includes('/:') && !one.includes(':item')))
      for (const number of ['1', '2']) {
        await page.goto(`${room.origin}/#${address.replace(/:\w+/g, number)}`);
        await settled(page);
        await assertInert(page, address);
      }
    await page.context().close();
  });

  test(`nothing runs in any document (${locale})`, async ({ browser, room }) => {
    const page = await watched(browser, room, locale);
    await page.goto(room.origin);
    await settled(page); // what it opens with does not come after what is asked for
    for (const { item, path: at } of room.rows) {
      await page.goto(`${room.origin}/#/item/${item}/1`);
      await page.waitForSelector('.document .text, .document .state');
      await settled(page);
      await assertInert(page, at);
    }
    await page.context().close();
  });

  test(`nothing runs among hits, nor as it is searched for (${locale})`, async ({ browser, room }) => {
    const page = await watched(browser, room, locale);
    await page.goto(room.origin);
    for (const q of ['tirazan', ...strings]) {
      await page.fill('input[type=search]', q);
      await page.waitForTimeout(50); // completions come while it is typed
      await page.keyboard.press('Enter');
      await page.waitForSelector('.hit, .found .state');
      await settled(page);
      await assertInert(page, q);
    }
    await page.context().close();
  });

  test(`nothing runs in a dialog (${locale})`, async ({ browser, room }) => {
    const page = await watched(browser, room, locale);
    const dialog = async (key) => {
      await page.keyboard.press(key);
      await page.waitForSelector('dialog[open]').catch((error) => assert.fail(`${key}: ${error.message}`));
      await settled(page);
      await assertInert(page, key);
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog[open]', { state: 'detached' });
    };
    await page.goto(room.origin);
    await page.fill('input[type=search]', 'tirazan');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.hit');
    await page.keyboard.press('j');
    await page.waitForSelector('.hit.chosen');
    for (const key of ['?', 'v', 't', 'l', 'o']) await dialog(key);
    await page.goto(`${room.origin}/#/item/${room.rows.find(({ path: at }) => at.endsWith('report.docx')).item}/1`);
    await page.waitForSelector('.document .text .prose');
    for (const key of ['?', 't', 'l']) await dialog(key);
    await page.locator('button.download').focus();
    await dialog('Enter');
    await page.context().close();
  });
}

await runTests(
  async () => {
    const browser = await openBrowser();
    if (browser === null) return skipAll('no chromium');
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    writeHostile(leak, strings);
    const room = await Room.open({ leak, addOptions: ['--no-ocr'] });
    room.leak = leak;
    await room.enter();
    await typeEverywhere(room);
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
