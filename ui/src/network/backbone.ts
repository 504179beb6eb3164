// The lines that carry a network: where nearly everybody is named with everybody, the heaviest lines, and of each
// name its own heaviest, tell more than all of them at once.

const FOR_EACH = 3;
const LEAST = 2;

/** Of ties that are given heaviest first, as places of names: which are of the backbone. */
export function backboneOf(names: number, ties: readonly (readonly [number, number])[]): boolean[] {
  const met = new Uint32Array(names);
  return ties.map(([a, b], i) => {
    const carries = i < FOR_EACH * names || met[a]! < LEAST || met[b]! < LEAST;
    met[a]!++;
    met[b]!++;
    return carries;
  });
}
