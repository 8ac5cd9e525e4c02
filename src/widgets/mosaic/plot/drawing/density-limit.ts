import type { WindowCells } from "../../../../compute/mosaic/index.ts";

/** Cells smaller than this are too small to tell pictures apart, CSS pixels. */
export const DENSITY_BELOW = 6;
/** So few tiles are seen one by one. */
const FEW = 1000;

/**
 * Cells show how many tiles they hold instead of these: the cells are small, and there is something to count. A few tiles
 * that mostly lie alone are drawn as tiles, larger than their cells.
 *
 * @param size Of a cell, CSS pixels.
 */
export function isDensity({ members, shown }: Pick<WindowCells, "members" | "shown">, size: number): boolean {
  const isFew = Math.max(members.length, shown.length) <= FEW && members.length < 2 * shown.length;
  return size < DENSITY_BELOW && !isFew;
}

/**
 * Whether cells are drawn as a density map: by the limit alone at rest. While a map settles its cells grow and shrink
 * about the limit, and the picture and its legend would change over with them: it is decided once for what the reader
 * looks at, and again only where that is another body, another nearness or another grid.
 */
export class DensityLimit {
  #isDensity = false;
  #sight: string | null = null;

  /**
   * @param size Of a cell, CSS pixels; of a map that settles, what is expected of it.
   * @param sight What the reader looks at while the map settles, told apart by these words; null: the map is at rest.
   */
  isPassed(cells: Pick<WindowCells, "members" | "shown">, size: number, sight: string | null): boolean {
    if (sight === null || sight !== this.#sight) this.#isDensity = isDensity(cells, size);
    this.#sight = sight;
    return this.#isDensity;
  }
}
