// Dates in texts, measured: the section "dates" of bench/RESULTS.md. tests/bench/names.sh calls it.
//
//     node tests/bench/dates.mjs SANAD DATA
//
// DATA is the folder of shared data. PEYMA's licence lets it measure only.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [sanad, data] = process.argv.slice(2)
const names = join(data, 'names')
const lines = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean)

function run(args, input, env = {}) {
    const done = spawnSync(sanad, args, { input, encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, ...env } })
    if (done.status !== 0) throw new Error(`sanad ${args[0]}: ${done.stderr}`)
    return done.stdout
}
const rows = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line))
const dates = (lang, text, ref) => rows(run(['dates', '--lang', lang, '--json', ...(ref ? ['--ref', ref.slice(0, 10)] : [])], text))
const bytes = (text) => Buffer.byteLength(text)

// Microsoft Recognizers-Text: the specifications of dates, without those of periods.
function recognisers(language, lang) {
    let found = 0, all = 0, right = 0, valued = 0
    const folder = join(names, 'recognizers_dates')
    for (const name of readdirSync(folder).filter((one) => one.startsWith(`${language}.Date`) && /Date[EP]/.test(one) && !one.includes('Period'))) {
        for (const spec of lines(join(folder, name)).map((line) => JSON.parse(line))) {
            const got = dates(lang, spec.Input, spec.Context?.ReferenceDateTime)
            for (const wanted of (spec.Results ?? []).filter((one) => one.Type === 'date')) {
                const start = bytes(spec.Input.slice(0, wanted.Start))
                const end = start + bytes(spec.Input.slice(wanted.Start, wanted.Start + wanted.Length))
                const hits = got.filter((one) => one.start < end && start < one.end)
                const days = [wanted.Value?.FutureResolution?.date, wanted.Value?.PastResolution?.date].filter(Boolean)
                all++
                found += hits.length > 0
                if (!days.length) continue
                valued++
                right += hits.some((one) => days.includes(one.earliest) || days.includes(one.latest))
            }
        }
    }
    return { found: found / all, right: right / valued }
}

// The cases of dateparser's tests of Solar and lunar Hijri.
function hijri() {
    let all = 0, right = 0
    for (const name of ['test_hijri.tsv', 'test_jalali.tsv'])
        for (const line of lines(join(names, 'dateparser_cases', name))) {
            const said = /d(?:t|ate)_string='([^']+)'/.exec(line)
            const day = /d(?:t_obj|atetime|t)=datetime\((\d+), (\d+), (\d+)/.exec(line) ?? /datetime\((\d+), (\d+), (\d+)/.exec(line)
            if (!said || !day) continue
            const wanted = [day[1].padStart(4, '0'), day[2].padStart(2, '0'), day[3].padStart(2, '0')].join('-')
            const lang = line.includes('hijri') || line.includes('هـ') ? 'ar' : 'fa'
            all++
            right += dates(lang, said[1]).some((one) => one.earliest === wanted)
        }
    return right / all
}

// Dates that PEYMA's editors marked: overlaps, both ways; `beside` are found ones within a marked time.
function peyma() {
    let text = ''
    let at = 0
    let last = ''
    const marked = { DAT: [], TIM: [] }
    for (const line of readFileSync(join(names, 'peyma_fa/dev.tsv'), 'utf8').split('\n')) {
        const cells = line.split('\t')
        if (cells.length < 2 || line.startsWith('# ')) {
            if (text && !text.endsWith('\n')) {
                text += '\n'
                at++
            }
            last = ''
            continue
        }
        const tag = cells.at(-1)
        const kind = tag.includes('DAT') ? 'DAT' : tag.includes('TIM') ? 'TIM' : ''
        const end = at + bytes(cells[0])
        if (kind && (kind !== last || tag.startsWith('B'))) marked[kind].push({ start: at, end })
        else if (kind) marked[kind].at(-1).end = end
        last = kind
        text += `${cells[0]} `
        at = end + 1
    }
    const got = [...new Map(dates('fa', text).map((one) => [`${one.start} ${one.end}`, one])).values()]
    const overlaps = (some, others) => {
        let from = 0
        return some.filter((one) => {
            while (from < others.length && others[from].end <= one.start) from++
            return from < others.length && others[from].start < one.end
        })
    }
    const hits = overlaps(got, marked.DAT).length
    const precision = hits / got.length
    const recall = overlaps(marked.DAT, got).length / marked.DAT.length
    const known = overlaps(got, [...marked.DAT, ...marked.TIM].sort((a, b) => a.start - b.start)).length / got.length
    const f1 = (a, b) => (2 * a * b) / (a + b)
    return { recall, precision, f1: f1(precision, recall), times: f1(known, recall) }
}

