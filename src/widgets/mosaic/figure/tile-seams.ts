import type { FigureItem } from "../../export/figure.ts";
import type { PlacedTile, TileDrawing } from "./tile-drawing.ts";

/** How far a strip reaches under the tiles at its sides, of a tile's side: further than a pixel of any viewer. */
const REACH = 1 / 8;

/**
 * Strips in the colours of tiles, under the edges where they touch: what draws a vector file softens the edge of each
 * picture by itself, and the page would shine through between them as a fine line.
 *
 * @param unit Millimetres a pixel of the drawing.
 * @param colorOf `#rrggbb` of what fills its cell and is opaque; null: nothing goes under its edges.
 */
export function seamItems(
  { left, top, cells }: TileDrawing,
  unit: number,
  tiles: readonly PlacedTile[],
  colorOf: (tile: PlacedTile) => string | null,
): readonly FigureItem[] {
  const at = new Map<string, string>();
  const placeOf = ({ index }: PlacedTile) => [cells.column[index] ?? 0, cells.row[index] ?? 0] as const;
  const colors = tiles.map(colorOf);
  tiles.forEach((tile, place) => {
    const color = colors[place];
    if (color) at.set(placeOf(tile).join(), color);
  });
  return tiles.flatMap((tile, place): FigureItem[] => {
    const fill = colors[place];
    if (!fill) return [];
    const [column, row] = placeOf(tile);
    const x = left + tile.box.left * unit;
    const y = top + tile.box.top * unit;
    const [width, height] = [tile.box.width * unit, tile.box.height * unit];
    const strips: FigureItem[] = [];
    if (at.has(`${column + 1},${row}`))
      strips.push({ kind: "rect", x: x + width * (1 - REACH), y, width: 2 * REACH * width, height, fill });
    // Lines of cells are counted upwards.
    if (at.has(`${column},${row - 1}`))
      strips.push({ kind: "rect", x, y: y + height * (1 - REACH), width, height: 2 * REACH * height, fill });
    return strips;
  });
}
