/** Uniform numbers in [0, 1), the same for the same seed on every machine (mulberry32, Tommy Ettinger 2017). */
export function uniformFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normal numbers of mean 0 and deviation 1 (Box and Muller 1958, one of each pair). */
export function normalFrom(uniform: () => number): () => number {
  return () => {
    let radius = uniform();
    while (radius === 0) radius = uniform();
    return Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * uniform());
  };
}
