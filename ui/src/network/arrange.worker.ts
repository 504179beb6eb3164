// Where the names of a network stand, which belong together and which connect others: computed by a
// graph library, away from the page. The same network always gives the same answer: nothing here is
// left to chance or to the clock.

import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import betweenness from 'graphology-metrics/centrality/betweenness';
import type { Arranged, ToArrange } from './arrange';
import { backboneOf } from './backbone';

/** Beyond it the paths between all pairs take too long. */
const BETWEENNESS_MAX = 500;
const BARNES_HUT_FROM = 500;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** Numbers that look random, the same each time (mulberry32). */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

function graphOf({ places, ties }: ToArrange): UndirectedGraph {
  const graph = new UndirectedGraph();
  // A sunflower: the first in the middle, all apart.
  places.forEach((place, i) => {
    const radius = 10 * Math.sqrt(i + 0.5);
    const [x, y] = place ?? [radius * Math.cos(i * GOLDEN_ANGLE), radius * Math.sin(i * GOLDEN_ANGLE)];
    graph.addNode(String(i), { x, y });
  });
  for (const [a, b, passages] of ties) graph.addEdge(String(a), String(b), { weight: Math.log2(1 + passages) });
  return graph;
}

/** Names that are new beside known ones begin where those tied to them are. */
function startBesideKnown(graph: UndirectedGraph, { places, ties }: ToArrange): void {
  if (places.every((place) => place === null)) return;
  places.forEach((place, i) => {
    if (place) return;
    const known = ties.flatMap(([a, b]) => (a === i ? [places[b]] : b === i ? [places[a]] : [])).filter((at) => at != null);
    const sum = known.reduce(([x, y], at) => [x + at[0], y + at[1]], [0, 0] as [number, number]);
    const n = Math.max(1, known.length);
    const angle = i * GOLDEN_ANGLE;
    graph.mergeNodeAttributes(String(i), { x: sum[0] / n + 15 * Math.cos(angle), y: sum[1] / n + 15 * Math.sin(angle) });
  });
}

/** By its backbone: all lines at once would draw everybody into one heap. */
function place(all: UndirectedGraph, { ties, places }: ToArrange): UndirectedGraph {
  const known = places.some((at) => at !== null);
  const carries = backboneOf(places.length, ties.map(([a, b]) => [a, b]));
  const graph = all.copy();
  ties.forEach(([a, b], i) => {
    if (!carries[i]) graph.dropEdge(String(a), String(b));
  });
  const { order } = graph;
  if (order < 2) return graph;
  const iterations = known ? 80 : order <= 200 ? 500 : order <= 1000 ? 200 : order <= 2500 ? 100 : 60;
  forceAtlas2.assign(graph, {
    iterations,
    getEdgeWeight: 'weight',
    settings: {
      ...forceAtlas2.inferSettings(graph),
      barnesHutOptimize: order > BARNES_HUT_FROM,
      strongGravityMode: true,
      gravity: 0.05,
      scalingRatio: 12,
    },
  });
  return graph;
}

/** Groups by size, the largest 0; who is tied to nobody is in none (-1). */
function groupsOf(graph: UndirectedGraph): number[] {
  if (graph.size === 0) return new Array<number>(graph.order).fill(-1);
  const groups = louvain(graph, { getEdgeWeight: 'weight', rng: seeded() });
  const sizes = new Map<number, number>();
  for (const group of Object.values(groups)) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const ranks = new Map([...sizes].sort(([a, m], [b, n]) => n - m || a - b).map(([group], rank) => [group, rank]));
  return graph.mapNodes((node) => (graph.degree(node) === 0 ? -1 : ranks.get(groups[node]!)!));
}

self.onmessage = ({ data }: MessageEvent<ToArrange>) => {
  const graph = graphOf(data);
  startBesideKnown(graph, data);
  const placed = place(graph, data);
  const between = graph.order <= BETWEENNESS_MAX && graph.size > 0 ? betweenness(graph, { getEdgeWeight: null }) : null;
  const arranged: Arranged = {
    places: placed.mapNodes((_, { x, y }) => [x as number, y as number]),
    groups: groupsOf(graph),
    between: between ? graph.mapNodes((node) => between[node] ?? 0) : null,
  };
  self.postMessage(arranged);
};
