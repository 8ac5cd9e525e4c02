/** Rows in bent clusters, the same at every call, with a few lone rows between them. */
export interface Clusters {
  readonly positions: Float32Array<ArrayBuffer>;
  readonly codes: Uint8Array<ArrayBuffer>;
  readonly names: readonly string[];
}

export function makeClusters(rows: number, classes: number): Clusters {
  const random = seeded(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const positions = new Float32Array(2 * rows);
  const codes = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    // In order of class, as data sets often are.
    const code = Math.floor((row * classes) / rows);
    const angle = (2 * Math.PI * code) / classes;
    const along = normal();
    const reach = code % 2 === 0 ? 6 : 3.2;
    positions[2 * row] = reach * Math.cos(angle) + 0.9 * along + 0.25 * normal();
    positions[2 * row + 1] = reach * Math.sin(angle) + 0.35 * along * along + 0.3 * normal();
    codes[row] = code;
  }
  return { positions, codes, names: Array.from({ length: classes }, (_, code) => `class ${code}`) };
}

/** Numbers in 0 .. 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
