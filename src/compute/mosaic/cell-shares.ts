import { hasRow, type RowMask } from "../selection/row-mask.ts";
import type { Cells } from "./grid.ts";

/**
 * The share of each cell's points that are in the mask, 0 to 1; 0 where a cell is empty. Slideflow's `focus`: the
 * opacity of a tile is this share.
 */
export function cellShares({ starts, members }: Cells, mask: RowMask): Float32Array<ArrayBuffer> {
  const shares = new Float32Array(starts.length - 1);
  for (let cell = 0; cell < shares.length; cell++) {
    const from = starts[cell] ?? 0;
    const to = starts[cell + 1] ?? 0;
    let inside = 0;
    for (let place = from; place < to; place++) if (hasRow(mask, members[place] ?? 0)) inside++;
    if (to > from) shares[cell] = inside / (to - from);
  }
  return shares;
}
