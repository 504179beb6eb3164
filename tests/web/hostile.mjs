// A leak that attacks its reader: files of many formats, made by hand, with given strings wherever a format has room
// for words that are shown: names, titles, authors, comments, fields, tags of pictures and sounds.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeZip } from './zip.mjs';

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

/** One grey point as TIFF 6.0, with its own tags, an IPTC record and XMP. */
function picture(text) {
  const words = Buffer.from(`${text}\0`);
  const iptc = Buffer.concat([5, 80, 105, 120].map((dataset) => {
    const short = words.subarray(0, 1900);
    return Buffer.concat([Buffer.from([0x1c, 2, dataset, short.length >> 8, short.length & 255]), short]);
  }));
  const about = '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"';
  const alt = (name) => `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${html(text)}</rdf:li></rdf:Alt></dc:${name}>`;
  const xmp = Buffer.from(
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${about} photoshop:Headline="${html(text)}">` +
      `${alt('title')}${alt('description')}${alt('rights')}</rdf:Description></rdf:RDF></x:xmpmeta>`,
  );
  const [ASCII, SHORT, LONG, BYTES] = [2, 3, 4, 7];
  const tags = [
    [256, SHORT, 1], [257, SHORT, 1], [258, SHORT, 8], [259, SHORT, 1], [262, SHORT, 1], [270, ASCII, words], [271, ASCII, words], [273, LONG, 8],
    [277, SHORT, 1], [278, SHORT, 1], [279, LONG, 1], [305, ASCII, words], [315, ASCII, words], [700, BYTES, xmp], [33432, ASCII, words], [33723, BYTES, iptc],
  ];
  const start = 10;
  let at = start + 2 + 12 * tags.length + 4;
  const list = Buffer.alloc(at - start);
  const parts = [];
  list.writeUInt16LE(tags.length);
  for (const [i, [tag, type, value]] of tags.entries()) {
    const entry = 2 + 12 * i;
    const far = Buffer.isBuffer(value);
    list.writeUInt16LE(tag, entry);
    list.writeUInt16LE(type, entry + 2);
    list.writeUInt32LE(far ? value.length : 1, entry + 4);
    list.writeUInt32LE(far ? at : value, entry + 8);
    if (!far) continue;
    parts.push(value);
    at += value.length;
  }
  return Buffer.concat([Buffer.from('II*\0\x0a\0\0\0\x80\0', 'latin1'), list, ...parts]);
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A document of Word with its properties, a comment, and a link that is script. */
function word(text) {
  const [w, r] = ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'];
  const part = (name, kind) => `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-${kind}+xml"/>`;
  const tie = (id, type, target, more = '') => `<Relationship Id="${id}" Type="${type}" Target="${target}"${more}/>`;
  const ties = (...all) => `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
  const said = `<w:p><w:r><w:t>Tirazan ${html(text)}</w:t></w:r></w:p>`;
  return writeZip({
    '[Content_Types].xml':
      `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `${part('word/document.xml', 'officedocument.wordprocessingml.document.main')}${part('word/comments.xml', 'officedocument.wordprocessingml.comments')}` +
      `${part('docProps/core.xml', 'package.core-properties')}${part('docProps/app.xml', 'officedocument.extended-properties')}${part('docProps/custom.xml', 'officedocument.custom-properties')}</Types>`,
    '_rels/.rels': ties(
      tie('a', `${r}/officeDocument`, 'word/document.xml'),
      tie('b', 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties', 'docProps/core.xml'),
      tie('c', `${r}/extended-properties`, 'docProps/app.xml'),
      tie('d', `${r}/custom-properties`, 'docProps/custom.xml'),
    ),
    'word/_rels/document.xml.rels': ties(
      tie('a', `${r}/comments`, 'comments.xml'),
      tie('b', `${r}/hyperlink`, 'javascript:window.pwned=1', ' TargetMode="External"'),
      tie('c', `${r}/image`, 'http://attacker.invalid/e.png', ' TargetMode="External"'),
    ),
    'word/document.xml': `${xml}<w:document xmlns:w="${w}" xmlns:r="${r}"><w:body>${said}<w:p><w:hyperlink r:id="b"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p></w:body></w:document>`,
    'word/comments.xml': `${xml}<w:comments xmlns:w="${w}"><w:comment w:id="0" w:author="${html(text)}" w:initials="${html(text)}">${said}</w:comment></w:comments>`,
    'docProps/core.xml':
      `${xml}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
      `${['title', 'subject', 'creator', 'description'].map((name) => `<dc:${name}>${html(text)}</dc:${name}>`).join('')}` +
      `${['keywords', 'category', 'lastModifiedBy'].map((name) => `<cp:${name}>${html(text)}</cp:${name}>`).join('')}</cp:coreProperties>`,
    'docProps/app.xml': `${xml}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>${html(text)}</Application><Company>${html(text)}</Company></Properties>`,
    'docProps/custom.xml':
      `${xml}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">` +
      `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="${html(text)}"><vt:lpwstr>${html(text)}</vt:lpwstr></property></Properties>`,
  });
}

/** The same in the parts of an OpenDocument package. */
function openDocument(text) {
  const whole = flat(text);
  const root = (name, body) => whole.replace(/office:document (.*?) office:mimetype="[^"]*"/s, `office:document-${name} $1`).replace(/<office:meta>.*<\/office:body>/s, body).replace('</office:document>', `</office:document-${name}>`);
  return writeZip({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'META-INF/manifest.xml':
      `${xml}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>` +
      `${['content.xml', 'meta.xml'].map((name) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="text/xml"/>`).join('')}</manifest:manifest>`,
    'content.xml': root('content', `<office:body><office:text><text:p>Tirazan ${html(text)}<office:annotation><dc:creator>${html(text)}</dc:creator><text:p>${html(text)}</text:p></office:annotation></text:p></office:text></office:body>`),
    'meta.xml': root('meta', `<office:meta><dc:title>${html(text)}</dc:title><dc:creator>${html(text)}</dc:creator><dc:description>${html(text)}</dc:description></office:meta>`),
  });
}

/** A folder in which every place that a file has for words holds these strings. */
export function writeHostile(folder, strings) {
  const all = strings.join(' ');
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
  put('scan.tif', picture(all));
  put('report.docx', word(all));
  put('report.odt', openDocument(all));
  put('locked.zip', 'PK\x03\x04 no archive');
}
