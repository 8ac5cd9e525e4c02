const STEPS_A_DOUBLING = 64;
const LOWEST = -8;
const HIGHEST = 24;
const STEPS = (HIGHEST - LOWEST) * STEPS_A_DOUBLING;

/** Counts of marks a pixel, sorted into steps of 1.1 %: a percentile of a million pixels in one pass. */
export class CountHistogram {
  readonly #steps = new Uint32Array(STEPS);
  #total = 0;

  /** Pixels with less than 1/256 of a mark have no ink and are left out. */
  add(count: number): void {
    const step = ((Math.log2(count) - LOWEST) * STEPS_A_DOUBLING) | 0;
    if (!(count > 2 ** LOWEST) || step >= STEPS) return;
    this.#steps[step] = (this.#steps[step] ?? 0) + 1;
    this.#total++;
  }

  /** The count that `share` of the inked pixels do not exceed; 1 where nothing is inked. */
  percentile(share: number): number {
    const wanted = this.#total * share;
    let below = 0;
    for (let step = 0; step < STEPS; step++) {
      const here = this.#steps[step] ?? 0;
      if (here > 0 && below + here >= wanted) {
        const within = (wanted - below) / here;
        return 2 ** (LOWEST + (step + within) / STEPS_A_DOUBLING);
      }
      below += here;
    }
    return 1;
  }
}

/** The share of inked pixels whose count gives full ink. */
export const DENSE_SHARE = 0.99;
