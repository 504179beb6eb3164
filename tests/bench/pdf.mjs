// Compares what sanad reads in PDF files with what poppler's pdftotext and MuPDF's mutool read there, all
// without OCR, and prints it as Markdown.
//
//   node pdf.mjs WORKER FOLDER... [--each]      --each: a line for every file in which sanad reads less
//
// Words are runs of letters and digits, folded (NFKC, no case, no marks); a file counts as covered when
// sanad's words hold, each as often, those of the program that reads more of them. Characters are the same
// without regard to where a word begins: a file that lacks words but no characters is divided otherwise,
// or put in another order.
//
// Where a font does not say which letters it shows, some programs give the numbers of its glyphs for letters.
// So the words that are lacking are looked for in print: the pages are drawn by poppler and read by
// tesseract, in English or Arabic as the words are. Where that reading bears out sanad's, and holds none of
// the words that are lacking, they do not stand there. In all other cases they count; pdf_lacking.tsv says of
// these files what a person found who looked.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const each = process.argv.includes('--each')
const [worker, ...folders] = process.argv.slice(2).filter(argument => argument !== '--each')
const SECONDS = 60, AT_ONCE = 2, MIB = 1 << 20, DPI = 200, PAGES_PRINTED = 3

function output(program, args) {
    return new Promise(resolve => {
        execFile(program, args, { timeout: SECONDS * 1000, maxBuffer: 256 * MIB }, (error, stdout) =>
            resolve(error && !stdout ? null : stdout))
    })
}

const fold = text => text.normalize('NFKC').replace(/[\p{M}\p{Cf}\u0640]/gu, '').toLowerCase()
const words = text => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []

function counted(list) {
    const counts = new Map()
    for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1)
    return counts
}

function lacking(have, want) { // how many of `want`, and some of them
    const counts = counted(have), missing = []
    for (const [one, times] of counted(want)) {
        const lack = times - (counts.get(one) ?? 0)
        if (lack > 0) missing.push([one, lack])
    }
    return { count: missing.reduce((sum, [, lack]) => sum + lack, 0), all: missing.map(([one]) => one) }
}

function sanadText(described) {
    const text = []
    let inside = false
    for (const line of (described ?? '').split('\n')) {
        if (/^--- (main|rest)$/.test(line)) inside = true
        else if (/^(--- +\d+ bytes,| {4}word at \d)/.test(line)) inside = false
        else if (inside) text.push(line)
    }
    return text.join('\n')
}

// The words that tesseract reads on the pages; none where there are many pages, or the words looked for are in
// no script that it has here.
async function printed(file, wanted) {
    const script = [['eng', /^[\p{Script=Latin}\p{N}]+$/u], ['ara', /^[\p{Script=Arabic}\p{N}]+$/u]]
        .find(([, is]) => wanted.every(word => is.test(word)))
    if (!script) return []
    const room = mkdtempSync(join(tmpdir(), 'sanad-pdf-')), read = []
    await output('pdftoppm', ['-r', DPI, '-l', PAGES_PRINTED + 1, '-png', file, join(room, 'page')])
    const pages = readdirSync(room).sort()
    for (const page of pages.length > PAGES_PRINTED ? [] : pages)
        read.push(...words(await output('tesseract', [join(room, page), '-', '-l', script[0]]) ?? ''))
    rmSync(room, { recursive: true })
    return read
}

async function isPrinted(file, have, missing) {
    const read = await printed(file, missing)
    const borne = read.length - lacking(have, read).count
    return !(borne > 0 && borne * 2 >= read.length && missing.every(word => !read.includes(word)))
}

async function measure(file) {
    const [described, poppler, mupdf] = await Promise.all([
        output(worker, ['--describe', file, '--no-ocr', '--text']),
        output('pdftotext', ['-q', file, '-']),
        output('mutool', ['draw', '-q', '-F', 'txt', file])])
    const [s, p, m] = [sanadText(described), poppler ?? '', mupdf ?? ''].map(words)
    const better = m.length > p.length ? m : p
    const chars = list => [...list.join('')]
    const end = /^end +(.*)$/m.exec(described ?? '')?.[1] ?? 'no end'
    const lack = lacking(s, better)
    return {
        file, end, sanad: s.length, poppler: p.length, mupdf: m.length,
        words: lack, chars: lacking(chars(s), chars(better)),
        printed: lack.count > 0 && await isPrinted(file, s, lack.all),
        milliseconds: Number(/^took +(\d+) ms/m.exec(described ?? '')?.[1] ?? 0),
    }
}

function* pdfs(path) {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
        const below = join(path, entry.name)
        if (below.includes('\uFFFD')) continue // a name that is no UTF-8: node cannot open it
        if (entry.isDirectory()) yield* pdfs(below)
        else if (entry.isFile() && /\.pdf$/i.test(entry.name)) yield below
    }
}

const found = new Map(readFileSync(new URL('pdf_lacking.tsv', import.meta.url), 'utf8').trim().split('\n')
    .map(line => line.split('\t')))
const summary = [], whys = new Map()
for (const folder of folders) {
    const files = [...pdfs(folder)], results = []
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        for (let file; (file = files.shift());) results.push(await measure(file))
    }))
    results.sort((a, b) => a.file < b.file ? -1 : 1)
    const count = is => results.filter(is).length
    summary.push([
        folder.replace(/^.*shared\/data\//, ''), results.length, count(r => /^(text|ocr)/.test(r.end)),
        count(r => r.words.count === 0), count(r => !r.printed), count(r => r.chars.count === 0),
        count(r => r.sanad > Math.max(r.poppler, r.mupdf)), count(r => /^no end/.test(r.end))])
    for (const { file } of results.filter(r => r.printed)) {
        const name = file.slice(folder.length + 1), why = found.get(name) ?? 'not looked at'
        whys.set(why, [...whys.get(why) ?? [], name])
    }
    if (each)
        for (const r of results.filter(r => r.words.count > 0))
            console.log([r.file.slice(folder.length + 1), r.words.count, r.chars.count, r.sanad, r.poppler, r.mupdf,
                r.end.slice(0, 90), r.printed ? 'printed' : 'not printed', r.words.all.slice(0, 8).join(' ')].join('\t'))
}
console.log('| folder | files | with text | all words | all in print | all characters | more words than both | no answer |')
console.log('|---|---:|---:|---:|---:|---:|---:|---:|')
for (const row of summary) console.log(`| ${row.join(' | ')} |`)
console.log('\nWhere words count as lacking in print:\n')
for (const [why, files] of [...whys].sort()) console.log(`- ${why}: ${files.map(name => `\`${name}\``).join(', ')}`)
