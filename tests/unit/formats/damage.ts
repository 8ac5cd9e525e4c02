/** The state of a generator of numbers that look random, the same on every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy of a file that is cut off, or has up to eight bits or bytes changed, mostly where its structures are dense. */
export function damaged(file: Uint8Array<ArrayBuffer>, random: () => number): Uint8Array<ArrayBuffer> {
  if (random() < 0.25) return file.slice(0, Math.floor(random() * file.length));
  const copy = file.slice();
  const from = random() < 0.5 ? 0 : Math.floor(random() * file.length);
  const reach = random() < 0.5 ? 512 : file.length;
  for (let left = 1 + Math.floor(random() * 8); left > 0; left--) {
    const at = Math.min(copy.length - 1, from + Math.floor(random() * reach));
    const byte = copy[at] ?? 0;
    const kind = random();
    copy[at] = kind < 0.5 ? byte ^ (1 << Math.floor(random() * 8)) : kind < 0.75 ? 0xff : Math.floor(random() * 256);
  }
  return copy;
}
