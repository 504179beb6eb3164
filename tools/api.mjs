// docs/api/openapi.yaml, the list of what the reading room answers: checks it, writes the types that
// ui/ uses, and compares it with the table in src/web/routes.c.
//
//   node tools/api.mjs          fails when one of them says something else
//   node tools/api.mjs --write  writes ui/src/api/schema.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';
import openapiTS, { astToString } from 'openapi-typescript';

const at = (name) => new URL(`../${name}`, import.meta.url);
const source = at('docs/api/openapi.yaml');
const typesFile = at('ui/src/api/schema.ts');
const routesFile = at('src/web/routes.c');
const document = yaml.load(readFileSync(source, 'utf8'));
const wrong = [];

// ---- types; the document itself is checked on the way ----

const head = '// Made from docs/api/openapi.yaml by "node tools/api.mjs --write"; not edited by hand.\n\n';
const types = head + astToString(await openapiTS(source, { alphabetize: false }));
if (process.argv.includes('--write')) writeFileSync(typesFile, types);
else if (readFileSync(typesFile, 'utf8') !== types)
  wrong.push(`${fileURLToPath(typesFile)} is not what the document says; node tools/api.mjs --write`);

// ---- the table of routes ----

const row = /\{HTTP_(\w+),\s*"\/api\/v1([^"]*)",\s*(\w+),\s*ACCESS_(\w+),\s*(\d+),\s*(\w+),\s*([\w ]+)\}/g;
const constants = { HTTP: 0 };
const table = readFileSync(routesFile, 'utf8');
for (const [, name, value] of table.matchAll(/(\w+_BODY) = (\d+(?: << \d+)?)/g)) {
  const [base, shift = '0'] = value.split(' << ');
  constants[name] = Number(base) << Number(shift);
}
const rows = new Map();
for (const [, method, path, , access, atOnce, effect, body] of table.matchAll(row)) {
  const key = `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`;
  rows.set(key, {
    access: access === 'SESSION',
    atOnce: Number(atOnce),
    writes: effect === 'WRITES_CASE',
    body: constants[body] ?? Number(body),
  });
}

const said = new Map();
for (const [path, entry] of Object.entries(document.paths))
  for (const method of ['get', 'post', 'put', 'delete'].filter((name) => name in entry)) {
    const operation = entry[method];
    said.set(`${method} ${path}`, {
      access: (operation.security ?? document.security).length > 0,
      atOnce: operation['x-at-once'] ?? 0,
      writes: operation['x-writes-case'] ?? false,
      body: operation['x-body-bytes'] ?? 0,
    });
  }

for (const key of new Set([...rows.keys(), ...said.keys()])) {
  const inTable = JSON.stringify(rows.get(key));
  const inDocument = JSON.stringify(said.get(key));
  if (inTable !== inDocument) wrong.push(`${key}: the table of routes has ${inTable}, the document ${inDocument}`);
}
if (rows.size === 0) wrong.push('no rows of the table of routes were understood');

for (const line of wrong) console.error(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