// Documents of the Department of State that editors dated, from their text alone.
function frus() {
    const work = mkdtempSync(join(tmpdir(), 'sanad-dates-'))
    const env = { SANAD_PASSPHRASE_FILE: join(work, 'pass') }
    const folder = join(data, 'corpora/frus')
    writeFileSync(env.SANAD_PASSPHRASE_FILE, 'dates are measured\n')
    run(['init', join(work, 'c.sanad')], '', env)
    run(['add', join(work, 'c.sanad'), join(folder, 'docs'), '--no-ocr'], '', env)
    const own = new Map(rows(run(['timeline', join(work, 'c.sanad'), '--documents', '--json'], '', env))
        .filter((one) => one.path).map((one) => [one.path.split('/').slice(-2).join('/'), one.edtf]))
    rmSync(work, { recursive: true })
    const [head, ...docs] = lines(join(folder, 'docs.tsv')).map((line) => line.split('\t'))
    const file = head.indexOf('file')
    const from = head.indexOf('date_from')
    const dated = docs.filter((doc) => doc[from])
    const right = dated.filter((doc) => own.get(doc[file].replace('docs/', ''))?.startsWith(doc[from].slice(0, 10)))
    return { right: right.length, all: dated.length }
}

const row = (what, value, target, command) => `| ${what} | ${value.toFixed(3)} | ${target} | ${value >= target ? 'met' : '**missed**'} | \`${command}\` |`
const arabic = recognisers('Arabic', 'ar')
const english = recognisers('English', 'en')
const persian = peyma()
const own = existsSync(join(data, 'corpora/frus')) ? frus() : null
console.log(`## Dates

\`make bench-names\` writes this section. Vectors of the calendars and of EDTF are held in full by \`tests/unit/test_calendar.c\` and
\`test_edtf.c\`. PEYMA has a licence to measure only.

| what | figure | target | | command |
|---|---:|---:|---|---|
${[
    row('Arabic recogniser cases, found', arabic.found, 0.9, 'sanad dates --lang ar'),
    row('the day they mean', arabic.right, 0.85, 'sanad dates --lang ar --ref DATE'),
    row('English recogniser cases, found', english.found, 0.9, 'sanad dates --lang en'),
    row('the day they mean', english.right, 0.85, 'sanad dates --lang en --ref DATE'),
    row('Solar and lunar Hijri cases', hijri(), 0.98, 'sanad dates'),
    row('PEYMA, dates that overlap, F1', persian.f1, 0.88, 'sanad dates --lang fa'),
    `| of these: marked dates that are found | ${persian.recall.toFixed(3)} | - | | |`,
    `| of these: found ones that are marked | ${persian.precision.toFixed(3)} | - | | |`,
    `| F1 when a date within a marked time ("Wednesday evening") is not wrong | ${persian.times.toFixed(3)} | - | | |`,
    ...(own ? [row(`State Department documents dated as editors did (${own.right} of ${own.all})`, own.right / own.all, 0.99, 'sanad timeline CASE --documents')] : []),
].join('\n')}`)
