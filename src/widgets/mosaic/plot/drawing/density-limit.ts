/** Cells smaller than this are too small to tell pictures apart, CSS pixels. */
export const DENSITY_BELOW = 6;
/**
 * While a map settles, its cells must be so many times smaller or larger than the limit before the picture changes over:
 * tiles stay down to 5 px, a density map up to 7.2. The size of cells goes with the map's longer side, which moves as
 * the map settles: at 320 px the default's 50 cells are 6.02 px wide at most and were 4.85 to 6.02 px in nine maps of 1,500 to
 * 1,797 rows, by up to 14 % from one frame to the next. Those nine changed over 14 times by the limit alone, twice so.
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
