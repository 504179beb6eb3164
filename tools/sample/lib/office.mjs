// The smallest valid documents of the office formats, from plain lists of paragraphs, rows and
// slides. A paragraph is right-to-left when it holds an Arabic-script letter.
import { zip } from './zip.mjs';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PKG = 'http://schemas.openxmlformats.org/package/2006';
const OOXML = 'application/vnd.openxmlformats-officedocument';
const MODIFIED = '2019-08-23T09:17:02Z';

export const escape = (text) =>
    String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const rtl = (text) => /[\u0600-\u06ff]/.test(text);

function contentTypes(overrides) {
    const rows = overrides.map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`);
    return (
        `${XML}<Types xmlns="${PKG}/content-types">` +
        `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/>${rows.join('')}</Types>`
    );
}

function relationships(rows) {
    const items = rows.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`);
    return `${XML}<Relationships xmlns="${PKG}/relationships">${items.join('')}</Relationships>`;
}

function coreProperties(meta) {
    return (
        `${XML}<cp:coreProperties xmlns:cp="${PKG}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
        ` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
        `<dc:title>${escape(meta.title)}</dc:title><dc:creator>${escape(meta.author)}</dc:creator>` +
        `<dcterms:created xsi:type="dcterms:W3CDTF">${meta.date ?? MODIFIED}</dcterms:created>` +
        `<dcterms:modified xsi:type="dcterms:W3CDTF">${meta.date ?? MODIFIED}</dcterms:modified></cp:coreProperties>`
    );
}

function ooxml(main, mainType, meta, parts, overrides) {
    const core = 'application/vnd.openxmlformats-package.core-properties+xml';
    return zip([
        ['[Content_Types].xml', contentTypes([[`/${main}`, mainType], ['/docProps/core.xml', core], ...overrides])],
        [
            '_rels/.rels',
            relationships([
                ['rId1', `${REL}/officeDocument`, main],
                ['rId2', `${PKG}/relationships/metadata/core-properties`, 'docProps/core.xml'],
            ]),
        ],
        ['docProps/core.xml', coreProperties(meta)],
        ...parts,
    ]);
}

export function docx(meta, paragraphs, footnote) {
    const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
    const paragraph = (text) => {
        const [pPr, rPr] = rtl(text) ? ['<w:pPr><w:bidi/></w:pPr>', '<w:rPr><w:rtl/></w:rPr>'] : ['', ''];
        return `<w:p>${pPr}<w:r>${rPr}<w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p>`;
    };
    const mark = footnote ? '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' : '';
    const body = paragraphs.map(paragraph).join('') + mark;
    const parts = [
        ['word/document.xml', `${XML}<w:document xmlns:w="${w}"><w:body>${body}<w:sectPr/></w:body></w:document>`],
    ];
    const overrides = [];
    if (footnote) {
        parts.push([
            'word/footnotes.xml',
            `${XML}<w:footnotes xmlns:w="${w}"><w:footnote w:id="2">${paragraph(footnote)}</w:footnote></w:footnotes>`,
        ]);
        parts.push(['word/_rels/document.xml.rels', relationships([['rId1', `${REL}/footnotes`, 'footnotes.xml']])]);
        overrides.push(['/word/footnotes.xml', `${OOXML}.wordprocessingml.footnotes+xml`]);
    }
    return ooxml('word/document.xml', `${OOXML}.wordprocessingml.document.main+xml`, meta, parts, overrides);
}

const column = (index) => String.fromCharCode(65 + index);

// `sheets` is a list of [name, rows]; a cell is a number or a text.
export function xlsx(meta, sheets) {
    const ns = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const strings = [];
    const shared = (text) => {
        if (!strings.includes(text)) strings.push(text);
        return strings.indexOf(text);
    };
    const cell = (value, row, index) => {
        const at = `${column(index)}${row + 1}`;
        if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
        return `<c r="${at}" t="s"><v>${shared(value)}</v></c>`;
    };
    const sheetXml = (rows) =>
        `${XML}<worksheet xmlns="${ns}"><sheetData>` +
        rows.map((row, r) => `<row r="${r + 1}">${row.map((v, c) => cell(v, r, c)).join('')}</row>`).join('') +
        `</sheetData></worksheet>`;
    const bodies = sheets.map(([, rows], i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(rows)]);
    const names = sheets.map(([name], i) => `<sheet name="${escape(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
    const rels = sheets.map((_, i) => [`rId${i + 1}`, `${REL}/worksheet`, `worksheets/sheet${i + 1}.xml`]);
    rels.push([`rId${sheets.length + 1}`, `${REL}/sharedStrings`, 'sharedStrings.xml']);
    const sst = strings.map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`).join('');
    const parts = [
        ['xl/workbook.xml', `${XML}<workbook xmlns="${ns}" xmlns:r="${REL}"><sheets>${names.join('')}</sheets></workbook>`],
        ['xl/_rels/workbook.xml.rels', relationships(rels)],
        ...bodies,
        ['xl/sharedStrings.xml', `${XML}<sst xmlns="${ns}" count="${strings.length}" uniqueCount="${strings.length}">${sst}</sst>`],
    ];
    const overrides = sheets.map((_, i) => [`/xl/worksheets/sheet${i + 1}.xml`, `${OOXML}.spreadsheetml.worksheet+xml`]);
    overrides.push(['/xl/sharedStrings.xml', `${OOXML}.spreadsheetml.sharedStrings+xml`]);
    return ooxml('xl/workbook.xml', `${OOXML}.spreadsheetml.sheet.main+xml`, meta, parts, overrides);
}

