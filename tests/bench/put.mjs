// Puts what stands on standard input into bench/RESULTS.md as the section NAME, in the place of what
// stood there: each measuring script writes its own section and leaves the others alone.
//
//   tests/bench/... | node tests/bench/put.mjs NAME
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const name = process.argv[2]
const page = join(dirname(fileURLToPath(import.meta.url)), '../../bench/RESULTS.md')
const begin = `<!-- begin ${name} -->\n`
const end = `<!-- end ${name} -->\n`

if (!/^[a-z]+$/.test(name ?? '')) throw new Error('the name of a section is small letters')
const text = readFileSync(0, 'utf8').trim()
if (text === '') throw new Error(`the section ${name} is empty: the old one stays`)
const before = existsSync(page) ? readFileSync(page, 'utf8') : '# Results\n'
const section = `${begin}${text}\n${end}`
const from = before.indexOf(begin)
const to = before.indexOf(end)
const after = from >= 0 && to > from
    ? before.slice(0, from) + section + before.slice(to + end.length)
    : `${before.trimEnd()}\n\n${section}`
mkdirSync(dirname(page), { recursive: true })
writeFileSync(`${page}.new`, after)
renameSync(`${page}.new`, page)
