/**
 * Counter-based random numbers: the same for the same (seed, counter), whoever asks and in whatever order.
 * The mixing function is "lowbias32" (Chris Wellons, public domain).
 */
export function hash32(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A uniform number in [-1, 1). */
export function randomAt(seed: number, counter: number): number {
  return hash32(counter ^ hash32(seed ^ 0x85ebca6b)) / 2 ** 31 - 1;
}
