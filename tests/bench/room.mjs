// Measures the reading room on a large case, as Markdown.
//
//   SANAD=... SANAD_PASSPHRASE_FILE=... node tests/bench/room.mjs CASE LEAK | node tests/bench/put.mjs room
//   ... node tests/bench/room.mjs CASE LEAK readers    one part, printed: readers, screens, actions, parts
//
// Readers: 50, with wrk and room.lua, for a minute, while `add` takes the folder LEAK into the case. Screens: in
// Chromium, from an address to the first paint and to what the screen is for, and from a key or a click to what it
// changes; each three times, the median.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openBrowser, openPage, Room, sanad } from '../web/lib.mjs'

const [kase, leak, only] = process.argv.slice(2)
const READERS = 50, SECONDS = 60, TIMES = 3
const FIRST_PAINT = 1000, ACTION = 100, SEARCH = 200, P99 = 300
const words = ['iran', 'baghdad', 'oil', 'shah', 'qasim', 'embassy', 'kuwait', 'telegram', 'ambassador', 'military']

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`)
const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const met = (figure, target) => figure <= target ? 'yes' : '**no**'
const megabytes = pid => Math.round(Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1024)

// ---- readers ----

function wrk(room, names, items) {
    const script = fileURLToPath(new URL('room.lua', import.meta.url))
    return new Promise((done, failed) => {
        const child = spawn('wrk', ['-t2', `-c${READERS}`, `-d${SECONDS}s`, '--timeout', '20s', '-s', script, room.origin, '--', room.cookie, names, items, ...words])
        let said = ''
        child.stdout.on('data', data => { said += data })
        child.on('close', () => {
            const line = said.split('\n').find(one => one.startsWith('{'))
            if (line) done(JSON.parse(line))
            else failed(new Error(`wrk: ${said}`))
        })
    })
}

async function readers({ room }) {
    // As many of the most named as of those that are named seldom.
    const lists = await Promise.all([0, 1000].map(offset => room.get(`/api/v1/names?limit=100&offset=${offset}`)))
    const names = lists.flatMap(({ json }) => json.names.map(({ id }) => id)).join(',')
    const { items } = (await room.get('/api/v1/status')).json
    const memory = []
    const watch = setInterval(() => memory.push(megabytes(room.child.pid)), 1000)
    const add = spawn(sanad, ['add', '--no-ocr', kase, leak], { stdio: 'ignore' })
    const added = new Promise(done => add.on('close', done))
    const said = await wrk(room, names, items)
    clearInterval(watch)
    const running = add.exitCode === null
    add.kill('SIGINT')
    await added
    const refused = Object.entries(said.statuses).filter(([status]) => status !== '200')
    const errors = said.broken + refused.reduce((sum, [, n]) => sum + n, 0)
    console.log(`\n### ${READERS} readers for ${SECONDS} s while files are added\n`)
    console.log(`Each reader thinks 200 to 800 ms, then asks for a search, an item, a page, its names, the ledger or people.`)
    console.log(`${said.requests} requests (${(said.requests / said.seconds).toFixed(0)} a second); \`add\` ${running ? 'ran all the time' : 'ended before them'}.\n`)
    row('what', 'target', 'here', 'met')
    row('---', '---', '---:', '---')
    row('p50, p90, largest, ms', '', `${said.p50}, ${said.p90}, ${said.max}`, '')
    row('p99, ms', `under ${P99}`, said.p99, met(said.p99, P99))
    row(`not answered with 200${refused.length ? ` (${refused.map(([status, n]) => `${n} of ${status}`).join(', ')})` : ''}`, 'none', errors, met(errors, 0))
    const quarter = Math.floor(memory.length / 4)
    const [early, late] = [median(memory.slice(quarter, 2 * quarter)), median(memory.slice(-quarter))]
    row('memory in the second and the last quarter, MiB', 'flat: at most 10 % more', `${early}, ${late}`, met(late, early * 1.1))
}

// ---- screens ----

const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN

