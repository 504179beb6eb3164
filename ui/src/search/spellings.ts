// The name:"..." of a query as text: which spellings are switched off stands in it, behind ";-".

const NAME = /\bname:(?:"([^"]*)"|“([^”]*)”|«([^»]*)»|([^\s()|"*~]+))/g;

/** The queries with the `which`-th name of all of them changed by `edit`, which gets the query it stands in. */
export function editName(queries: string[], which: number, edit: (q: string, which: number) => string): string[] {
  let before = 0;
  return queries.map((q) => {
    const names = q.match(NAME)?.length ?? 0;
    const mine = which >= before && which < before + names;
    const changed = mine ? edit(q, which - before) : q;
    before += names;
    return changed;
  });
}

/** Writes the query with the `which`-th name's spelling switched on or off. */
export function switchSpelling(q: string, which: number, spelling: string, on: boolean): string {
  let seen = -1;
  return q.replace(NAME, (whole, ...inside: (string | undefined)[]) => {
    seen++;
    const asked = inside.slice(0, 4).find((text) => text !== undefined) ?? '';
    if (seen !== which) return whole;
    const [name = '', ...rest] = asked.split(';').map((part) => part.trim());
    const off = rest.filter((part) => part !== `-${spelling}`);
    if (!on) off.push(`-${spelling}`);
    return `name:"${[name, ...off].join(';').replaceAll('"', '')}"`;
  });
}

/** Writes the query with the `which`-th name as another one. */
export function swapName(q: string, which: number, id: number): string {
  let seen = -1;
  return q.replace(NAME, (whole) => (++seen === which ? `name:"#${id}"` : whole));
}
