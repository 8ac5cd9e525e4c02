import type { Cells } from "./grid.ts";

/**
 * The commonest class of each cell; of equally common ones the smaller code.
 *
 * @param codes The class of each point, 0 to `classes - 1`; other numbers stand for a missing label.
 * @returns A code for each cell, -1 where no point of it has a label.
 */
export function commonestClass(
  { starts, members }: Cells,
  codes: ArrayLike<number>,
  classes: number,
): Int32Array<ArrayBuffer> {
  const commonest = new Int32Array(starts.length - 1).fill(-1);
  const counts = new Uint32Array(classes);
  for (let cell = 0; cell < commonest.length; cell++) {
    const from = starts[cell] ?? 0;
    const to = starts[cell + 1] ?? 0;
    let most = 0;
    let found = -1;
    for (let place = from; place < to; place++) {
      const code = codes[members[place] ?? 0] ?? -1;
      if (!(code >= 0 && code < classes)) continue;
      const count = (counts[code] ?? 0) + 1;
      counts[code] = count;
      if (count < most || (count === most && code > found)) continue;
      most = count;
      found = code;
    }
    commonest[cell] = found;
    for (let place = from; place < to; place++) {
      const code = codes[members[place] ?? 0] ?? -1;
      if (code >= 0 && code < classes) counts[code] = 0;
    }
  }
  return commonest;
}