/** Opens an address afresh; milliseconds to the first paint and to what `wanted` names. */
async function opened(browser, room, address, wanted) {
    const page = await openPage(browser, room)
    const began = performance.now()
    await page.goto(`${room.origin}/#${address}`)
    await page.waitForSelector(wanted)
    const whole = performance.now() - began
    const first = await page.evaluate(paint)
    await page.context().close()
    return { first, whole }
}

/** Milliseconds from an act in the page to the first time that `wanted` holds there. */
function acted(page, act, wanted) {
    return page.evaluate(([actSource, wantedSource]) => new Promise((done, failed) => {
        const holds = (0, eval)(wantedSource)
        if (holds()) return failed(new Error(`there before: ${wantedSource}`))
        const late = setTimeout(() => failed(new Error(`never: ${wantedSource}`)), 20000), began = performance.now()
        ;(0, eval)(actSource)()
        const look = () => {
            if (!holds()) return requestAnimationFrame(look)
            clearTimeout(late)
            done(performance.now() - began)
        }
        look()
    }), [`(${act})`, `(${wanted})`])
}

const key = (name, code = `Key${name.toUpperCase()}`) => `() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '${name}', code: '${code}', bubbles: true }))`
const there = selector => `() => document.querySelector(${JSON.stringify(selector)}) !== null`
const click = selector => `() => document.querySelector(${JSON.stringify(selector)}).click()`
const hash = place => `() => { location.hash = ${JSON.stringify(place)} }`

async function screens({ browser, room, person }) {
    const places = [
        ['overview', '/overview', '.overview .lines a'],
        ['start', '/', '.holdings'],
        ['document', '/item/777/1', '.document .text .prose'],
        ['ledger', '/ledger', '.ledger tbody tr'],
        ['people', '/people', '.people .virtual a'],
        ['a person', `/people/${person}`, 'article.name .passage'],
        ['review', '/people/review', '.review .pair .reason, .review .state'],
        ['timeline', '/timeline', '.chart .bars button'],
        ['network, 50 names', '/network', '.network tbody tr'],
    ]
    console.log('\n### Screens\n')
    console.log('From an address, in a browser that has nothing yet, to the first paint and to what the screen is for; and, for')
    console.log('a reader who is in the room already, from the key or the click until that is on the screen.\n')
    row('screen', 'first paint, ms', 'whole, ms', 'from inside, ms', `first paint under ${FIRST_PAINT}`, `from inside under ${ACTION}`)
    row('---', '---:', '---:', '---:', '---', '---')
    for (const [name, address, wanted] of places) {
        const runs = []
        for (let i = 0; i < TIMES; i++) runs.push(await opened(browser, room, address, wanted))
        const page = await openPage(browser, room)
        const inside = []
        for (let i = 0; i < TIMES; i++) {
            await page.goto(`${room.origin}/#/terms`)
            await page.waitForSelector('.batch textarea')
            inside.push(await acted(page, hash(address), there(wanted)))
        }
        await page.context().close()
        const [first, whole, from] = [median(runs.map(run => run.first)), median(runs.map(run => run.whole)), median(inside)]
        row(name, first.toFixed(0), whole.toFixed(0), from.toFixed(0), met(first, FIRST_PAINT), met(from, ACTION))
    }
}

