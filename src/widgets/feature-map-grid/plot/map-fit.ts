/** Sides of a map that differ by more than this fill the cell: a column of tokens would be a line otherwise. */
const MOST_UNEQUAL = 4;

/** Where a map lies in its cell, in the cell's units. */
export interface MapFit {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A map in the middle of a square cell, its sides as they are to each other. */
export function fitMap(height: number, width: number, cell: number): MapFit {
  const longer = Math.max(height, width);
  if (longer > MOST_UNEQUAL * Math.min(height, width)) return { left: 0, top: 0, width: cell, height: cell };
  const inside = { width: shorten(width, longer, cell), height: shorten(height, longer, cell) };
  return {
    left: Math.floor((cell - inside.width) / 2),
    top: Math.floor((cell - inside.height) / 2),
    ...inside,
  };
}

/** The pixel of a map under a point of its cell; the nearest one beside it. */
export function pixelAt(
  { height, width }: { readonly height: number; readonly width: number },
  cell: number,
  { x, y }: { readonly x: number; readonly y: number },
): { readonly row: number; readonly column: number } {
  const fit = fitMap(height, width, cell);
  const inside = (at: number, length: number, count: number) =>
    Math.min(count - 1, Math.max(0, Math.floor((at / length) * count)));
  return { row: inside(y - fit.top, fit.height, height), column: inside(x - fit.left, fit.width, width) };
}

function shorten(side: number, longer: number, cell: number): number {
  return Math.max(1, Math.round((cell * side) / longer));
}
