// Points of the window on a sheet that is turned, and the other way round.

export interface Point {
  x: number;
  y: number;
}

/** A step on the window as one on the sheet, which is turned by so many degrees. */
export function unturned({ x, y }: Point, turn: number): Point {
  const angle = (-turn * Math.PI) / 180;
  const [cos, sin] = [Math.round(Math.cos(angle)), Math.round(Math.sin(angle))];
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}

/** Where a point of the window lies on the sheet, in parts of its width and height, kept on it. */
export function onSheet(sheet: HTMLElement, turn: number, at: Point): Point {
  const box = sheet.getBoundingClientRect();
  const from = { x: at.x - (box.left + box.right) / 2, y: at.y - (box.top + box.bottom) / 2 };
  const flat = unturned(from, turn);
  const across = turn % 180 !== 0;
  const width = across ? box.height : box.width;
  const height = across ? box.width : box.height;
  const kept = (value: number) => Math.min(1, Math.max(0, value));
  return { x: kept(flat.x / width + 0.5), y: kept(flat.y / height + 0.5) };
}