async function actions({ browser, room }) {
    const page = await openPage(browser, room)
    const rows = []
    const measure = async (name, target, act, wanted, before = async () => {}) => {
        const runs = []
        for (let i = 0; i < TIMES; i++) {
            await before(i)
            runs.push(await acted(page, act, wanted))
        }
        rows.push([name, target, median(runs)])
    }
    const at = async (address, wanted) => {
        await page.goto(`${room.origin}/#/terms`)
        await page.waitForSelector('.batch textarea')
        await page.goto(`${room.origin}/#${address}`)
        await page.waitForSelector(wanted)
        await page.waitForLoadState('networkidle')
    }
    await at('/', '.holdings')
    for (const [name, q] of [['one word', 'baghdad'], ['two words', 'baghdad qasim'], ['a phrase', '"ministry of oil"'], ['a name', 'name:"Dulles"'], ['what is in nine of ten texts', 'iran']])
        await measure(`search: ${name}`, SEARCH, `() => document.querySelector('form .box, .box')?.closest('form').requestSubmit()`, there('.hit'), async () => {
            await at('/', '.holdings')
            await page.fill('.box input', q)
            await page.keyboard.press('Escape')
        })
    await at('/', '.holdings')
    await page.fill('.box input', 'baghdad')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.hit')
    await measure('search: j', ACTION, key('j'), `() => document.querySelector('.hit.chosen') !== window.before`,
        () => page.evaluate(() => { window.before = document.querySelector('.hit.chosen') }))
    await measure('search: a hit is opened', ACTION, click('.hit a'), there('.document .text mark.current'), async i => { if (i > 0) await page.goBack().then(() => page.waitForSelector('.hit')) })
    await measure('document: ?', ACTION, key('?', 'Slash'), there('dialog[open]'), async () => {
        await page.keyboard.press('Escape')
        await page.waitForSelector('dialog[open]', { state: 'detached' })
    })
    await page.keyboard.press('Escape')
    await measure('people: j', ACTION, key('j'), there('.people .chosen, .people [aria-current], .people .current'), () => at('/people', '.people .virtual a'))
    await page.context().close()
    console.log('\n### Actions\n')
    row('action', 'target, ms', 'here, ms', 'met')
    row('---', '---:', '---:', '---')
    for (const [name, target, figure] of rows) row(name, target, figure.toFixed(0), met(figure, target))
}

// ---- what the screens ask ----

async function parts({ room, person, most }) {
    const asked = ['overview', 'timeline', 'timeline?lanes=person', 'timeline?lanes=folder', `timeline?name=${person}`, 'network?names=50', 'network?names=5000',
        `network?around=${person}`, `network/passages?a=${most}&b=${person}`, `names/${most}`, `names/${most}/passages`, `names/${most}/company`, `names/${person}`,
        `names/${person}/passages`, `names/${person}/company`, 'names/review', 'ledger', 'ledger/sums', 'search?q=iran&facets=1', 'complete?q=bag']
    console.log('\n### What the screens ask\n\nMilliseconds of the program and its answer over HTTP, the median of three.\n')
    row('asked', 'ms')
    row('---', '---:')
    for (const one of asked) {
        const runs = []
        for (let i = 0; i < TIMES; i++) {
            const began = performance.now()
            await room.get(`/api/v1/${one}`)
            runs.push(performance.now() - began)
        }
        row(`\`${one.replace(String(most), 'MOST').replace(String(person), 'PERSON')}\``, median(runs).toFixed(0))
    }
}

const room = await Room.over(kase)
const browser = await openBrowser()
try {
    await room.enter()
    const status = (await room.get('/api/v1/status')).json
    const names = (await room.get('/api/v1/names?limit=1')).json
    const person = (await room.get('/api/v1/names?limit=1&kind=person')).json.names[0]
    const version = spawnSync(sanad, ['--version'], { encoding: 'utf8' }).stdout.trim()
    const machine = /^model name.*: (.*)/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))[1]
    console.log('## The reading room\n\n`make bench-room` writes this section.\n')
    console.log(`${version}, ${machine}; load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]} at the start: times under one of more than the processors are too long.`)
    console.log(`${status.items} texts of ${Math.round(status.chars / 1e6)} million letters, drawn from frus by \`tests/bench/room_leak.mjs\`; ${names.total} names. The`)
    console.log(`most named stands in ${names.names[0].documents} of them, the most named person in ${person.documents}.\n`)
    const measures = { screens, actions, parts, readers }
    for (const [name, measure] of Object.entries(measures))
        if (only === undefined || only === name) await measure({ browser, room, person: person.id, most: names.names[0].id })
} finally {
    await browser.close()
    await room.leave()
    await room.close()
}
