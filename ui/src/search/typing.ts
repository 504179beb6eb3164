// What is being typed in the search box: the part that a completion replaces.

export interface Typed {
  /** What is looked for; "" when there is nothing to complete. */
  text: string;
  from: number;
  to: number;
  /** It stands in name:"…". */
  inName: boolean;
}

const MIN_LETTERS = 2;
const nothing = (at: number): Typed => ({ text: '', from: at, to: at, inName: false });

/** By the cursor: the letters before it back to a space or a sign of the query language. */
export function typedAt(q: string, at: number): Typed {
  const before = q.slice(0, at);
  const name = /(^|[\s(|-])(name:(?:"([^"]*)|“([^”]*)|«([^»]*)|([^\s()|"“«*~]*)))$/u.exec(before);
  if (name) {
    const text = name[3] ?? name[4] ?? name[5] ?? name[6] ?? '';
    const from = at - name[2]!.length;
    const closed = /^[^"”»]*["”»]/.exec(q.slice(at))?.[0].length ?? 0;
    if (text.includes(';') || text.trim().length < MIN_LETTERS) return nothing(at);
    return { text: text.trim(), from, to: at + (name[6] === undefined ? closed : 0), inName: true };
  }
  // Inside another phrase, behind a field or before more letters nothing is completed.
  if ((before.match(/"/g)?.length ?? 0) % 2 === 1 || /^[\p{L}\p{N}]/u.test(q.slice(at))) return nothing(at);
  const word = /(?:^|[\s(|-])([\p{L}\p{M}\p{N}\u200c]+)$/u.exec(before)?.[1] ?? '';
  if ([...word].length < MIN_LETTERS || /^(AND|OR|NOT|NEAR)$/.test(word)) return nothing(at);
  return { text: word, from: at - word.length, to: at, inName: false };
}

/** The query with the typed part replaced, and where the cursor then stands. */
export function replaced(q: string, typed: Typed, by: string): { q: string; at: number } {
  const rest = q.slice(typed.to).replace(/^\s+/, '');
  const front = `${q.slice(0, typed.from)}${by} `;
  return { q: front + rest, at: front.length };
}

export function asName(name: string): string {
  return `name:"${name.replaceAll('"', ' ').replaceAll(';', ' ').trim()}"`;
}
