// Writes a leak of many distinct texts, for measuring the reading room on a large case.
//
//   node tests/bench/room_leak.mjs FRUS FOLDER TEXTS [SEED]
//
// Each text has the head of one document of frus, as many paragraphs as that one, drawn from all of them, and
// sometimes a list of those present, so that names grow with the case. The same arguments make the same texts.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [frus, folder, texts, seed = '1'] = process.argv.slice(2)
const HEAD = 3, PER_FOLDER = 500, PEOPLE = 8000, PRESENT_EVERY = 3

/** xorshift32: numbers from 0 to below n, the same in every run. */
let state = Math.imul(0x9e3779b9, Number(seed)) || 1
function below(n) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % n
}

const documents = readdirSync(frus, { recursive: true }).filter(name => name.endsWith('.txt')).sort()
    .map(name => readFileSync(join(frus, name), 'utf8').split('\n').filter(line => line.trim() !== ''))
const paragraphs = documents.flatMap(lines => lines.slice(HEAD))
const persons = readFileSync(join(frus, 'persons.tsv'), 'utf8').split('\n').slice(1)
    .map(line => line.split('\t')[2]?.split(',').map(part => part.trim()))
    .filter(parts => parts?.length === 2 && parts.every(part => /^\p{Lu}\p{Ll}{2,}$/u.test(part.split(' ')[0])))
const people = Array.from({ length: PEOPLE }, () =>
    `${persons[below(persons.length)][1].split(' ')[0]} ${persons[below(persons.length)][0]}`)

/** Few are named often, most of them rarely. */
const somebody = () => people[Math.floor(below(PEOPLE) * below(PEOPLE) / PEOPLE)]

for (let i = 0; i < Number(texts); i++) {
    const like = documents[i % documents.length]
    const lines = like.slice(0, HEAD)
    while (lines.length < like.length) lines.push(paragraphs[below(paragraphs.length)])
    if (below(PRESENT_EVERY) === 0)
        lines.push(`Present at the meeting were ${somebody()}, ${somebody()}, ${somebody()} and ${somebody()}.`)
    const place = join(folder, String(Math.floor(i / PER_FOLDER)).padStart(4, '0'))
    if (i % PER_FOLDER === 0) mkdirSync(place, { recursive: true })
    writeFileSync(join(place, `cable-${String(i).padStart(6, '0')}.txt`), `${lines.join('\n')}\n`)
}
