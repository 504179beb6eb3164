// What axe-core says of every screen: nothing serious, in English and Persian, light and dark.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser, openPage, Room, runTests, skipAll, test } from './lib.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const texts = {
  'a.txt': `Tehran, March 3, 2014

Foreign Minister Javad Zarif told Adel Abdel Mahdi that Qassem Soleimani would travel to Baghdad. Mohammad Khatami and
Mohammad Reza Khatami were named as well.
`,
  'b.txt': `تاریخ: ۱۳۹۳/۰۸/۱۲

سردار قاسم سلیمانی در بغداد با حیدر العبادی نخست وزیر عراق دیدار کرد.
`,
  'empty.txt': '',
};

/** One of each kind. */
const marks = [
  { kind: 'tag', item: 1, label_name: 'tehran' },
  { kind: 'star', item: 1 },
  { kind: 'list', item: 1, label_name: 'to verify' },
  { kind: 'note', item: 2, page: 1, text: 'بپرس از راننده', lang: 'fa' },
  { kind: 'highlight', item: 2, page: 1, start: 0, end: 20, label_name: 'yellow' },
  { kind: 'translation', item: 2, page: 1, start: 0, end: 20, text: 'General Qasem Soleimani', lang: 'en' },
];

/** How to get to a screen, and what is there when it is drawn. */
const screens = [
  ['overview', '#/overview', '.overview .lines a'],
  ['start', '#/', '.holdings'],
  ['terms', '#/terms', '.batch textarea'],
  ['document', '#/item/1/1', '.document .text'],
  ['a file without text', '#/item/3/1', '.document .state'],
  ['ledger', '#/ledger', '.ledger tbody tr'],
  ['people', '#/people', '.people .virtual a'],
  ['a name', '#/people/1', 'article.name .passage'],
  ['review', '#/people/review', '.review .pair .reason'],
  ['timeline', '#/timeline', '.chart .bars button'],
  ['network', '#/network', '.network tbody tr'],
  ['marking', '#/marking', '.markings article.mark'],
];

async function assertClean(page, name) {
  const { violations } = await page.evaluate(
    ([source]) => {
      if (!window.axe) (0, eval)(source);
      return window.axe.run(document, { resultTypes: ['violations'] });
    },
    [axe],
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`);
  assert.deepEqual(told, [], name);
}

for (const look of [
  { locale: 'en', colorScheme: 'light' },
  { locale: 'fa', colorScheme: 'dark' },
]) {
  test(`nothing serious on any screen (${look.locale}, ${look.colorScheme})`, async ({ browser, room }) => {
    // What looks into the page is not of the page: its policy would not let it in.
    const page = await openPage(browser, room, { ...look, bypassCSP: true });
    for (const [name, place, drawn] of screens) {
      await page.goto(`${room.origin}/${place}`);
      await page.waitForSelector(drawn);
      await page.waitForLoadState('networkidle');
      await assertClean(page, name);
    }
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open]');
    await assertClean(page, 'keys');
    await page.keyboard.press('Escape');
    await page.fill('.box input', 'name:"Qasem Soleimani" baghdad');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.used, .found .state');
    await assertClean(page, 'hits');
    await page.keyboard.press('j');
    await page.keyboard.press('t');
    await page.waitForSelector('.labelbox [role=option], .labelbox button');
    await assertClean(page, 'choosing a tag');
    await page.context().close();
  });
}

await runTests(
  async () => {
    const browser = await openBrowser();
    if (browser === null) return skipAll('no chromium');
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(leak, name), text);
    const room = await Room.open({ leak });
    await room.enter();
    for (const mark of marks) assert.equal((await room.post('/api/v1/marks', mark)).status, 200);
    return { browser, room, leak };
  },
  async ({ browser, room, leak }) => {
    await browser.close();
    await room.leave();
    await room.close();
    rmSync(leak, { recursive: true, force: true });
  },
);
