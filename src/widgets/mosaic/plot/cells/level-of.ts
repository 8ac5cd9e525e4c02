import type { CellTree } from "../../../../compute/mosaic/index.ts";

/** A cell as wide as this is split in four, CSS pixels. */
const SPLIT_AT = 96;
/** At the finest level so many of the tiles are alone in their cells; the rest lie too near to each other. */
const ALONE_SHARE = 0.95;

/** The level whose cells are shown, where those of the base grid are so wide: cells are 48 to 96 px from level 1 on. */
export function levelOf(cellWidth: number, finest: number): number {
  if (!(cellWidth >= SPLIT_AT)) return 0;
  return Math.min(finest, Math.floor(Math.log2(cellWidth / SPLIT_AT)) + 1);
}

/**
 * The level from which splitting shows little more: nearly all tiles are alone in their cells. Coming closer than that
 * makes tiles larger.
 */
export function finestLevel({ starts, codes, levels }: Pick<CellTree, "starts" | "codes" | "levels">): number {
  const aloneFrom = new Uint32Array(levels + 1);
  for (let cell = 0; cell + 1 < starts.length; cell++) {
    const from = starts[cell] ?? 0;
    const end = starts[cell + 1] ?? 0;
    for (let place = from; place < end; place++) {
      const before = place > from ? apartFrom(codes[place - 1] ?? 0, codes[place] ?? 0) : 0;
      const after = place + 1 < end ? apartFrom(codes[place] ?? 0, codes[place + 1] ?? 0) : 0;
      const level = Math.max(before, after);
      if (level <= levels) aloneFrom[level] = (aloneFrom[level] ?? 0) + 1;
    }
  }
  let alone = 0;
  for (let level = 0; level <= levels; level++) {
    alone += aloneFrom[level] ?? 0;
    if (alone >= ALONE_SHARE * codes.length) return level;
  }
  return levels;
}

/** The level at which two codes of a cell come into different parts: two bits a level, from the upper end; 17: never. */
function apartFrom(a: number, b: number): number {
  return (Math.clz32(a ^ b) >> 1) + 1;
}
