// What lies beside a document in its container: in place, and asked for in parts.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser, openPage, Room, runTests, skipAll, test } from './lib.mjs';

const MEMBERS = 1500;
const nameOf = (n) => `member-${String(n).padStart(4, '0')}.txt`;

for (const locale of ['en', 'fa'])
  test(`a member far inside a large container stands among its neighbours (${locale})`, async ({ browser, room }) => {
    const page = await openPage(browser, room, { locale });
    page.setDefaultTimeout(10000);
    const asked = [];
    page.on('request', (request) => /ledger\?/.test(request.url()) && asked.push(request.url()));
    const { item } = (await room.get(`/api/v1/ledger?words=${nameOf(1200)}`)).json.rows[0];
    await page.goto(`${room.origin}/#/item/${item}/1`);
    await page.waitForSelector(`.siblings a[aria-current]:text-is("${nameOf(1200)}")`);
    assert.ok((await page.locator('.siblings li').count()) < 60);
    assert.ok(asked.length <= 4, asked.join('\n'));
    await page.locator('.siblings a', { hasText: nameOf(1201) }).click();
    await page.waitForSelector(`.siblings a[aria-current]:text-is("${nameOf(1201)}")`);
    assert.match(await page.textContent('h1'), new RegExp(nameOf(1201)));
    assert.deepEqual(page.log.complaints, []);
    await page.context().close();
  });

await runTests(
  async () => {
    const browser = await openBrowser();
    if (browser === null) return skipAll('no chromium');
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-siblings-'));
    const members = path.join(leak, 'members');
    mkdirSync(members);
    for (let i = 0; i < MEMBERS; i++) writeFileSync(path.join(members, nameOf(i)), `number ${i}\n`);
    execFileSync('tar', ['-C', members, '--sort=name', '-cf', path.join(leak, 'all.tar'), '.']);
    rmSync(members, { recursive: true });
    const room = await Room.open({ leak });
    room.leak = leak;
    await room.enter();
    return { browser, room };
  },
  async ({ browser, room }) => {
    await browser.close();
    await room.close();
    rmSync(room.leak, { recursive: true, force: true });
  },
);
