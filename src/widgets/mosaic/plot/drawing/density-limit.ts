/** Cells smaller than this are too small to tell pictures apart, CSS pixels. */
export const DENSITY_BELOW = 6;
/**
 * While a map settles, its cells must be so many times smaller or larger than the limit before the picture changes over:
 * tiles stay down to 5 px, a density map up to 7.2. A settling map breathes, and so do its cells: their size goes with
 * the map's longer side, which moves by some per cent from one grid to the next and by a tenth in the first rounds. At
 * 320 px the 50 cells of the default are 6.0 px wide: without this, tiles and density would take turns there.
 */
const SWAY = 1.2;

/** Whether cells are drawn as a density map: by the limit alone at rest, with some inertia while the map settles. */
export class DensityLimit {
  #isDensity: boolean | null = null;

  /** @param size Of a cell, CSS pixels. */
  isPassed(size: number, isSettling: boolean): boolean {
    const sway = !isSettling || this.#isDensity === null ? 1 : this.#isDensity ? SWAY : 1 / SWAY;
    this.#isDensity = size < DENSITY_BELOW * sway;
    return this.#isDensity;
  }
}
