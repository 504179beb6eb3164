// Measures what sanad takes for the story of a web page against what others expect, as Markdown.
//
//   node tests/bench/web.mjs WORKER CORPORA/web [--each] | node tests/bench/put.mjs web
//
// Precision and recall are those of article-extraction-benchmark: of runs of four words (all words where there
// are fewer), each counted as often as it stands, a page's shares averaged over the pages, F1 of the averages.
// trafilatura's pages come with lines that must be there and lines that must not. --each names the worst pages.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const each = process.argv.includes('--each')
const [worker, web] = process.argv.slice(2).filter(argument => argument !== '--each')
const AT_ONCE = 2, WORST = 10

function mainText(file) {
    return new Promise(resolve => {
        execFile(worker, ['--describe', file, '--text', '--no-ocr'], { maxBuffer: 1 << 28 }, (error, stdout) => {
            const text = []
            let inside = false
            for (const line of stdout.split('\n')) {
                if (line === '--- main') inside = true
                else if (line === '--- rest' || /^--- {6}\d+ bytes/.test(line)) inside = false
                else if (inside) text.push(line)
            }
            resolve(text.join('\n'))
        })
    })
}

async function map(list, what) {
    const results = []
    let next = 0
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        while (next < list.length) {
            const at = next++
            results[at] = await what(list[at])
        }
    }))
    return results
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'" }
const plain = html => html.replace(/<(script|style)\b[^]*?<\/\1>/gi, ' ').replace(/<[^>]+>/g, ' ')
    .replace(/&(#x?[0-9a-f]+|\w+);/gi, (all, name) => entities[name] ??
        (name[0] === '#' ? String.fromCodePoint(Number(name[1] === 'x' ? `0${name.slice(1)}` : name.slice(1))) : all))

function shingles(text) {
    const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [], counts = new Map()
    const add = one => counts.set(one, (counts.get(one) ?? 0) + 1)
    for (let i = 0; i + 4 <= words.length; i++) add(words.slice(i, i + 4).join(' '))
    if (counts.size === 0 && words.length > 0) add(words.join(' '))
    return counts
}

const total = counts => [...counts.values()].reduce((sum, n) => sum + n, 0)
const f1 = (p, r) => p + r > 0 ? 2 * p * r / (p + r) : 0

async function compare({ page, text }) {
    const want = shingles(text), have = shingles(await mainText(page))
    let both = 0
    for (const [one, n] of want) both += Math.min(n, have.get(one) ?? 0)
    const p = have.size ? both / total(have) : 0, r = want.size ? both / total(want) : 0
    return { page, p, r, f1: f1(p, r) }
}

const folder = name => join(web, name)
const list = (name, ending) => readdirSync(folder(name)).filter(file => file.endsWith(ending)).sort()
const read = path => readFileSync(path, 'utf8')

const sets = {
    'article-extraction-benchmark': () => list('aeb', '.txt').map(file =>
        ({ page: join(folder('aeb'), file.replace(/txt$/, 'html')), text: read(join(folder('aeb'), file)) })),
    readability: () => readdirSync(folder('readability')).sort().map(name => join(folder('readability'), name))
        .filter(path => existsSync(join(path, 'expected.html')))
        .map(path => ({ page: join(path, 'source.html'), text: plain(read(join(path, 'expected.html'))) })),
    newspaper: () => readdirSync(folder('newspaper')).filter(file => file.startsWith('txt__')).sort().map(file =>
        ({ page: join(folder('newspaper'), file.replace(/^txt__(.*)txt$/, 'html__$1html')), text: read(join(folder('newspaper'), file)) })),
}

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`)
const share = x => x.toFixed(3)

console.log('## Web pages\n\nThe story of a page, told from menus, footers and other stories: `tests/bench/web.mjs`.\n')
row('set', 'pages', 'precision', 'recall', 'F1', 'target', 'met')
row('---', '---:', '---:', '---:', '---:', '---:', '---')
const worst = []
for (const [name, pairs] of Object.entries(sets)) {
    const results = await map(pairs(), compare)
    const mean = key => results.reduce((sum, one) => sum + one[key], 0) / results.length
    const score = f1(mean('p'), mean('r')), goal = name.startsWith('article')
    row(name, results.length, share(mean('p')), share(mean('r')), share(score), goal ? '0.950' : '',
        goal ? (score >= 0.95 ? 'yes' : '**no**') : '')
    worst.push(...results.sort((a, b) => a.f1 - b.f1).slice(0, WORST).map(one => ({ name, ...one })))
}

const expectations = Object.values(JSON.parse(read(join(folder('trafilatura'), 'evaldata.json'))))
    .filter(one => existsSync(join(folder('trafilatura'), one.file)))
const spaced = text => text.replace(/\s+/g, ' ').trim()
const counts = { kept: 0, lost: 0, extra: 0, left: 0 }
await map(expectations, async one => {
    const text = spaced(await mainText(join(folder('trafilatura'), one.file)))
    for (const line of one.with ?? []) counts[text.includes(spaced(line)) ? 'kept' : 'lost']++
    for (const line of one.without ?? []) counts[text.includes(spaced(line)) ? 'extra' : 'left']++
})
const p = counts.kept / (counts.kept + counts.extra), r = counts.kept / (counts.kept + counts.lost)
row('trafilatura, lines', expectations.length, share(p), share(r), share(f1(p, r)), '', '')
console.log(`
The benchmark's own table of F1 names readability with 0.922, Diffbot with 0.951 and the best with 0.970; they
are its authors' figures on all of its 181 pages, of which ${sets['article-extraction-benchmark']().length} are here. readability's pages are compared with the text of its
own expected output.`)
if (each) for (const one of worst) console.log(`${one.name}: ${share(one.f1)} (${share(one.p)}, ${share(one.r)}) ${one.page}`)
