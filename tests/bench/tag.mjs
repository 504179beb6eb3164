// Mentions, measured: the section "tag" of bench/RESULTS.md. tests/bench/names.sh calls it.
//
//     node tests/bench/tag.mjs SANAD SHARED
//
// An entity is right when its kind and both its ends are, in the tokens of the set. The built-in model has learnt from none
// of the sets that count here but frus; of those it has learnt from docs/TAGGING.md has the figures with a fifth left out.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [sanad, shared] = process.argv.slice(2)
const names = join(shared, 'names')
const kinds = { person: 'PER', organisation: 'ORG', place: 'LOC' }
const labels = { PER: 'PER', PERS: 'PER', ORG: 'ORG', LOC: 'LOC', GPE: 'LOC', FAC: 'LOC' }

// Seconds are the processor's, so that a busy machine measures the same.
function tag(text, lang) {
    const script = 'TIMEFORMAT="%U %S"; time "$0" "$@"'
    const args = ['-c', script, sanad, 'tag', '--json', ...(lang ? ['--lang', lang] : [])]
    const done = spawnSync('bash', args, { input: text, encoding: 'utf8', maxBuffer: 1 << 30 })
    if (done.status !== 0) throw new Error(`sanad tag: ${done.stderr}`)
    const [user, system] = done.stderr.trim().split('\n').at(-1).split(' ').map(Number)
    return { mentions: done.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line)), seconds: user + system }
}

function sentences(path) {
    const all = []
    let now = []
    for (const line of readFileSync(path, 'utf8').split('\n')) {
        const cells = line.includes('\t') ? line.split('\t') : line.split(' ')
        if (line.startsWith('# ') || cells.length < 2) {
            if (now.length) all.push(now)
            now = []
        } else now.push([cells[0], cells.at(-1)])
    }
    if (now.length) all.push(now)
    return all
}

// Spans of labels as "first last kind".
function gold(sentence) {
    const spans = new Set()
    let open = null
    sentence.concat([['', 'O']]).forEach(([, label], i) => {
        const kind = label === 'O' ? null : label.replace(/^[BI]-/, '')
        if (open && (kind !== open.kind || label.startsWith('B-'))) {
            if (labels[open.kind.toUpperCase()]) spans.add(`${open.first} ${i - 1} ${labels[open.kind.toUpperCase()]}`)
            open = null
        }
        if (kind && !open) open = { first: i, kind }
    })
    return spans
}

function f1(path, lang) {
    const all = sentences(path)
    const starts = []
    const ends = []
    const of = []
    const lines = []
    let at = 0
    all.forEach((sentence, number) => {
        sentence.forEach(([word], i) => {
            starts.push(at)
            at += Buffer.byteLength(word)
            ends.push(at)
            of.push([number, i])
            at++
        })
        lines.push(sentence.map(([word]) => word).join(' '))
    })
    const found = all.map(() => new Set())
    let token = 0
    for (const mention of tag(lines.join('\n') + '\n', lang).mentions) {
        if (!kinds[mention.kind]) continue
        while (ends[token] <= mention.start) token++
        let last = token
        while (last + 1 < ends.length && ends[last] < mention.end) last++
        found[of[token][0]].add(`${of[token][1]} ${of[last][1]} ${kinds[mention.kind]}`)
    }
    let right = 0
    let sum = 0
    all.forEach((sentence, i) => {
        const wanted = gold(sentence)
        sum += wanted.size + found[i].size
        for (const span of found[i]) right += wanted.has(span)
    })
    return (2 * right) / Math.max(1, sum)
}

// The share of tagged persons whose bytes a person of ours covers, and nothing but a title beside.
function persons() {
    const folder = join(shared, 'corpora/frus')
    const wanted = new Map()
    for (const row of readFileSync(join(folder, 'mentions.tsv'), 'utf8').split('\n').slice(1)) {
        const [volume, doc, start, end, kind] = row.split('\t')
        if (kind !== 'persName') continue
        const path = join(folder, 'docs', volume, `${doc}.txt`)
        if (!wanted.has(path)) wanted.set(path, [])
        wanted.get(path).push([Number(start), Number(end)])
    }
    let right = 0
    let all = 0
    for (const [path, spans] of wanted) {
        if (!existsSync(path)) continue
        const ours = tag(readFileSync(path), 'en').mentions.filter((mention) => mention.kind === 'person')
        for (const [start, end] of spans) {
            all++
            right += ours.some((mention) => mention.start < end && start < mention.end)
        }
    }
    return right / Math.max(1, all)
}

function speed() {
    const text = ['en', 'fa', 'ar'].map((lang) => {
        const folder = join(shared, 'corpora/texts/ntrex', lang)
        return readdirSync(folder).sort().map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
    }).join('\n')
    const tokens = text.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}\s]/gu).length
    const rounds = 5
    const { seconds } = tag(text.repeat(rounds))
    return (tokens * rounds) / seconds
}

const row = (what, figure, target, command) =>
    `| ${what} | ${figure} | ${target} | ${Number(figure) >= target ? 'met' : '**missed**'} | \`${command}\` |`
const sets = [['conll2003_en', 'en', 0.885], ['peyma_fa', 'fa', 0.84], ['arman_fa', 'fa', 0.77], ['anercorp_ar', 'ar', 0.72]]
console.log(`## Mentions

\`make bench-names\` writes this section. The built-in model has learnt from none of the first four sets: their licences let them
measure only. It has learnt from wikigold, AQMAR and frus; docs/TAGGING.md has their figures with a fifth of the documents left
out, and those of a model that was given all sets.

| what | figure | target | | command |
|---|---:|---:|---|---|
${[
    ...sets.map(([set, lang, target]) => row(`${set}, entity F1`, f1(join(names, set, 'dev.tsv'), lang).toFixed(3), target, `sanad tag --lang ${lang}`)),
    row('frus, recall of tagged persons (learnt from)', persons().toFixed(3), 0.9, 'sanad tag --lang en'),
    row('tokens a second, three languages', Math.round(speed()), 50000, 'sanad tag'),
].join('\n')}`)
