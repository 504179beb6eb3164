// Runs a command and prints what it took as JSON: seconds, MiB of memory, the last line of its output
// if that is JSON.
//
//   node measure.mjs COMMAND [ARGUMENT...]
//
// whole_mib   the command's peak, from its first moment to its last
// adding_mib  the same from its first progress event on (sanad --json); Linux is asked to count the
//             peak afresh there, and where it refuses, the largest of the samples stands
// child_mib   the largest process two levels below (a worker's child), by samples
import { spawn } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const EVERY_MS = 50
const [command, ...args] = process.argv.slice(2)
const began = performance.now()
const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
let whole = 0, adding = 0, grandchild = 0, started = false, exact = false, last = ''

function memory(pid) { // KiB; null once the process is gone
    try {
        const status = readFileSync(`/proc/${pid}/status`, 'latin1')
        const kib = name => Number(status.match(new RegExp(`^${name}:\\s*(\\d+)`, 'm'))?.[1] ?? 0)
        return { now: kib('VmRSS'), peak: kib('VmHWM') }
    } catch {
        return null
    }
}

function children(pid) {
    try {
        return readdirSync(`/proc/${pid}/task`).flatMap(task =>
            readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(Boolean))
    } catch {
        return []
    }
}

function sample() {
    const seen = memory(child.pid)
    if (!seen) return
    whole = Math.max(whole, seen.peak)
    if (started) adding = Math.max(adding, exact ? seen.peak : seen.now)
    for (const nursery of children(child.pid))
        for (const pid of children(nursery)) grandchild = Math.max(grandchild, memory(pid)?.peak ?? 0)
}

function start() {
    sample()
    try {
        writeFileSync(`/proc/${child.pid}/clear_refs`, '5')
        exact = true
    } catch { /* the samples stand */ }
    started = true
}

const timer = setInterval(sample, EVERY_MS)
createInterface(child.stdout).on('line', line => {
    last = line
    if (!started && line.includes('"event":"progress"')) start()
    if (line.includes('"event":"done"')) sample()
})
child.on('close', code => {
    clearInterval(timer)
    const mib = kib => Number((kib / 1024).toFixed(1))
    console.log(JSON.stringify({
        code, seconds: (performance.now() - began) / 1e3, exact, whole_mib: mib(whole), adding_mib: mib(adding),
        child_mib: mib(grandchild), last: last.startsWith('{') ? JSON.parse(last) : {},
    }))
})
