// The picture as an SVG file: made of nodes and written by the browser, so that no name becomes markup.

import { cornersOf, FONT, type Scene } from './scene';

const SVG = 'http://www.w3.org/2000/svg';

function node(name: string, attributes: Record<string, string | number>, text?: string): Element {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Characters that XML has no place for. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export function svgOf(scene: Scene): Blob {
  const { width, height, colours } = scene;
  const root = node('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'font-family': 'sans-serif', 'font-size': FONT });
  root.append(node('rect', { width, height, fill: colours.ground }));
  for (const { from, to, width: thick, colour, opacity } of scene.lines)
    root.append(node('line', { x1: from[0], y1: from[1], x2: to[0], y2: to[1], stroke: colour, 'stroke-width': thick, 'stroke-opacity': opacity }));
  for (const mark of scene.marks) {
    const corners = cornersOf(mark);
    const look = { fill: mark.fill, 'fill-opacity': mark.opacity, stroke: mark.ringed ? colours.ink : colours.ground, 'stroke-width': mark.ringed ? 2 : 1 };
    root.append(
      corners
        ? node('polygon', { points: corners.map((at) => at.map((v) => v.toFixed(2)).join()).join(' '), ...look })
        : node('circle', { cx: mark.at[0], cy: mark.at[1], r: mark.radius, ...look }),
    );
  }
  for (const { at, text, bold } of scene.labels)
    root.append(
      node(
        'text',
        { x: at[0], y: at[1], 'text-anchor': 'middle', fill: colours.ink, stroke: colours.ground, 'stroke-width': 3, 'paint-order': 'stroke', 'font-weight': bold ? 600 : 400 },
        text.replace(FORBIDDEN, '\ufffd'),
      ),
    );
  return new Blob([new XMLSerializer().serializeToString(root)], { type: 'image/svg+xml' });
}
