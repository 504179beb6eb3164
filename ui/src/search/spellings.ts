// The name:"..." of a query as text: which spellings are switched off stands in it, behind ";-".

const NAME = /\bname:(?:"([^"]*)"|“([^”]*)”|«([^»]*)»|([^\s()|"*~]+))/g;

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