// `slides` is a list of lists of lines.
export function pptx(meta, slides) {
    const p = 'http://schemas.openxmlformats.org/presentationml/2006/main';
    const a = 'http://schemas.openxmlformats.org/drawingml/2006/main';
    const space = `xmlns:p="${p}" xmlns:a="${a}" xmlns:r="${REL}"`;
    const group =
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>';
    const line = (text) =>
        `<a:p>${rtl(text) ? '<a:pPr rtl="1"/>' : ''}<a:r><a:t>${escape(text)}</a:t></a:r></a:p>`;
    const slide = (lines) =>
        `${XML}<p:sld ${space}><p:cSld><p:spTree>${group}<p:sp><p:nvSpPr><p:cNvPr id="2" name="Text"/>` +
        `<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>${lines.map(line).join('')}</p:txBody></p:sp>` +
        `</p:spTree></p:cSld></p:sld>`;
    const ids = slides.map((_, i) => `<p:sldId id="${256 + i}" r:id="rId${i + 1}"/>`).join('');
    const parts = [
        ['ppt/presentation.xml', `${XML}<p:presentation ${space}><p:sldIdLst>${ids}</p:sldIdLst><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`],
        [
            'ppt/_rels/presentation.xml.rels',
            relationships(slides.map((_, i) => [`rId${i + 1}`, `${REL}/slide`, `slides/slide${i + 1}.xml`])),
        ],
        ...slides.map((lines, i) => [`ppt/slides/slide${i + 1}.xml`, slide(lines)]),
    ];
    const overrides = slides.map((_, i) => [`/ppt/slides/slide${i + 1}.xml`, `${OOXML}.presentationml.slide+xml`]);
    return ooxml('ppt/presentation.xml', `${OOXML}.presentationml.presentation.main+xml`, meta, parts, overrides);
}

const ODF = 'urn:oasis:names:tc:opendocument:xmlns';

function odf(kind, meta, body) {
    const mime = `application/vnd.oasis.opendocument.${kind}`;
    const space = ['office', 'text', 'table', 'drawing', 'presentation', 'meta']
        .map((name) => `xmlns:${name === 'drawing' ? 'draw' : name}="${ODF}:${name}:1.0"`)
        .join(' ');
    const about =
        `<dc:title>${escape(meta.title)}</dc:title><meta:initial-creator>${escape(meta.author)}</meta:initial-creator>` +
        `<dc:date>${(meta.date ?? MODIFIED).replace('Z', '')}</dc:date>`;
    const dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';
    return zip([
        ['mimetype', mime, 'store'],
        ['content.xml', `${XML}<office:document-content ${space} office:version="1.2"><office:body>${body}</office:body></office:document-content>`],
        ['meta.xml', `${XML}<office:document-meta ${space} ${dc} office:version="1.2"><office:meta>${about}</office:meta></office:document-meta>`],
        [
            'META-INF/manifest.xml',
            `${XML}<manifest:manifest xmlns:manifest="${ODF}:manifest:1.0" manifest:version="1.2">` +
                `<manifest:file-entry manifest:full-path="/" manifest:media-type="${mime}"/>` +
                `<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>` +
                `<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
        ],
    ]);
}

const paragraphs = (lines) => lines.map((text) => `<text:p>${escape(text)}</text:p>`).join('');

export const odt = (meta, lines) => odf('text', meta, `<office:text>${paragraphs(lines)}</office:text>`);

export function ods(meta, sheets) {
    const cell = (value) =>
        typeof value === 'number'
            ? `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`
            : `<table:table-cell office:value-type="string"><text:p>${escape(value)}</text:p></table:table-cell>`;
    const row = (cells) => `<table:table-row>${cells.map(cell).join('')}</table:table-row>`;
    const table = ([name, rows]) =>
        `<table:table table:name="${escape(name)}"><table:table-column table:number-columns-repeated="${rows[0].length}"/>${rows.map(row).join('')}</table:table>`;
    return odf('spreadsheet', meta, `<office:spreadsheet>${sheets.map(table).join('')}</office:spreadsheet>`);
}

export function odp(meta, slides) {
    const page = (lines, i) =>
        `<draw:page draw:name="Slide ${i + 1}"><draw:frame><draw:text-box>${paragraphs(lines)}</draw:text-box></draw:frame></draw:page>`;
    return odf('presentation', meta, `<office:presentation>${slides.map(page).join('')}</office:presentation>`);
}
