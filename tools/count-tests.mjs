// Prints "passed failed skipped" of a JUnit file that Meson wrote.
import { readFileSync } from 'node:fs'

const xml = readFileSync(process.argv[2], 'utf8')
let passed = 0
let failed = 0
let skipped = 0
for (const [, attributes, body] of xml.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)) {
    if (!attributes) continue
    if (/<(failure|error)\b/.test(body ?? '')) failed++
    else if (/<skipped\b/.test(body ?? '')) skipped++
    else passed++
}
console.log(passed, failed, skipped)
