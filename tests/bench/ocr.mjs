// Compares what sanad reads on scans with what plain Tesseract reads there, and prints it as Markdown: the
// character error rate of each set, the mean of its pages, and what both took of the processor.
//
//   node ocr.mjs WORKER FOLDER [--each]      --each: a line for every page
//
// Plain Tesseract is told the language of the set, and that a line is a line; sanad finds both out by itself
// among English, Persian and Arabic. Both texts are normalised as NFKC, without vowel signs, tatweel, marks of
// direction and zero-width joiners, with one form of the letters that are written in several, European digits,
// and single spaces. Of letters the truth holds the body alone: it is looked for in what was read, and what is
// before and after it does not count.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

const each = process.argv.includes('--each')
const [worker, folder] = process.argv.slice(2).filter(argument => argument !== '--each')
const AT_ONCE = 2, TRUTH_MAX = 6000, READ_MAX = 9000
const LINES_EVERY = Number(process.env.BENCH_LINES_EVERY ?? 4) // of the single lines, every so many

const faded = new Set(), synth = new Map()
for (const row of readFileSync(join(folder, 'synth/pages.tsv'), 'utf8').split('\n').slice(1)) {
    const [page, lang, , , how] = row.split('\t')
    if (page) synth.set(page, lang)
    if (how?.includes('faded')) faded.add(page)
}

