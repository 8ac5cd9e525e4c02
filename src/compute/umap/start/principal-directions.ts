import { eigenOfSymmetric } from "../../eigen-of-symmetric.ts";
import { randomAt } from "../../random.ts";

/** Directions iterated together where few are wanted. */
export const BLOCK = 8;
const MOST_STEPS = 40;
const SETTLED = 1e-5;
/** Directions are found from about this many rows, evenly taken. */
const SAMPLE_ROWS = 5_000;

/** Multiplications that make one sum: a few milliseconds on one core. */
const SUM_WORK = 1 << 22;

/** Rows that are summed in single precision, one after the other; sums of so many are added in double. */
export function rowsPerSum(width: number): number {
  return Math.max(1, Math.floor(SUM_WORK / (width * BLOCK)));
}

/** Every how many rows one is taken for finding the directions. */
export function sampleStep(rows: number): number {
  return Math.max(1, Math.floor(rows / SAMPLE_ROWS));
}

export interface IterationOptions {
  /** Directions iterated together: more than are wanted, for the wanted ones to settle soon. Default 8. */
  readonly block?: number;
  /** Default 40. */
  readonly mostSteps?: number;
  /** Steps end when no wanted variance grew by more than this share. Default 1e-5. */
  readonly settled?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * The first principal directions, by subspace iteration with Rayleigh-Ritz steps (Halko, Martinsson, Tropp 2011,
 * section 4.5). The largest entry of each direction is positive: signs don't depend on chance.
 *
 * @param multiply Gives the centred rows weighted by their products with each of the directions, summed.
 * @returns `block` rows of `width`, largest variance first, of which the first `nComponents` have settled.
 */
export async function principalDirections(
  width: number,
  nComponents: number,
  multiply: (directions: Float64Array) => Promise<Float64Array>,
  { block = BLOCK, mostSteps = MOST_STEPS, settled = SETTLED, seed = 0 }: IterationOptions = {},
): Promise<Float64Array<ArrayBuffer>> {
  let directions = Float64Array.from({ length: block * width }, (_, place) => randomAt(seed, place));
  orthonormalise(directions, width);
  let variances: readonly number[] = [];
  for (let round = 0; round < mostSteps; round++) {
    const image = await multiply(directions);
    const { values, vectors } = eigenOfSymmetric(productsOf(directions, image, width), block);
    const ritz = combine(vectors, directions, width);
    const before = variances;
    variances = values.slice(0, nComponents);
    directions = ritz;
    if (variances.every((value, which) => value - (before[which] ?? 0) <= settled * value)) break;
    directions = combine(vectors, image, width);
    orthonormalise(directions, width);
  }
  for (let which = 0; which < block; which++) pointUpwards(directions.subarray(which * width, (which + 1) * width));
  return directions;
}

/** Gram-Schmidt, each direction twice; one that lies in the span of those before becomes zero. */
function orthonormalise(directions: Float64Array, width: number): void {
  const block = directions.length / width;
  for (let which = 0; which < block; which++) {
    const own = directions.subarray(which * width, (which + 1) * width);
    const before = Math.sqrt(dot(own, own));
    for (let pass = 0; pass < 2; pass++)
      for (let other = 0; other < which; other++) {
        const fixed = directions.subarray(other * width, (other + 1) * width);
        const share = dot(own, fixed);
        for (let t = 0; t < width; t++) own[t] = (own[t] ?? 0) - share * (fixed[t] ?? 0);
      }
    const length = Math.sqrt(dot(own, own));
    const scale = length > 1e-10 * before ? 1 / length : 0;
    for (let t = 0; t < width; t++) own[t] = (own[t] ?? 0) * scale;
  }
}

function productsOf(a: Float64Array, b: Float64Array, width: number): Float64Array {
  const block = a.length / width;
  const products = new Float64Array(block * block);
  for (let i = 0; i < block; i++)
    for (let j = 0; j <= i; j++) {
      const value = dot(a.subarray(i * width, (i + 1) * width), b.subarray(j * width, (j + 1) * width));
      products[i * block + j] = value;
      products[j * block + i] = value;
    }
  return products;
}

/** New directions, each the sum of the old ones weighted by one eigenvector. */
function combine(vectors: Float64Array, directions: Float64Array, width: number): Float64Array<ArrayBuffer> {
  const block = directions.length / width;
  const combined = new Float64Array(directions.length);
  for (let which = 0; which < block; which++)
    for (let old = 0; old < block; old++) {
      const share = vectors[which * block + old] ?? 0;
      for (let t = 0; t < width; t++)
        combined[which * width + t] = (combined[which * width + t] ?? 0) + share * (directions[old * width + t] ?? 0);
    }
  return combined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += (a[t] ?? 0) * (b[t] ?? 0);
  return sum;
}

function pointUpwards(direction: Float64Array): void {
  let largest = 0;
  for (const value of direction) if (Math.abs(value) > Math.abs(largest)) largest = value;
  if (largest < 0) for (let t = 0; t < direction.length; t++) direction[t] = -(direction[t] ?? 0);
}
