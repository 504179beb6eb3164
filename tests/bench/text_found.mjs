// Compares the text that recollindex and sanad found, by file that was given.
//
//   node text_found.mjs RECOLLQ-OUTPUT LEDGER-JSON OUT.md
//
// The first is `recollq -F 'url dbytes'`: two base64 fields a line, dbytes the bytes of a document's
// text; a file's documents inside it count for it. Prints how many files have text for recollindex and
// none for sanad.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const [theirsFile, oursFile, out] = process.argv.slice(2)
const decode = field => Buffer.from(field, 'base64').toString()

const theirs = new Map()
for (const line of readFileSync(theirsFile, 'latin1').split('\n')) {
    const fields = line.trim().split(/\s+/)
    if (fields.length < 2 || !/^[A-Za-z0-9+/=]+$/.test(fields[0])) continue
    const url = decode(fields[0])
    if (!url.startsWith('file://')) continue
    const file = url.slice('file://'.length)
    theirs.set(file, (theirs.get(file) ?? 0) + Number(decode(fields[1])))
}

const rows = readFileSync(oursFile, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line))
const byItem = new Map(rows.map(row => [row.item, row]))
const given = row => (row.parent ? given(byItem.get(row.parent)) : row)
const ours = new Map()
for (const row of rows) {
    const first = byItem.get(row.duplicate_of) ?? row
    const file = path.resolve(given(row).path)
    ours.set(file, (ours.get(file) ?? 0) + (first.chars ?? 0))
}

const withText = map => [...map.values()].filter(n => n > 0).length
const only = [...theirs].filter(([file, n]) => n > 0 && !ours.get(file)).map(([file]) => file)
const sum = map => [...map.values()].reduce((a, b) => a + b, 0)
writeFileSync(out, [
    `Files with text: recollindex ${withText(theirs)}, sanad ${withText(ours)} (of ${ours.size});`,
    `${(sum(theirs) / 1e6).toFixed(1)} million bytes and ${(sum(ours) / 1e6).toFixed(1)} million characters of text.`,
    only.length ? `Only recollindex finds text in: ${only.map(file => path.basename(file)).join(', ')}.` : '',
].join('\n') + '\n')
console.log(only.length)
