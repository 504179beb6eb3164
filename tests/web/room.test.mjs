// The reading room in a browser: finding, opening, marks on the picture, languages, hostile names
// and texts, and that nothing is ever asked of another machine.

import assert from 'node:assert/strict';
import { openBrowser, openPage, Room, runTests, skipAll, test, xssName } from './lib.mjs';

async function search(page, q) {
  await page.fill('input[type=search]', q);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit, .found .state');
}

/** Nothing foreign was asked for, no script of a document ran, the console is quiet. */
async function assertQuiet(page) {
  assert.deepEqual(page.log.foreign, []);
  assert.deepEqual(page.log.complaints, []);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
}

test('the start page tells what the case holds', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.waitForSelector('.holdings');
  const { items } = (await room.get('/api/v1/status')).json;
  assert.ok((await page.textContent('.lead')).includes(`${items} items`));
  await assertQuiet(page);
  await page.context().close();
});

test('English: a word is found, opened, and marked in the text', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.waitForSelector('input'); // keys work once the room is drawn
  await page.keyboard.press('/');
  await page.waitForSelector('input:focus');
  await page.keyboard.type('harbour');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hit');
  assert.match(await page.textContent('.summary'), /\d+ documents?.*pages?.* ms/);
  assert.match(await page.textContent('.hit mark'), /harbour/i);
  await page.keyboard.press('j');
  await page.waitForSelector('.hit.chosen');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.document .text mark.current');
  assert.match(await page.textContent('.text mark.current'), /harbour/i);
  await page.keyboard.press('b');
  await page.waitForSelector('.hit.chosen');
  await assertQuiet(page);
  await page.context().close();
});

test('Persian: a scan is found through other letters and marked on its picture', async ({ browser, room }) => {
  const page = await openPage(browser, room, { locale: 'fa' });
  await page.goto(room.origin);
  await page.waitForSelector('.holdings');
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
  await search(page, 'وزارة type:image');
  await page.locator('.hit:has(abbr) a').first().click();
  await page.waitForSelector('.sheet img');
  await page.waitForSelector('.boxes rect.current');
  assert.equal(await page.getAttribute('.text .prose', 'dir'), 'rtl');
  const sheet = await page.locator('.sheet').boundingBox();
  const box = await page.locator('.boxes rect.current').boundingBox();
  assert.ok(box.width > 3 && box.height > 3);
  assert.ok(box.x >= sheet.x && box.x + box.width <= sheet.x + sheet.width + 1);
  assert.ok(box.y >= sheet.y && box.y + box.height <= sheet.y + sheet.height + 1);
  assert.ok(await page.evaluate(() => document.querySelector('.sheet img').naturalWidth > 300));
  await assertQuiet(page);
  await page.context().close();
});

test('n and p go from match to match', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await search(page, 'valparaiso');
  await page.locator('.hit a').first().click();
  await page.waitForSelector('mark.current');
  const at = () => page.getAttribute('mark.current', 'data-mark');
  const first = await at();
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  // The screen follows a key when it is drawn next.
  const isAt = (mark, wanted) =>
    page.waitForFunction(
      ([m, w]) => (document.querySelector('mark.current')?.dataset.mark === m) === w,
      [mark, wanted],
    );
  await isAt(first, false);
  await page.keyboard.press('p');
  await page.keyboard.press('p');
  await isAt(first, true);
  await assertQuiet(page);
  await page.context().close();
});

test('the keys: "?" lists them, "g" and a letter leads to a screen, also on a Persian keyboard', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.waitForSelector('.holdings');
  await page.keyboard.press('?');
  await page.waitForSelector('dialog.keyhelp[open]');
  assert.match(await page.textContent('dialog.keyhelp'), /Everywhere.*search box.*next and previous match/s);
  await page.keyboard.press('g'); // closed to what lies behind
  await page.keyboard.press('l');
  assert.equal(new URL(page.url()).hash, '');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog.keyhelp', { state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.waitForSelector('.ledger');
  // What the keys of a Persian keyboard send.
  const press = (key, code) =>
    page.evaluate(([k, c]) => window.dispatchEvent(new KeyboardEvent('keydown', { key: k, code: c, bubbles: true })), [key, code]);
  await press('ل', 'KeyG');
  await press('س', 'KeyS');
  await page.waitForSelector('.holdings');
  await assertQuiet(page);
  await page.context().close();
});

test('a long text goes on as the reader scrolls', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await search(page, 'valparaiso');
  await page.locator('.hit a').first().click();
  await page.waitForSelector('.text .prose');
  for (let i = 0; i < 20 && !(await page.textContent('.text')).includes('line 8999 '); i++) {
    await page.evaluate(() => document.querySelector('.document > .text').scrollTo(0, 1e9));
    await page.waitForTimeout(150);
  }
  assert.ok((await page.textContent('.text')).includes('line 8999 '));
  await page.context().close();
});

