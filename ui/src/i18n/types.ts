// MIME types as people call them: a kind in the reader's language, and the format's own name.

import { t, type Key } from '.';

/** The first that fits counts. A name that is the same in every language stands for itself. */
const kinds: [RegExp, Key | 'DjVu' | 'XPS'][] = [
  [/pdf$/, 'type.pdf'],
  [/djvu/, 'DjVu'],
  [/xps/, 'XPS'],
  [/^image\/(svg|(x-)?[ew]mf|x-wpg|x-cmx|x-eps|x-pict|vnd\.d|mwaw)/, 'type.drawing'],
  [/visio|corel-draw|opendocument\.graphics|\.draw|postscript|autodesk|sldworks/, 'type.drawing'],
  [/^image\//, 'type.image'],
  [/^audio\/|realmedia/, 'type.sound'],
  [/^video\/|flash/, 'type.film'],
  [/mbox|outlook-pst/, 'type.mailbox'],
  [/^message\/|outlook|tnef/, 'type.mail'],
  [/calendar/, 'type.calendar'],
  [/vcard/, 'type.contacts'],
  [/pkcs7|pgp|timestamped|encrypted/, 'type.secured'],
  [/epub|ibooks|mobipocket|fictionbook|htmlhelp/, 'type.book'],
  [/sqlite|msaccess|dbf|document\.(data)?base/, 'type.database'],
  [/presentation|powerpoint|impress|keynote/, 'type.slides'],
  [/spreadsheet|excel|\.calc|lotus-1-2-3|quattro|numbers/, 'type.sheet'],
  [/wordprocessing|opendocument\.(text|formula)|ms-?word|rtf$|\.writer|wordp|hwp|mswrite|word-for/, 'type.word'],
  [/flat$|iwork|pages$|onenote|works|publisher|pagemaker|indesign|mif$|ole-|project|stardivision/, 'type.office'],
  [/html|mimearchive|multipart\/related|webarchive/, 'type.web'],
  [/csv|tab-separated/, 'type.table'],
  [/xml$|json$|plist$/, 'type.data'],
  [/^text\/|subrip/, 'type.text'],
  [/executable|dosexec|msi$|mach-binary|java-applet|shortcut/, 'type.program'],
  [/font|opentype/, 'type.font'],
  [/warc|internet-archive|zip|zst|zlib|lz|tar$|rar$|7z|xz$|compress|cpio|cab|xar$|rpm$|brotli|snappy/, 'type.archive'],
  [/x-archive|java-archive|package|iso9660|udf|squashfs|disk|-wim|stuffit|arj|ace-|zoo$|alz|egg$|zpaq/, 'type.archive'],
  [/x-empty/, 'type.nothing'],
  [/octet-stream/, 'type.bytes'],
];

/** What a type calls its format where its own name is no help. */
const formats: [RegExp, string][] = [
  [/wordprocessing|ms-word/, 'DOCX'],
  [/spreadsheetml|ms-excel\./, 'XLSX'],
  [/presentationml|ms-powerpoint\./, 'PPTX'],
  [/opendocument\.text/, 'ODT'],
  [/opendocument\.spreadsheet/, 'ODS'],
  [/opendocument\.presentation/, 'ODP'],
  [/opendocument\.graphics/, 'ODG'],
  [/msword/, 'DOC'],
  [/ms-excel$/, 'XLS'],
  [/ms-powerpoint$/, 'PPT'],
  [/outlook-pst/, 'PST'],
  [/outlook$/, 'MSG'],
  [/rfc822/, 'EML'],
  [/tnef/, 'TNEF'],
  [/mobipocket/, 'MOBI'],
  [/fictionbook/, 'FB2'],
  [/htmlhelp/, 'CHM'],
  [/sqlite/, 'SQLite'],
  [/msaccess/, 'Access'],
  [/photoshop/, 'PSD'],
  [/tab-separated/, 'TSV'],
  [/wordperfect/, 'WordPerfect'],
  [/iwork/, 'iWork'],
];

/** Those that say all with their kind. */
const single = /pdf$|djvu|xps|mbox|calendar|vcard|html|^text\/(plain|xml)|octet-stream|x-empty/;

function kindOf(mime: string): string | null {
  const known = kinds.find(([pattern]) => pattern.test(mime))?.[1];
  if (!known) return null;
  return known === 'DjVu' || known === 'XPS' ? known : t(known);
}

function formatOf(mime: string): string {
  const known = formats.find(([pattern]) => pattern.test(mime));
  if (known) return known[1];
  return mime
    .replace(/^.*\/(x-)?(vnd\.)?/, '')
    .replace(/-compressed$|\+(zip|xml)$/, '')
    .toUpperCase();
}

/** Whether its text is rows of fields. */
export function isTabular(mime: string | null): boolean {
  const known = kinds.find(([pattern]) => pattern.test(mime ?? ''))?.[1] ?? '';
  return ['type.table', 'type.sheet', 'type.database'].includes(known);
}

/** Whether the labels in its text are names of sheets and tables, not headlines. */
export function hasSheets(mime: string | null): boolean {
  return isTabular(mime) || /opendocument\.flat$/.test(mime ?? '');
}

/** With its format, where several go by one name: "Image · PNG". */
export function typeAndFormat(mime: string): string {
  const kind = kindOf(mime);
  if (!kind) return typeName(mime);
  return single.test(mime) ? kind : `${kind} · ${formatOf(mime)}`;
}

/** A MIME type as people call it. */
export function typeName(mime: string | null): string {
  if (!mime) return t('unknown');
  return kindOf(mime) ?? mime.replace(/^application\/(x-|vnd\.)?/, '');
}
