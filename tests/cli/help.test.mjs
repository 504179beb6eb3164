// What --help says of each command is what its manual and the three completions say: the same line, the
// same options, and the same words where an option takes one of several.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const sanad = path.resolve(process.env.SANAD ?? path.join(root, 'build/sanad'));
const text = (name) => readFileSync(path.join(root, name), 'utf8');
const help = (...args) => execFileSync(sanad, args, { encoding: 'utf8' });
const sorted = (words) => [...new Set(words)].sort().join(' ');
const matches = (string, pattern) => [...string.matchAll(pattern)].map((match) => match[1]);

const overview = [...help('--help').matchAll(/^ {2}([a-z]+) +(\S.*)/gm)].map(([, name, line]) => `${name}: ${line}`);
const commands = overview.map((row) => row.split(':')[0]);
const options = new Map(commands.map((name) => [name, sorted(matches(help(name, '--help'), /^ {2}--([a-z-]+)/gm))]));

/** The options of bash's function, which is run. */
function inBash(name) {
  const script = `source "$1"; _sanad_options "$2"`;
  const out = execFileSync('bash', ['-c', script, 'bash', path.join(root, 'completions/sanad.bash'), name], { encoding: 'utf8' });
  return sorted(matches(out, /--([a-z-]+)/g));
}

/** Of zsh, the case branch of the command with its variables filled in. */
function inZsh(name) {
  const source = text('completions/_sanad').replaceAll('\\\n', ' ');
  const variables = new Map(['common', 'json', 'output', 'reading'].map((variable) => [variable, source.match(new RegExp(`^ +${variable}=\\(([^]*?)\\)$`, 'm'))[1]]));
  const branch = source.match(new RegExp(`^ +(?:[a-z|]+\\|)?${name}(?:\\|[a-z|]+)?\\) (_arguments [^]*?);;`, 'm'))?.[1] ?? '';
  const filled = branch.replaceAll(/\$([a-z]+)/g, (whole, variable) => variables.get(variable) ?? whole);
  return sorted(matches(filled, /--([a-z-]+)(?=\[|\})/g));
}

/** Of fish, the lines that are for the command or for all. */
function inFish(name) {
  const lines = text('completions/sanad.fish').split('\n').filter((line) => {
    const condition = line.match(/-n '([^']*)'/)?.[1];
    return line.startsWith('complete') && (condition === undefined || condition.split(' ').includes(name));
  });
  return sorted(matches(lines.join('\n'), / -l ([a-z-]+)/g));
}

/** Of the manual, what its list explains; --help is said once, in sanad(1). */
function inManual(name) {
  const items = text(`docs/man/sanad-${name}.1`).split('\n').filter((line) => line.startsWith('.It Fl'));
  return sorted([...matches(items.join('\n'), /Fl \\-([a-z-]+)/g), 'help']);
}

/** The words of the synopsis, each an option that the list explains. */
function inSynopsis(name) {
  const synopsis = text(`docs/man/sanad-${name}.1`).match(/^\.Sh SYNOPSIS\n([^]*?)^\.Sh /m)[1];
  return sorted([...matches(synopsis, /Fl \\-([a-z-]+)/g), ...(/Fl o\b/.test(synopsis) ? ['output'] : []), 'help']);
}

/** The words that an option of a case's command takes, as the program lists them when one is wrong. */
function wordsOf(kase, command, option, more) {
  const { stderr } = spawnSync(sanad, [command, kase, `--${option}`, '?', ...more], { encoding: 'utf8' });
  return sorted(stderr.match(/is one of (.*)/)?.[1].split(', ') ?? []);
}

let count = 0;
function is(what, got, wanted) {
  console.log(`${got === wanted ? 'ok' : 'not ok'} ${++count} - ${what}`);
  if (got !== wanted) console.log(`got:    ${got}\nwanted: ${wanted}`.replaceAll(/^/gm, '#   '));
}

for (const name of commands) {
  is(`${name}: bash`, inBash(name), options.get(name));
  is(`${name}: zsh`, inZsh(name), options.get(name));
  is(`${name}: fish`, inFish(name), options.get(name));
  is(`${name}: manual`, inManual(name), options.get(name));
  is(`${name}: synopsis`, inSynopsis(name), options.get(name));
  is(`${name}: sanad help`, help('help', name), help(name, '--help'));
}

const pairs = (string, pattern) => [...string.matchAll(pattern)].map(([, name, line]) => `${name}: ${line}`).join('\n');
const listed = {
  zsh: pairs(text('completions/_sanad'), /^ {8}'([a-z]+):([^']*)'/gm),
  fish: pairs(text('completions/sanad.fish'), /__fish_use_subcommand -f -a ([a-z]+) -d '([^']*)'/g),
  manual: pairs(text('docs/man/sanad.1'), /^\.It Xr sanad-([a-z]+) 1\n(.*)/gm),
  manuals: commands.map((name) => `${name}: ${text(`docs/man/sanad-${name}.1`).match(/^\.Nd (.*)/m)?.[1]}`).join('\n'),
};
for (const [where, rows] of Object.entries(listed)) is(`commands: ${where}`, rows, overview.join('\n'));
is('commands: bash', matches(text('completions/sanad.bash'), /commands='([^']*)'/g).join(' '), commands.join(' '));

const work = mkdtempSync(path.join(tmpdir(), 'sanad-test.'));
try {
  const kase = path.join(work, 'a.sanad');
  process.env.SANAD_PASSPHRASE_FILE = path.join(work, 'pass');
  writeFileSync(process.env.SANAD_PASSPHRASE_FILE, 'a passphrase for the tests\n');
  execFileSync(sanad, ['init', kase]);
  const bash = text('completions/sanad.bash');
  const zsh = text('completions/_sanad');
  const fish = text('completions/sanad.fish').replaceAll('\\\n', ' ');
  const words = (string) => sorted((string ?? '').trim().split(/\s+/));
  for (const [command, option, ...more] of [['ledger', 'outcome'], ['ledger', 'reason'], ['search', 'sort', 'x'], ['names', 'kind']]) {
    const wanted = wordsOf(kase, command, option, more);
    const list = option === 'reason' ? 'reasons' : null;
    is(`--${option}: bash`, words(bash.match(list ? /reasons='([^']*)'/ : new RegExp(`--${option}\\) choices='([^']*)'`))?.[1]), wanted);
    is(`--${option}: zsh`, words(zsh.match(list ? /reasons='\(([^)]*)\)'/ : new RegExp(`--${option}\\[[^\\]]*\\]:[a-z]+:\\(([^)]*)\\)`))?.[1]), wanted);
    is(`--${option}: fish`, words(fish.match(list ? /set -l reasons (.*)/ : new RegExp(`-l ${option} -x -a '([^']*)'`))?.[1]), wanted);
  }
} finally {
  rmSync(work, { recursive: true });
}
console.log(`1..${count}`);