test('a facet narrows the results down, and lets go', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await search(page, 'وزارت');
  const all = await page.textContent('.summary b');
  const facet = page.locator('.facets.wide .facet').first().locator('button').first();
  const count = await facet.locator('.count').textContent();
  await facet.click();
  await page.waitForSelector('.chips button');
  await page.waitForFunction((n) => document.querySelector('.summary b').textContent.startsWith(`${n} `), count);
  await page.click('.chips button');
  await page.waitForFunction((text) => document.querySelector('.summary b').textContent === text, all);
  await assertQuiet(page);
  await page.context().close();
});

test('hostile names and texts are shown and do nothing', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await search(page, 'zanzibar');
  assert.ok((await page.textContent('.hits')).includes(xssName));
  await page.getByRole('link', { name: xssName }).click();
  await page.waitForSelector('.text .prose');
  assert.ok((await page.textContent('.text .prose')).includes('<script>window.pwned=1</script>'));
  assert.ok((await page.textContent('.about')).includes(xssName));
  await search(page, '<img src=x onerror=window.pwned=1>"><script>window.pwned=1</script>');
  await page.goto(`${room.origin}/?<script>window.pwned=1</script>#/item/1/1/<img src=x onerror=window.pwned=1>`);
  await page.waitForSelector('main *');
  await assertQuiet(page);
  await page.context().close();
});

test('the ledger filters by outcome and reason', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(`${room.origin}/#/ledger`);
  await page.waitForSelector('.ledger tbody tr');
  await page.locator('.filter button:has([data-outcome=failed])').click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.ledger tbody .dot')].every((dot) => dot.dataset.outcome === 'failed'),
  );
  await page.locator('.filter.reasons button', { hasText: 'password' }).click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.ledger tbody .ending')].every((cell) => cell.textContent.includes('password')),
  );
  await assertQuiet(page);
  await page.context().close();
});

test('language and appearance are chosen and kept', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.waitForSelector('.holdings');
  await page.selectOption('.settings select >> nth=0', 'ar');
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
  await page.selectOption('.settings select >> nth=1', 'dark');
  await page.reload();
  await page.waitForSelector('.holdings');
  assert.equal(await page.getAttribute('html', 'lang'), 'ar');
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
  await page.context().close();
});

test('the address and the title keep what is searched for to themselves', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await search(page, 'zanzibar');
  await page.locator('.hit a').first().click();
  await page.waitForSelector('.text mark');
  assert.match(page.url(), /#\/item\/\d+\/\d+$/);
  assert.equal(await page.title(), 'sanad');
  await page.reload();
  await page.waitForSelector('.text mark');
  await page.goBack();
  await page.waitForSelector('.hit');
  await page.context().close();
});

test('nothing is wider than the window at 390 and 1440', async ({ browser, room }) => {
  for (const locale of ['en', 'fa']) {
    for (const width of [390, 1440]) {
      const page = await openPage(browser, room, { locale, viewport: { width, height: 844 } });
      for (const place of ['', '#/ledger', '#/people', '#/people/1', '#/people/review', '#/item/1/1', '#/item/20/1']) {
        await page.goto(`${room.origin}/${place}`);
        await page.waitForLoadState('networkidle');
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(over <= 0, `${locale} ${width} ${place}: ${over} px`);
        const outside = await page.evaluate(() => {
          const frame = document.querySelector('header.frame').getBoundingClientRect();
          return [...document.querySelectorAll('header.frame > *')].filter((part) => {
            const box = part.getBoundingClientRect();
            return box.height > 0 && (box.top < frame.top || box.bottom > frame.bottom + 0.5);
          }).length;
        });
        assert.equal(outside, 0, `${locale} ${width} ${place}: parts of the frame outside of it`);
      }
      await page.context().close();
    }
  }
});

test('leaving closes the room in the browser', async ({ browser, room }) => {
  const page = await openPage(browser, room);
  await page.goto(room.origin);
  await page.waitForSelector('.holdings');
  await page.locator('.settings .leave').click();
  await page.waitForSelector('main.closed');
  assert.equal((await room.get('/api/v1/status')).status, 401);
  await page.context().close();
});

await runTests(
  async () => {
    const browser = await openBrowser();
    if (browser === null) return skipAll('no chromium');
    const room = await Room.open();
    await room.enter();
    return { browser, room };
  },
  async ({ browser, room }) => {
    await browser.close();
    await room.leave();
    await room.close();
  },
);
