import { hash32 } from "../../random.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { StoredPoints } from "../stored-points.ts";

/** Rows that are not divided further: a few tiles. */
const LEAF = 48;

/**
 * Sort rows in place so that near ones mostly stand together: they are halved, and halved again, along the line
 * through two of them drawn at random (random projection trees, Dasgupta and Freund 2008), at the widest gap in the
 * middle. Equal rows stay together, in the order in which they were given.
 *
 * @param ids Row numbers.
 */
export async function orderRows(points: StoredPoints, ids: Int32Array, pace: Pace): Promise<void> {
  const { arena, width, mean, address } = points;
  const idsAt = arena.allocate(ids.length * 4);
  const productsAt = arena.allocate(ids.length * 4);
  const directionAt = arena.allocate(width * 4);
  const right = new Int32Array(ids.length);
  const waiting: [from: number, to: number][] = [[0, ids.length]];
  for (let drawn = 0; ; drawn += 2) {
    const part = waiting.pop();
    if (!part) return;
    const [from, to] = part;
    const count = to - from;
    if (count <= LEAF) continue;
    const own = ids.subarray(from, to);
    const pick = (which: number) => {
      const id = own[hash32(drawn + which) % count] ?? 0;
      return arena.floats(address + id * width * 4, width);
    };
    const [a, b] = [pick(0), pick(1)];
    arena.floats(directionAt, width).set(a.map((value, t) => value - (b[t] ?? 0)));
    arena.ints(idsAt, count).set(own);
    arena.kernels.projectOnto(address, width, mean, idsAt, count, directionAt, productsAt);
    const products = arena.floats(productsAt, count);
    const cut = widestGap(products.slice().sort());
    if (cut !== null) {
      let [kept, moved] = [0, 0];
      for (let place = 0; place < count; place++) {
        const id = own[place] ?? 0;
        if ((products[place] ?? 0) <= cut) own[kept++] = id;
        else right[moved++] = id;
      }
      own.set(right.subarray(0, moved), kept);
      waiting.push([from + kept, to], [from, from + kept]);
    }
    await pace.check();
  }
}

/** The value below the widest gap in the middle half of sorted values, or anywhere if there is none; null if all are equal. */
function widestGap(sorted: Float32Array): number | null {
  const last = sorted.length - 1;
  return widestGapBetween(sorted, last >> 2, last - (last >> 2)) ?? widestGapBetween(sorted, 0, last);
}

function widestGapBetween(sorted: Float32Array, from: number, to: number): number | null {
  let below: number | null = null;
  let widest = 0;
  for (let place = from; place < to; place++) {
    const value = sorted[place] ?? 0;
    const gap = (sorted[place + 1] ?? 0) - value;
    if (gap <= widest) continue;
    widest = gap;
    below = value;
  }
  return below;
}
