import type { Pace } from "../../runtime/pace.ts";
import type { StoredPoints } from "../stored-points.ts";
import type { NearestLists } from "./nearest-lists.ts";
import type { PlacesPlan } from "./quantised-rows.ts";

const FAR_AT_ONCE = 4;

/** Compare the rows too long to be quantised with all others, whose own lists are made. */
export async function searchFarRows(
  points: StoredPoints,
  lists: NearestLists,
  { far, rowLengths }: PlacesPlan,
  pace: Pace,
): Promise<void> {
  if (far.length === 0) return;
  const { arena, address, width, rows } = points;
  const farAt = arena.allocate(far.byteLength);
  const isFarAt = arena.allocate(rows);
  const lengthsAt = arena.allocate(rowLengths.byteLength);
  arena.ints(farAt, far.length).set(far);
  arena.floats(lengthsAt, rows).set(rowLengths);
  const isFar = arena.bytes(isFarAt, rows);
  for (const row of far) isFar[row] = 1;
  for (let from = 0; from < far.length; from += FAR_AT_ONCE) {
    const to = Math.min(far.length, from + FAR_AT_ONCE);
    arena.kernels.searchFarRows(
      address,
      width,
      rows,
      farAt,
      from,
      to,
      isFarAt,
      lengthsAt,
      lists.k,
      lists.distances,
      lists.rows,
    );
    await pace.check();
  }
}
