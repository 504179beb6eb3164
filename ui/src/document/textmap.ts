// Places in a text that is drawn as nodes: from offsets to ranges of the page and back.

export class TextMap {
  private readonly nodes: { node: Text; start: number }[] = [];
  private length = 0;

  /** `from` is the offset of the first letter below `root`. */
  constructor(
    private readonly root: Node,
    private readonly from = 0,
  ) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      this.nodes.push({ node: node as Text, start: this.length });
      this.length += (node as Text).data.length;
    }
  }

  private place(at: number): { node: Text; offset: number } | null {
    let low = 0;
    let high = this.nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.nodes[middle]!.start <= at) low = middle;
      else high = middle - 1;
    }
    const found = this.nodes[low];
    return found ? { node: found.node, offset: Math.min(at - found.start, found.node.data.length) } : null;
  }

  /** What lies from one offset to another; null outside the text. */
  range(from: number, to: number): Range | null {
    const start = from - this.from;
    const end = to - this.from;
    if (start < 0 || end > this.length || end <= start) return null;
    const first = this.place(start);
    const last = this.place(end);
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset);
    return range;
  }

  /** The offset of a place below the root. */
  offset(node: Node, at: number): number {
    const range = document.createRange();
    range.setStart(this.root, 0);
    range.setEnd(node, at);
    return this.from + range.toString().length;
  }
}

/** Paints ranges without touching the nodes; none takes the paint away. Where the browser cannot, nothing. */
export function paint(name: string, ranges: (Range | null)[]): void {
  const registry = (CSS as { highlights?: Map<string, unknown> }).highlights;
  if (!registry) return;
  const there = ranges.filter((range) => range !== null);
  if (there.length === 0) registry.delete(name);
  else registry.set(name, new Highlight(...there));
}
