// Pictures of every screen, for people to look at: English, Persian and Arabic, light and dark, wide
// and narrow.
//
//   SANAD=build/sanad node tests/web/screens.mjs FOLDER

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openBrowser, openPage, Room } from './lib.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: screens.mjs FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const looks = ['en', 'fa', 'ar'].flatMap((locale) =>
  ['light', 'dark'].flatMap((colorScheme) =>
    [
      [1440, 900],
      [390, 844],
    ].map(([width, height]) => ({ locale, colorScheme, viewport: { width, height } })),
  ),
);
const queries = { en: 'harbour', fa: 'وزارت', ar: 'الميناء' };

async function shoot(page, look, name) {
  const file = `${name}-${look.locale}-${look.colorScheme}-${look.viewport.width}.png`;
  await page.screenshot({ path: path.join(folder, file) });
}

/** Marks of every kind on what a search finds. */
async function mark(room) {
  const { hits } = (await room.search('harbour OR وزارت')).json;
  const items = hits.map(({ item }) => item);
  const [item] = items;
  await room.post('/api/v1/marks/many', { kind: 'list', label_name: 'to verify', items });
  await room.post('/api/v1/marks/many', { kind: 'tag', label_name: 'بندر', colour: 'teal', items: items.slice(0, 3) });
  await room.post('/api/v1/marks', { kind: 'star', item });
  await room.post('/api/v1/marks', { kind: 'note', item, page: 1, text: 'Ask the driver who signed this.' });
  await room.post('/api/v1/marks', { kind: 'highlight', item, page: 1, start: 0, end: 60, label_name: 'Harbour police', colour: 'yellow' });
  const text = 'ترجمهٔ آغاز این صفحه، هنوز بازبینی نشده است.';
  await room.post('/api/v1/marks', { kind: 'translation', item, page: 1, start: 0, end: 60, text, lang: 'fa' });
}

async function shootAll(browser, room, look) {
  const page = await openPage(browser, room, look);
  await page.goto(room.origin);
  await page.waitForSelector('.holdings');
  await page.waitForLoadState('networkidle');
  await shoot(page, look, 'overview');
  await page.locator('nav a[href="#/"]').click();
  await page.waitForSelector('.start');
  await shoot(page, look, 'start');

  await page.fill('.box input', queries[look.locale]);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit');
  await page.keyboard.press('j');
  await page.waitForLoadState('networkidle');
  await shoot(page, look, 'search');
  const names = page.locator(look.viewport.width < 800 ? '.facets.narrow' : '.facets.wide');
  if (look.viewport.width < 800) await names.locator('summary').click();
  await names.locator('.facet.named button').first().click();
  await page.waitForSelector('.chips li');
  await page.waitForLoadState('networkidle');
  await shoot(page, look, 'search-named');

  await page.locator('.hit:has(abbr) a').or(page.locator('.hit a')).first().click();
  await page.waitForSelector('.document .text');
  await page.waitForLoadState('networkidle');
  await shoot(page, look, 'document');
  if (look.viewport.width < 1200) {
    await page.locator('.tabs button').first().click();
    await page.waitForTimeout(300);
    await shoot(page, look, 'document-picture');
    await page.locator('.tabs button').last().click();
    await shoot(page, look, 'document-about');
  }
  await page.keyboard.press('d');
  await page.waitForTimeout(200);
  await shoot(page, look, 'document-dates');

  await page.locator('nav a[href="#/ledger"]').click();
  await page.waitForSelector('.ledger table');
  await shoot(page, look, 'ledger');
  await page.locator('.filter button:has([data-outcome=failed])').click();
  await page.waitForSelector('.filter.reasons');
  await shoot(page, look, 'ledger-failed');

  await page.locator('nav a[href="#/people"]').click();
  await page.waitForSelector('.people .virtual a');
  await shoot(page, look, 'people');
  await page.locator('.people .virtual a').first().click();
  await page.waitForSelector('article.name .passage');
  await page.waitForLoadState('networkidle');
  await shoot(page, look, 'name');
  await page.goto(`${room.origin}/#/people/review`);
  await page.waitForSelector('.review .pair, .review .state');
  await page.waitForLoadState('networkidle');
  await shoot(page, look, 'review');
  await page.goto(`${room.origin}/#/timeline`);
  await page.waitForSelector('.chart .bars button');
  await shoot(page, look, 'timeline');
  await page.locator('.timeline .tools select').first().selectOption('person');
  await page.waitForSelector('.lane:not(.whole) .bars button');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.behind li');
  await shoot(page, look, 'timeline-lanes');
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  for (const letters of ['office', 'al']) {
    await page.keyboard.type(letters);
    await page.waitForSelector('#lane-offer-0');
    if (letters === 'office') await page.keyboard.press('Enter');
  }
  await page.waitForLoadState('networkidle');
  await shoot(page, look, 'timeline-picked');
  await page.goto(`${room.origin}/#/terms`);
  await page.fill('.batch textarea', 'harbour\ntype:zzz\n(harbour\ndate:soon');
  await page.click('.batch button[type=submit]');
  await page.waitForFunction(() => document.querySelectorAll('.terms .term').length === 4);
  await shoot(page, look, 'terms');
  await page.goto(`${room.origin}/#/network`);
  await page.waitForSelector('.network tbody tr');
  await shoot(page, look, 'network');
  await page.keyboard.press('j');
  await page.waitForSelector('.network .passage mark');
  await shoot(page, look, 'network-passages');
  await page.goto(`${room.origin}/#/marking`);
  await page.waitForSelector('.markings article.mark');
  await shoot(page, look, 'marking');
  await page.locator('.markings .labels section li button').first().click();
  await page.waitForSelector('.markings header button.primary');
  await page.keyboard.press('w');
  await page.waitForSelector('.workoff article');
  await shoot(page, look, 'marking-workoff');
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open]');
  await shoot(page, look, 'keys');
  await page.keyboard.press('Escape');

  await page.fill('.box input', 'qqqqqqqq');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.found .state');
  await shoot(page, look, 'nothing');

  await page.context().clearCookies();
  await page.goto(`${room.origin}/?closed`);
  await shoot(page, look, 'closed');
  for (const complaint of page.log.complaints.filter((text) => !text.includes('401')))
    console.error(`${look.locale} ${look.colorScheme} ${look.viewport.width}: ${complaint}`);
  await page.context().close();
}

const room = await Room.open();
const browser = await openBrowser();
try {
  await room.enter();
  await mark(room);
  for (const look of looks) await shootAll(browser, room, look);
} finally {
  await browser.close();
  await room.leave();
  await room.close();
}
