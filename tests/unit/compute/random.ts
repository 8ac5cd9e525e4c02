/** A seeded stream of uniform numbers in [0, 1) for tests (mulberry32, Tommy Ettinger, public domain). */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seeded stream of standard normal numbers (Box and Muller). */
export function normal(seed: number): () => number {
  const next = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** `rows * columns` normal numbers around `clusters` centres. */
export function clusteredRows(
  rows: number,
  columns: number,
  clusters: number,
  seed: number,
): Float32Array<ArrayBuffer> {
  const next = normal(seed);
  const centres = Float32Array.from({ length: clusters * columns }, () => 4 * next());
  return Float32Array.from(
    { length: rows * columns },
    (_, place) => (centres[(Math.floor(place / columns) % clusters) * columns + (place % columns)] ?? 0) + next(),
  );
}
