/** Cells smaller than this are too small to tell pictures apart, CSS pixels. */
export const DENSITY_BELOW = 6;

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
  isPassed(size: number, sight: string | null): boolean {
    if (sight === null || sight !== this.#sight) this.#isDensity = size < DENSITY_BELOW;
    this.#sight = sight;
    return this.#isDensity;
  }
}
