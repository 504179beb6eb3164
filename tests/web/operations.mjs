// What docs/api/openapi.yaml lists, for tests that ask every route there is: a route that is added there is
// asked too.

import { document } from './conforms.mjs';

const resolved = (thing) =>
  thing?.$ref ? resolved(thing.$ref.split('/').slice(1).reduce((at, key) => at[key], document)) : thing;

function parameterOf(said) {
  const parameter = resolved(said);
  return { ...parameter, schema: resolved(parameter.schema) };
}

function bodyOf(operation) {
  const schema = resolved(operation.requestBody)?.content['application/json'].schema;
  return schema ? withMembers(resolved(schema)) : null;
}

/** A schema whose members are written out. */
function withMembers(schema) {
  const parts = (schema.allOf ?? []).map((part) => withMembers(resolved(part)));
  const properties = Object.assign({}, schema.properties, ...parts.map((part) => part.properties));
  return {
    ...schema,
    required: [...(schema.required ?? []), ...parts.flatMap((part) => part.required)],
    properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, resolved(one)])),
  };
}

/** Every operation: {method, path, id, parameters, body, statuses, type of its answer, open}. */
export const operations = Object.entries(document.paths).flatMap(([path, entry]) =>
  ['get', 'post', 'put', 'delete']
    .filter((method) => method in entry)
    .map((method) => {
      const operation = entry[method];
      return {
        method: method.toUpperCase(),
        path,
        id: operation.operationId,
        parameters: [...(entry.parameters ?? []), ...(operation.parameters ?? [])].map(parameterOf),
        body: bodyOf(operation),
        statuses: Object.keys(operation.responses).map(Number).filter(Boolean),
        endless: 'text/event-stream' in (operation.responses['200']?.content ?? {}),
        open: operation.security?.length === 0,
      };
    }),
);

/** A value that fits a schema, as plain as can be. */
export function plainValue(schema) {
  const one = resolved(schema);
  if (one === undefined) return 'a';
  if ('default' in one) return one.default;
  if (one.enum) return one.enum[0];
  if (one.anyOf ?? one.oneOf) return plainValue((one.anyOf ?? one.oneOf)[0]);
  const type = Array.isArray(one.type) ? one.type[0] : one.type;
  if (type === 'integer' || type === 'number') return one.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [plainValue(one.items)];
  if (type === 'object' || one.properties || one.allOf) return plainObject(withMembers(one));
  return 'a';
}

/** What an object must have. */
export function plainObject(schema) {
  return Object.fromEntries(schema.required.map((name) => [name, plainValue(schema.properties[name])]));
}

/** The address of an operation; `values` are written into it as they are. */
export function addressOf({ path, parameters }, values = {}) {
  const valueOf = ({ name, schema }) => values[name] ?? encodeURIComponent(plainValue(schema));
  const place = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((at, parameter) => at.replace(`{${parameter.name}}`, () => valueOf(parameter)), path);
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && (parameter.required || parameter.name in values))
    .map((parameter) => `${parameter.name}=${valueOf(parameter)}`);
  return `/api/v1${place}${query.length > 0 ? '?' : ''}${query.join('&')}`;
}

/** Whether the letters of a parameter are what its schema takes; nothing is as if it were not there. */
export function fits(schema, letters) {
  if (letters === '') return true;
  if (schema.enum) return schema.enum.map(String).includes(letters);
  if (schema.type !== 'integer') return true;
  if (!/^(0|[1-9]\d{0,18})$/.test(letters)) return false;
  return BigInt(letters) >= (schema.minimum ?? 0) && BigInt(letters) <= (schema.maximum ?? 2n ** 63n - 1n);
}
