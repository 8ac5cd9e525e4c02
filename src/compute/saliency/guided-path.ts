import { selectInPlace } from "../quantile.ts";

export interface GuidedPathOptions {
  readonly xSteps: number;
  readonly maxDist: number;
  readonly fraction: number;
}

/** Of two distances, relative and absolute. */
const CLOSE = 1e-9;

/**
 * The path of guided integrated gradients, in float64: PAIR compares places on it by equality.
 *
 * A step shortens the way that is left, counted in L1, by its share. Within it each number may lie `maxDist` ahead of or
 * behind the straight path; those that lag are brought up, and then those with the smallest gradients are moved, as many at a
 * time as `fraction` says, until the way is as short as the step wants it.
 */
export class GuidedPath {
  /** Where the path is. */
  readonly at: Float64Array<ArrayBuffer>;
  readonly attributions: Float64Array<ArrayBuffer>;
  readonly #start: Float64Array;
  readonly #end: Float64Array;
  readonly #way: number;

  constructor(
    start: Float32Array,
    end: Float32Array,
    private readonly options: GuidedPathOptions,
  ) {
    this.#start = new Float64Array(start);
    this.#end = new Float64Array(end);
    this.at = new Float64Array(start);
    this.attributions = new Float64Array(start.length);
    this.#way = this.#wayLeft();
  }

  /** Take a step with the gradient at its start. */
  advance(gradient: Float32Array, step: number): void {
    // Nothing to go, or a picture with numbers that are none.
    if (!(this.#way > 0 && Number.isFinite(this.#way))) return;
    const { xSteps, maxDist } = this.options;
    const alpha = (step + 1) / xSteps;
    const behind = Math.max(alpha - maxDist, 0);
    const ahead = this.#places(Math.min(alpha + maxDist, 1));
    const wanted = this.#way * (1 - (step + 1) / xSteps);
    const sizes = Float64Array.from(gradient, Math.abs);
    for (;;) {
      this.#bringUp(behind, gradient);
      const left = this.#wayLeft();
      if (areClose(left, wanted) || left < wanted) return;
      const chosen = this.#choose(sizes, ahead);
      const reach = chosen.reduce((sum, place) => sum + Math.abs((this.at[place] ?? 0) - (ahead[place] ?? 0)), 0);
      // All are as far ahead as they may be: rounding alone can leave a rest.
      if (chosen.length === 0) return;
      const part = reach > 0 ? (left - wanted) / reach : Number.POSITIVE_INFINITY;
      for (const place of chosen) {
        const from = this.at[place] ?? 0;
        const to = ahead[place] ?? 0;
        this.#move(place, part > 1 ? to : from + (to - from) * part, gradient);
      }
      if (part <= 1) return;
    }
  }

  /** What lags is moved to the last place where it may be. */
  #bringUp(behind: number, gradient: Float32Array): void {
    for (let place = 0; place < this.at.length; place++) {
      const start = this.#start[place] ?? 0;
      const way = (this.#end[place] ?? 0) - start;
      if (way !== 0 && ((this.at[place] ?? 0) - start) / way < behind)
        this.#move(place, start + way * behind, gradient);
    }
  }

  /** Those with the smallest gradients that are not as far ahead as they may be: those get an infinite one for the step. */
  #choose(sizes: Float64Array, ahead: Float64Array): readonly number[] {
    for (let place = 0; place < sizes.length; place++)
      if (this.at[place] === ahead[place]) sizes[place] = Number.POSITIVE_INFINITY;
    const most = selectInPlace(sizes.slice(), Math.floor(this.options.fraction * (sizes.length - 1)));
    const chosen: number[] = [];
    for (let place = 0; place < sizes.length; place++) {
      const size = sizes[place] ?? 0;
      if (size <= most && size !== Number.POSITIVE_INFINITY) chosen.push(place);
    }
    return chosen;
  }

  #move(place: number, to: number, gradient: Float32Array): void {
    const from = this.at[place] ?? 0;
    this.attributions[place] = (this.attributions[place] ?? 0) + (to - from) * (gradient[place] ?? 0);
    this.at[place] = to;
  }

  /** Where each number would be on the straight path. */
  #places(alpha: number): Float64Array {
    return this.#start.map((start, place) => start + ((this.#end[place] ?? 0) - start) * alpha);
  }

  #wayLeft(): number {
    let sum = 0;
    for (let place = 0; place < this.at.length; place++)
      sum += Math.abs((this.at[place] ?? 0) - (this.#end[place] ?? 0));
    return sum;
  }
}

function areClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= CLOSE * Math.max(1, Math.abs(one), Math.abs(other));
}
