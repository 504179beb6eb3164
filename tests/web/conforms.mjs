// Whether an answer is what docs/api/openapi.yaml says: every member it names, and none that it does not.

import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import yaml from 'js-yaml';

const source = new URL('../../docs/api/openapi.yaml', import.meta.url);
export const document = yaml.load(readFileSync(source, 'utf8'));

/** Objects may have no more members than they name; those of an allOf, together. */
function closed(schema, inAll = false) {
  if (Array.isArray(schema)) return schema.map((one) => closed(one));
  if (schema === null || typeof schema !== 'object') return schema;
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') out[key] = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, closed(v)]));
    else if (key === 'allOf') out[key] = value.map((one) => closed(one, true));
    else out[key] = closed(value);
  }
  // A part of an allOf is not closed, and nor is what it refers to: that is written out here.
  if (inAll && out.$ref) return closed(document.components.schemas[out.$ref.split('/').pop()], true);
  const names = out.properties !== undefined || out.allOf !== undefined;
  if (names && !inAll && !('additionalProperties' in out)) out.unevaluatedProperties = false;
  return out;
}

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: 'room', components: { schemas: closed(document.components.schemas) } });

const routes = Object.entries(document.paths).map(([path, entry]) => ({
  pattern: new RegExp(`^/api/v1${path.replace(/\{\w+\}/g, '\\d+')}$`),
  entry,
}));

function schemaOf(method, path, status) {
  if (status >= 400) return 'Refusal';
  const route = routes.find(({ pattern }) => pattern.test(path));
  const answer = route?.entry[method.toLowerCase()]?.responses[status];
  if (!answer) throw new Error(`${method} ${path}: the document knows no answer ${status}`);
  return answer.content?.['application/json']?.schema.$ref.split('/').pop() ?? null;
}

/** Throws when it is not. `json` is null for an answer that is none. */
export function assertConforms(method, target, status, json) {
  const path = decodeURI(target.split('?')[0].replaceAll('%', '%25'));
  const name = schemaOf(method, path, status);
  if (name === null || json === null) return;
  const validate = ajv.getSchema(`room#/components/schemas/${name}`);
  if (!validate(json)) throw new Error(`${method} ${target} is no ${name}: ${ajv.errorsText(validate.errors)}`);
}
