// Script wherever a leak or a person can write: in names of files, subjects, titles, pages, cells, mails, cards, and
// in everything the room keeps of what people type. On every screen, in English and Persian, nothing of it runs,
// the policy of the page has nothing to report, and nothing is asked of another machine.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
const all = strings.join(' ');
const html = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const base64 = (text) => Buffer.from(text).toString('base64');
const header = (text) => `=?utf-8?B?${base64(text)}?=`;
const cell = (text) => `"${text.replaceAll('"', '""')}"`;
const hex = (text) => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;

const mail = (subject, i) =>
  [
    `From: ${header(subject)} <a${i}@example.org>`, `To: ${header(subject)} <b@example.org>`, `Subject: ${header(`Tirazan ${subject}`)}`,
    `Message-ID: <m${i}@example.org>`, i > 0 ? `In-Reply-To: <m${i - 1}@example.org>` : 'X-Mailer: a', 'Date: Tue, 04 Mar 2014 10:00:00 +0000', 'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64', '',
    base64(`<html><body onload="window.pwned=1"><p>Tirazan, Javad Zarif</p>${subject}<p>${html(subject)}</p></body></html>`),
    '--b', 'Content-Type: text/plain; charset=utf-8', `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(subject.replaceAll('/', '\u2215'))}.txt`,
    'Content-Transfer-Encoding: base64', '', base64(`Tirazan in an attachment ${subject}`), '--b--', '',
  ].join('\r\n');

function pdf(title) {
  const text = 'BT /F 18 Tf 20 150 Td (Tirazan <script>window.pwned=1</script>) Tj ET';
  return `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(javascript:window.pwned=1)>>>>]>>endobj
4 0 obj<</Length ${text.length}>>stream
${text}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
6 0 obj<</Title${hex(title)}/Author${hex(title)}/Subject${hex(title)}/Keywords${hex(title)}>>endobj
trailer<</Size 7/Root 1 0 R/Info 6 0 R>>
%%EOF
`;
}

/** ID3v2.3 with a title and a singer, before silence. */
function sound(title) {
  const frames = ['TIT2', 'TPE1', 'TALB'].map((name) => {
    const text = Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(title, 'utf16le')]);
    const head = Buffer.alloc(10);
    head.write(name);
    head.writeUInt32BE(text.length, 4);
    return Buffer.concat([head, text]);
  });
  const body = Buffer.concat(frames);
  const size = [21, 14, 7, 0].map((shift) => (body.length >> shift) & 127);
  return Buffer.concat([Buffer.from('ID3\x03\x00\x00', 'latin1'), Buffer.from(size), body, Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(413)]);
}

/** An OpenDocument in one file. */
const flat = (title) => `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.2">
<office:meta><dc:title>${html(title)}</dc:title><dc:creator>${html(title)}</dc:creator></office:meta>
<office:body><office:text><text:p>Tirazan ${html(title)}</text:p></office:text></office:body></office:document>
`;

function writeLeak(folder) {
  const put = (name, bytes) => writeFileSync(path.join(folder, name), bytes);
  strings.forEach((text, i) => {
    const inside = path.join(folder, text.replaceAll('/', '\u2215').slice(0, 60));
    mkdirSync(inside, { recursive: true });
    writeFileSync(path.join(inside, `${text.replaceAll('/', '\u2215').slice(0, 60)}.txt`), `Tirazan, March ${i + 1}, 2014\n\nForeign Minister Javad Zarif met Adel Abdel Mahdi. ${text}\n`);
    put(`mail-${i}.eml`, mail(text, i));
    put(`title-${i}.pdf`, pdf(text));
  });
  put('cells.csv', `name,note\n${strings.map((text) => `${cell(text)},${cell(`Tirazan ${text}`)}`).join('\n')}\n`);
  put('page.html', `<!doctype html><title>${html(all)}</title><h1>Tirazan</h1>${all}<p>${html(all)}</p>`);
  put('picture.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1"><title>${html(all)}</title><script>window.pwned=1</script><text y="20">Tirazan</text></svg>`);
  put('card.vcf', `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${strings[0]}\r\nN:${strings[1]};Tirazan;;;\r\nURL:javascript:window.pwned=1\r\nEND:VCARD\r\n`);
  put('day.ics', `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART:20140304T100000Z\r\nSUMMARY:${strings[0]}\r\nLOCATION:${strings[1]}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`);
  put('song.mp3', sound(strings.slice(0, 6).join(' ')));
  put('letter.fodt', flat(all));
  put('data.json', JSON.stringify({ [strings[0]]: all, town: 'Tirazan' }));
  put('locked.zip', 'PK\x03\x04 no archive');
}

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
}

await runTests(
  async () => {
    const browser = await openBrowser();
    if (browser === null) return skipAll('no chromium');
    const leak = mkdtempSync(path.join(tmpdir(), 'sanad-leak-'));
    writeLeak(leak);
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
