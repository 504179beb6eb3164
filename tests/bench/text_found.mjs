// Compares the text that recollindex and sanad found, by file that was given.
//
//   node text_found.mjs RECOLLQ-OUTPUT LEDGER-JSON OUT.md
//
// The first is `recollq -F 'url dbytes'`: two base64 fields a line, dbytes the bytes of a document's
// text; a file's documents inside it count for it, and for its duplicates. Up to BLANK bytes are no
// text: a form feed for each blank page, a bitmap's eight bytes taken for letters. Prints how many files
// have text for recollindex and none for sanad.
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const [theirsFile, oursFile, out] = process.argv.slice(2)
const BLANK = 8
const decode = field => Buffer.from(field, 'base64').toString()

// Two programs spell what is not UTF-8 in a path in two ways.
const plain = file => file.replace(/\\x[0-9a-f]{2}|\ufffd/gi, '?')
// recollindex follows links on the way to the folder, sanad keeps the path that was given.
const real = file => existsSync(file) ? realpathSync(file) : path.resolve(file)

const theirs = new Map()
for (const line of readFileSync(theirsFile, 'latin1').split('\n')) {
    const fields = line.trim().split(/\s+/)
    if (fields.length < 2 || !/^[A-Za-z0-9+/=]+$/.test(fields[0])) continue
    const url = decode(fields[0])
    if (!url.startsWith('file://')) continue
    const file = plain(url.slice('file://'.length))
    theirs.set(file, (theirs.get(file) ?? 0) + Number(decode(fields[1])))
}

const rows = readFileSync(oursFile, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line))
const childrenOf = new Map()
for (const row of rows) childrenOf.set(row.parent, [...(childrenOf.get(row.parent) ?? []), row])
const byItem = new Map(rows.map(row => [row.item, row]))
// An archive may hold itself.
const chars = (row, above = new Set()) => {
    const first = byItem.get(row.duplicate_of) ?? row
    if (above.has(first)) return 0
    const inside = new Set(above).add(first)
    return (childrenOf.get(first.item) ?? []).reduce((sum, child) => sum + chars(child, inside), first.chars ?? 0)
}
const ours = new Map(childrenOf.get(null).map(row => [plain(real(row.path)), chars(row)]))

const withText = (map, least) => [...map.values()].filter(n => n > least).length
const only = [...theirs].filter(([file, n]) => n > BLANK && !ours.get(file)).map(([file]) => file)
const sum = map => [...map.values()].reduce((a, b) => a + b, 0)
writeFileSync(out, [
    `Files with text: recollindex ${withText(theirs, BLANK)}, sanad ${withText(ours, 0)} (of ${ours.size});`,
    `${(sum(theirs) / 1e6).toFixed(1)} million bytes and ${(sum(ours) / 1e6).toFixed(1)} million characters of text.`,
    only.length ? `Only recollindex finds text in: ${only.map(file => path.basename(file)).join(', ')}.` : '',
].join('\n') + '\n')
console.log(only.length)
