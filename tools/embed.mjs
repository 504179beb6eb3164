// Bundles the reading room's front end (ui/) and writes it as C: the table of src/web/assets.h.
//
//   node tools/embed.mjs UI_FOLDER OUT.c OUT.d
//
// OUT.d tells ninja which files the bundle was made from.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [uiFolder, outFile, depFile] = process.argv.slice(2);
if (!depFile) {
  console.error('usage: embed.mjs UI_FOLDER OUT.c OUT.d');
  process.exit(2);
}

let esbuild;
try {
  esbuild = await import('esbuild');
} catch {
  console.error('tools/embed.mjs: esbuild is missing; run "npm ci --ignore-scripts" once');
  process.exit(1);
}

function build(options) {
  return esbuild.build(options).catch(() => {
    console.error('tools/embed.mjs: if a package is missing, run "npm ci --ignore-scripts" once');
    process.exit(1);
  });
}

const bundle = await build({
  // What the page starts with, and what it runs beside itself.
  entryPoints: ['src/app.tsx', 'src/network/arrange.worker.ts'].map((name) => path.join(uiFolder, name)),
  entryNames: '[name]',
  tsconfig: path.join(uiFolder, 'tsconfig.json'),
  outdir: 'assets',
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'esm',
  splitting: true, // what is imported as it is needed becomes a file of its own
  chunkNames: '[name]-[hash]',
  target: ['es2022'],
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
});

const pages = ['index.html', 'closed.html', 'icon.svg'].map((name) => path.join(uiFolder, name));
const files = [
  ...pages.map((file) => ({ name: path.basename(file), bytes: readFileSync(file) })),
  ...bundle.outputFiles.map((file) => ({
    name: path.basename(file.path),
    bytes: Buffer.from(file.contents),
  })),
];

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

function cArray(name, bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 24)
    lines.push(Array.from(bytes.subarray(at, at + 24)).join(','));
  return `static const unsigned char ${name}[] = {\n${lines.join(',\n')}\n};\n`;
}

const arrays = files.map((file, i) => cArray(`asset_${i}`, file.bytes));
const rows = files.map(
  (file, i) =>
    `    {"${file.name}", "${types[path.extname(file.name)]}", asset_${i}, sizeof asset_${i}},\n`,
);
writeFileSync(
  outFile,
  `#include "web/assets.h"\n\n${arrays.join('\n')}\n` +
    `const struct asset assets[] = {\n${rows.join('')}    {0},\n};\n`,
);

const inputs = [...Object.keys(bundle.metafile.inputs), ...pages].map((file) => path.resolve(file));
writeFileSync(depFile, `${outFile}: ${inputs.map((f) => f.replaceAll(' ', '\\ ')).join(' ')}\n`);
