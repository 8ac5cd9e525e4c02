import { hash32 } from "../../random.ts";

/** `count` of the rows by chance, ascending; all of them when there are no more. The same for the same seed. */
export function sampleRows(rows: number, count: number, seed: number): Int32Array<ArrayBuffer> {
  if (count >= rows) return Int32Array.from({ length: rows }, (_, row) => row);
  const salt = hash32(seed ^ 0x51ab5eed);
  // The hash is a bijection: no two rows draw the same lot, so the limit lets exactly `count` in.
  const lots = Uint32Array.from({ length: rows }, (_, row) => hash32(row ^ salt));
  const limit = lots.slice().sort()[count - 1] ?? 0;
  const chosen = new Int32Array(count);
  let end = 0;
  for (let row = 0; row < rows; row++) if ((lots[row] ?? 0) <= limit) chosen[end++] = row;
  return chosen;
}
