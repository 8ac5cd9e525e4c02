import { hash32 } from "../../random.ts";

/**
 * Which observations may trade their groups: those of slides that have one observation all among each other, and those of
 * a slide that has several among themselves. So no slide ever is twice in a group, and what slides have in common with
 * themselves stays (restricted permutation: Anderson and ter Braak 2003, "Permutation tests for multi-factorial analysis
 * of variance"; exchangeability blocks: Winkler et al. 2015, "Multi-level block permutation").
 *
 * @param slides - The slide of each observation, ascending.
 * @returns Observations, ascending in each block; blocks in which nothing can be traded are left out.
 */
export function exchangeBlocks(slides: Int32Array, groups: Int32Array): Int32Array<ArrayBuffer>[] {
  const alone: number[] = [];
  const blocks: number[][] = [alone];
  for (let from = 0; from < slides.length; ) {
    let to = from + 1;
    while (to < slides.length && slides[to] === slides[from]) to++;
    if (to === from + 1) alone.push(from);
    else blocks.push(Array.from({ length: to - from }, (_, each) => from + each));
    from = to;
  }
  return blocks
    .filter((block) => block.some((observation) => groups[observation] !== groups[block[0] ?? 0]))
    .map((block) => Int32Array.from(block));
}

/** How many different arrangements of the groups there are; infinite beyond what doubles hold. */
export function countArrangements(blocks: readonly Int32Array[], groups: Int32Array): number {
  let count = 1;
  for (const block of blocks) {
    const seen = new Map<number, number>();
    block.forEach((observation, place) => {
      const group = groups[observation] ?? 0;
      const repeats = (seen.get(group) ?? 0) + 1;
      seen.set(group, repeats);
      // The multinomial coefficient, a factor an observation: it is a whole number after each.
      count = (count * (place + 1)) / repeats;
    });
  }
  return Math.round(count);
}

/** Shuffle the groups inside each block (Fisher and Yates); the same for the same seed and draw, whatever else is drawn. */
export function drawArrangement(
  blocks: readonly Int32Array[],
  groups: Int32Array,
  seed: number,
  draw: number,
  into: Int32Array<ArrayBuffer>,
): void {
  into.set(groups);
  const key = hash32(hash32(seed ^ 0x85ebca6b) + draw);
  let counter = 0;
  for (const block of blocks)
    for (let left = block.length; left > 1; left--) {
      const chosen = block[Math.floor((hash32(key ^ hash32(counter++)) / 2 ** 32) * left)] ?? 0;
      const last = block[left - 1] ?? 0;
      const group = into[last] ?? 0;
      into[last] = into[chosen] ?? 0;
      into[chosen] = group;
    }
}

/** Every different arrangement once: the groups sorted in each block, then on in lexicographic order (Knuth 7.2.1.2, L). */
export class EveryArrangement {
  readonly #groups: Int32Array<ArrayBuffer>;

  constructor(
    private readonly blocks: readonly Int32Array[],
    groups: Int32Array,
  ) {
    this.#groups = Int32Array.from(groups);
    for (const block of blocks) this.#write(block, this.#read(block).sort());
  }

  /** The next one; after the last comes the first again. */
  take(into: Int32Array<ArrayBuffer>): void {
    into.set(this.#groups);
    for (const block of this.blocks) {
      const own = this.#read(block);
      const isOver = !advance(own);
      this.#write(block, isOver ? own.reverse() : own);
      if (!isOver) return;
    }
  }

  #read(block: Int32Array): Int32Array<ArrayBuffer> {
    return Int32Array.from(block, (observation) => this.#groups[observation] ?? 0);
  }

  #write(block: Int32Array, own: Int32Array): void {
    block.forEach((observation, place) => {
      this.#groups[observation] = own[place] ?? 0;
    });
  }
}

/** The lexicographically next order; false, and nothing done, when this is the last. */
function advance(own: Int32Array): boolean {
  const at = (place: number) => own[place] ?? 0;
  let rise = own.length - 2;
  while (rise >= 0 && at(rise) >= at(rise + 1)) rise--;
  if (rise < 0) return false;
  let above = own.length - 1;
  while (at(above) <= at(rise)) above--;
  const lower = at(rise);
  own[rise] = at(above);
  own[above] = lower;
  own.subarray(rise + 1).reverse();
  return true;
}