const pageOf = path => path.replace(/.*\//, '').replace(/\..*/, '')
const isSynth = (path, lang, fade) =>
    path.startsWith('synth/') && synth.get(pageOf(path)) === lang && faded.has(pageOf(path)) === fade
const sets = [
    { name: 'Persian books', lang: 'fas', target: 4.5, of: path => /^fa_tooska\/books/.test(path) },
    { name: 'Persian letters, body', lang: 'fas', target: 3.4, body: true,
        of: path => /^fa_tooska\/(difficult\/d(4|6|7|8|10|11)|medium\/m(3|5|9))\./.test(path) },
    { name: 'Arabic lines', lang: 'ara', target: 7.8, line: true, of: path => /^ar_openarabic_lines\//.test(path) },
    { name: 'synthetic Arabic, faded', lang: 'ara', target: 9.6, of: path => isSynth(path, 'ar', true) },
    { name: 'synthetic English, faded', lang: 'eng', target: 15, of: path => isSynth(path, 'en', true) },
    { name: 'synthetic Persian, faded', lang: 'fas', target: 10, of: path => isSynth(path, 'fa', true) },
    { name: 'synthetic Arabic, others', lang: 'ara', target: 10, of: path => isSynth(path, 'ar', false) },
    { name: 'synthetic English, others', lang: 'eng', target: 10, of: path => isSynth(path, 'en', false) },
    { name: 'synthetic Persian, others', lang: 'fas', target: 10, of: path => isSynth(path, 'fa', false) },
    { name: 'English, columns', lang: 'eng', target: 10, of: path => /^en_(scribe\/multicol|unlv_tess\/\d)/.test(path) },
    { name: 'English, one column', lang: 'eng', target: 0.9, of: path => /^en_scribe\/filing/.test(path) },
    { name: 'English, tables', lang: 'eng', of: path => /^en_scribe\/table/.test(path) },
]

const FORMS = [['يى', 'ی'], ['ك', 'ک'], ['ة', 'ه'], ['أإآ', 'ا'], ['ؤ', 'و'], ['ئ', 'ی']]
function normalised(text) {
    let out = text.normalize('NFKC').replace(
        /[\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    for (const [from, to] of FORMS) out = out.replace(new RegExp(`[${from}]`, 'g'), to)
    out = out.replace(/[٠-٩]/g, digit => digit.charCodeAt(0) - 0x660)
    out = out.replace(/[۰-۹]/g, digit => digit.charCodeAt(0) - 0x6F0)
    return [...out.replace(/\s+/g, ' ').trim()].map(letter => letter.codePointAt(0))
}

// Levenshtein's distance; with `within`, of `a` to that part of `b` which is nearest to it.
function distance(a, b, within) {
    let row = Int32Array.from({ length: b.length + 1 }, (_, j) => within ? 0 : j)
    for (let i = 1; i <= a.length; i++) {
        const next = new Int32Array(b.length + 1)
        next[0] = i
        for (let j = 1; j <= b.length; j++)
            next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
        row = next
    }
    return within ? row.reduce((least, value) => Math.min(least, value)) : row[b.length]
}

// The output of a command and the seconds it took of the processor.
function run(command, args) {
    return new Promise(resolve => {
        const script = 'TIMEFORMAT="%U %S"; { time "$@" 2>&3; } 3>/dev/null'
        const child = spawn('bash', ['-c', script, 'bash', command, ...args],
            { env: { ...process.env, OMP_THREAD_LIMIT: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
        const out = [], times = []
        child.stdout.on('data', piece => out.push(piece))
        child.stderr.on('data', piece => times.push(piece))
        child.on('close', () => {
            const [user] = Buffer.concat(times).toString().trim().split(' ').map(Number)
            resolve({ text: Buffer.concat(out).toString('utf8'), user })
        })
    })
}

function sanadText(described) {
    const text = []
    let inside = false
    for (const line of described.split('\n')) {
        if (/^--- (main|rest)$/.test(line)) inside = true
        else if (/^(--- +\d+ bytes,| {4}word at \d)/.test(line)) inside = false
        else if (inside) text.push(line)
    }
    return text.join('\n')
}

function truthOf(path) {
    const stem = path.replace(/\.[^.]+$/, '')
    return [`${stem}.gt.txt`, `${stem}.txt`].find(name => existsSync(name))
}

async function measure(set, path) {
    const plain = await run('tesseract', [path, '-', '-l', set.lang, ...set.line ? ['--psm', '13'] : []])
    const ours = await run(worker, ['--describe', path, '--langs', 'eng+fas+ara', '--text'])
    const truth = normalised(readFileSync(truthOf(path), 'utf8')).slice(0, TRUTH_MAX)
    const rate = text => 100 * distance(truth, normalised(text).slice(0, READ_MAX), set.body) / truth.length
    return { path, ours: rate(sanadText(ours.text)), plain: rate(plain.text), time: ours.user, plainTime: plain.user }
}

const files = readdirSync(folder, { recursive: true }).sort()
    .filter(path => /\.(png|jpe?g|tiff?|webp|bmp|gif)$/i.test(path) && truthOf(join(folder, path)))
const sum = (rows, name) => rows.reduce((total, row) => total + row[name], 0)
let time = 0, plainTime = 0

console.log('| set | pages | error rate, % | plain Tesseract | target | met | processor against plain |')
console.log('|---|---:|---:|---:|---:|---|---:|')
for (const set of sets) {
    let todo = files.filter(set.of)
    if (set.line) todo = todo.filter((_, i) => i % LINES_EVERY === 0)
    const queue = todo.map(path => join(folder, path)), rows = []
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        while (queue.length > 0) rows.push(await measure(set, queue.shift()))
    }))
    if (rows.length === 0) continue
    const rate = sum(rows, 'ours') / rows.length, plain = sum(rows, 'plain') / rows.length
    const met = set.target === undefined ? '' : rate <= set.target ? 'yes' : '**no**'
    time += sum(rows, 'time')
    plainTime += sum(rows, 'plainTime')
    console.log(`| ${set.name} | ${rows.length} | ${rate.toFixed(2)} | (${plain.toFixed(2)}) | ${set.target ?? ''} | ${met} ` +
        `| ${(sum(rows, 'time') / sum(rows, 'plainTime')).toFixed(2)} |`)
    if (each)
        for (const row of rows)
            console.error(`${relative(folder, row.path)}: ${row.ours.toFixed(2)} (${row.plain.toFixed(2)}), ` +
                `${row.time} s (${row.plainTime})`)
}
console.log(`\nAll sets: ${(time / plainTime).toFixed(2)} times plain Tesseract's time of the processor; ` +
    'that includes finding the language.')
