// Names of a case, measured: the section "entities" of bench/RESULTS.md. tests/bench/names.sh calls it.
//
//     node tests/bench/entities.mjs SANAD SHARED
//
// NTREX is the same 123 news stories in English, Persian and Arabic: who is named in the English story and in the others is
// one entity, or the tie was missed. Whether ties are right was judged by hand for 200 that were drawn (ties.tsv), and again for
// 200 that a later model made (ties_second.tsv).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [sanad, shared] = process.argv.slice(2)
const work = mkdtempSync(join(tmpdir(), 'sanad-entities-'))
const pass = join(work, 'pass')
writeFileSync(pass, 'a passphrase for the measurement\n')

function run(...args) {
    const env = { ...process.env, SANAD_PASSPHRASE_FILE: pass }
    const done = spawnSync(sanad, args, { env, encoding: 'utf8', maxBuffer: 1 << 30 })
    if (done.status !== 0) throw new Error(`sanad ${args[0]}: ${done.stderr}`)
    return done.stdout
}

function named(folder) {
    const kase = join(work, 'c.sanad')
    run('init', kase)
    run('add', kase, join(shared, folder))
    const lines = run('names', kase, '--json', '--mentions').split('\n').filter(Boolean)
    rmSync(kase, { recursive: true })
    return lines.map((line) => JSON.parse(line)).filter((one) => ['person', 'organisation', 'place'].includes(one.kind))
}

const place = (path) => path.split('/').slice(-2).join('/')
const entities = named('corpora/texts/ntrex')

// Each name of an English story: is it the same entity in the story's Persian and Arabic text?
const counts = { person: [0, 0, 0, 0], all: [0, 0, 0, 0] }
for (const one of entities) {
    const stories = { en: new Set(), fa: new Set(), ar: new Set() }
    for (const mention of one.where) {
        const [language, story] = place(mention.path).split('/')
        stories[language].add(story)
    }
    for (const story of stories.en) {
        const fa = stories.fa.has(story)
        const ar = stories.ar.has(story)
        for (const kind of one.kind === 'person' ? ['person', 'all'] : ['all']) {
            counts[kind][0]++
            counts[kind][1] += fa
            counts[kind][2] += ar
            counts[kind][3] += fa || ar
        }
    }
}

const at = new Map()
for (const one of entities) for (const mention of one.where) at.set(`${place(mention.path)}:${mention.start}`, one.id)
function judged(file) {
    const [, ...rows] = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    const count = { rows: rows.length, right: [0, 0], wrong: [0, 0] }
    for (const row of rows) {
        const [verdict, , file, start, , other, otherStart] = row.split('\t')
        const first = at.get(`${file}:${start}`)
        count[verdict][0]++
        count[verdict][1] += first !== undefined && first === at.get(`${other}:${otherStart}`)
    }
    return { ...count, share: ((100 * count.right[1]) / (count.right[1] + count.wrong[1])).toFixed(1) }
}

const drawn = judged('tests/bench/ties.tsv')
const later = judged('tests/bench/ties_second.tsv')
rmSync(work, { recursive: true })

const command = '`sanad names CASE --json --mentions`'
const line = (what, [names, fa, ar, either]) => `| ${what} | ${names} | ${fa} | ${ar} | ${either} | ${command} |`
console.log(`## Names of a case

\`make bench-names\` writes this section, from NTREX's 123 stories in three languages as one case. A name counts once a
story. Most of these stories are among the texts that the tagger has learnt from (docs/TAGGING.md): of others it finds less.
Many names stand in Latin letters in the Persian stories; what the tagger does not find in a story cannot be tied.

| in the English stories | names | tied to Persian | to Arabic | to either | command |
|---|---:|---:|---:|---:|---|
${line('persons', counts.person)}
${line('persons, bodies and places', counts.all)}

Of ${drawn.rows} ties drawn at random and judged by hand (tests/bench/ties.tsv), ${drawn.right[0]} were right and ${drawn.wrong[0]} wrong; now ${drawn.right[1]}
of the right and ${drawn.wrong[1]} of the wrong are made: ${drawn.share} % of those made are right. Of ${later.rows} drawn anew from what a
later model made, at most three of an entity (ties_second.tsv), ${later.right[0]} were right and ${later.wrong[0]} wrong; now ${later.right[1]} and ${later.wrong[1]}.`)
