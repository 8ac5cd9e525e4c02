import type { Pace } from "../../runtime/pace.ts";
import { randomAt } from "../random.ts";
import type { StoredPoints } from "../stored-points.ts";
import { eigenOfSymmetric } from "./eigen.ts";

/** Directions iterated together; a kernel call takes half of them. */
const BLOCK = 8;
const HALF = 4;
const MOST_STEPS = 40;
/** Steps end when no wanted variance grew by more than this share. */
const SETTLED = 1e-5;
/** Directions are found from about this many rows, evenly taken; all rows are then projected. */
const SAMPLE_ROWS = 5_000;
/** Multiplications a kernel call makes: a few milliseconds. */
const CALL_WORK = 1 << 22;

/**
 * Scores of the rows on their first principal components, by subspace iteration with Rayleigh-Ritz steps (Halko,
 * Martinsson, Tropp 2011, section 4.5). The largest entry of each direction is positive: signs don't depend on chance.
 *
 * @returns `rows * nComponents` numbers, row-major; zeros for components that the data does not have.
 */
export async function principalComponents(
  points: StoredPoints,
  nComponents: number,
  pace: Pace,
): Promise<Float32Array<ArrayBuffer>> {
  const { arena, rows, width } = points;
  const step = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
  const directionsAt = arena.allocate(HALF * width * 4);
  const sumsAt = arena.allocate(HALF * width * 4);
  const scoresAt = arena.allocate(rows * HALF * 4);
  const chunk = Math.max(1, Math.floor(CALL_WORK / (width * HALF * 2))) * step;

  /** Rows weighted by their products with four directions, summed in double precision. */
  const project = async (directions: Float64Array, stride: number): Promise<Float64Array> => {
    const sums = new Float64Array(HALF * width);
    arena.floats(directionsAt, HALF * width).set(directions);
    for (let from = 0; from < rows; from += chunk * (stride / step)) {
      const to = Math.min(rows, from + chunk * (stride / step));
      arena.kernels.projectRows(points.address, width, points.mean, directionsAt, from, to, stride, scoresAt, sumsAt);
      const part = arena.floats(sumsAt, HALF * width);
      for (let place = 0; place < sums.length; place++) sums[place] = (sums[place] ?? 0) + (part[place] ?? 0);
      await pace.check();
    }
    return sums;
  };

  let directions = Float64Array.from({ length: BLOCK * width }, (_, place) => randomAt(0, place));
  orthonormalise(directions, width);
  let variances: readonly number[] = [];
  for (let round = 0; round < MOST_STEPS; round++) {
    const image = new Float64Array(BLOCK * width);
    for (let half = 0; half < BLOCK; half += HALF)
      image.set(await project(directions.subarray(half * width, (half + HALF) * width), step), half * width);
    const { values, vectors } = eigenOfSymmetric(productsOf(directions, image, width), BLOCK);
    const ritz = combine(vectors, directions, width);
    const before = variances;
    variances = values.slice(0, nComponents);
    directions = ritz;
    if (variances.every((value, which) => value - (before[which] ?? 0) <= SETTLED * value)) break;
    directions = combine(vectors, image, width);
    orthonormalise(directions, width);
  }
  const wanted = directions.slice(0, HALF * width);
  for (let which = 0; which < HALF; which++) pointUpwards(wanted.subarray(which * width, (which + 1) * width));
  await project(wanted, 1);
  const scores = arena.floats(scoresAt, rows * HALF);
  const kept = new Float32Array(rows * nComponents);
  for (let row = 0; row < rows; row++)
    for (let which = 0; which < nComponents; which++) kept[row * nComponents + which] = scores[row * HALF + which] ?? 0;
  return kept;
}

/** Gram-Schmidt, each direction twice; one that lies in the span of those before becomes zero. */
function orthonormalise(directions: Float64Array, width: number): void {
  for (let which = 0; which < BLOCK; which++) {
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
  const products = new Float64Array(BLOCK * BLOCK);
  for (let i = 0; i < BLOCK; i++)
    for (let j = 0; j <= i; j++) {
      const value = dot(a.subarray(i * width, (i + 1) * width), b.subarray(j * width, (j + 1) * width));
      products[i * BLOCK + j] = value;
      products[j * BLOCK + i] = value;
    }
  return products;
}

/** New directions, each the sum of the old ones weighted by one eigenvector. */
function combine(vectors: Float64Array, directions: Float64Array, width: number): Float64Array<ArrayBuffer> {
  const combined = new Float64Array(BLOCK * width);
  for (let which = 0; which < BLOCK; which++)
    for (let old = 0; old < BLOCK; old++) {
      const share = vectors[which * BLOCK + old] ?? 0;
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
