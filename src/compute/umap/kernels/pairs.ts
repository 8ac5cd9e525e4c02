// A few rows against many: distances from differences (nothing cancels), the nearest kept, ranks counted. Every
// distance is summed in the same order wherever its two rows stand, so an answer does not depend on its company.
import { measure } from "./measure";
import { at, atRow } from "./memory";

/** The four lanes of each of four vectors summed, one sum a lane. */
@inline
function sumFour(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

@inline
function term(absolute: bool, sum: v128, a: v128, b: v128): v128 {
  const difference = f32x4.sub(a, b);
  return f32x4.add(sum, absolute ? f32x4.abs(difference) : f32x4.mul(difference, difference));
}

@inline
function spread(
  absolute: bool, queries: usize, count: i32, rows: usize, width: i32, from: i32, to: i32, distances: usize, stride: i32,
): void {
  const length = (<usize>width) << 2;
  for (let row = from; row < to; row += 4) {
    // Past the last row it is measured again; what that writes lies in the padding of the stride.
    const r0 = atRow(rows, row, width);
    const r1 = atRow(rows, min<i32>(row + 1, to - 1), width);
    const r2 = atRow(rows, min<i32>(row + 2, to - 1), width);
    const r3 = atRow(rows, min<i32>(row + 3, to - 1), width);
    for (let query = 0; query < count; query += 2) {
      const second = min<i32>(query + 1, count - 1);
      const p = atRow(queries, query, width);
      const q = atRow(queries, second, width);
      let p0 = f32x4.splat(0), p1 = p0, p2 = p0, p3 = p0, q0 = p0, q1 = p0, q2 = p0, q3 = p0;
      for (let t: usize = 0; t < length; t += 16) {
        const a = v128.load(p + t);
        const b = v128.load(q + t);
        let x = v128.load(r0 + t);
        p0 = term(absolute, p0, a, x);
        q0 = term(absolute, q0, b, x);
        x = v128.load(r1 + t);
        p1 = term(absolute, p1, a, x);
        q1 = term(absolute, q1, b, x);
        x = v128.load(r2 + t);
        p2 = term(absolute, p2, a, x);
        q2 = term(absolute, q2, b, x);
        x = v128.load(r3 + t);
        p3 = term(absolute, p3, a, x);
        q3 = term(absolute, q3, b, x);
      }
      v128.store(at(atRow(distances, query, stride), row), sumFour(p0, p1, p2, p3));
      v128.store(at(atRow(distances, second, stride), row), sumFour(q0, q1, q2, q3));
    }
  }
}

/**
 * Squared distances, or with `absolute` sums of absolute differences, of `count` queries (one after the other) to rows
 * `from` to `to - 1`, at their places in lines of `stride` numbers: a multiple of 4, as `from` is.
 */
export function measurePairs(
  queries: usize, count: i32, rows: usize, width: i32, from: i32, to: i32, absolute: bool, distances: usize, stride: i32,
): void {
  if (absolute) spread(true, queries, count, rows, width, from, to, distances, stride);
  else spread(false, queries, count, rows, width, from, to, distances, stride);
}

/**
 * Offer places `from` to `to - 1` of one line of distances to a list of the `keep` nearest, equals by place. The list
 * (`best`, `indices`) is sorted and starts as infinities; place p is known as `first + p`.
 */
export function keepNearest(
  distances: usize, from: i32, to: i32, first: i32, keep: i32, best: usize, indices: usize,
): void {
  const last = at(best, keep - 1);
  for (let place = from; place < to; place += 4) {
    let near = i32x4.bitmask(f32x4.lt(v128.load(at(distances, place)), v128.load32_splat(last)));
    if (to - place < 4) near &= (1 << (to - place)) - 1;
    while (near) {
      const here = place + ctz(near);
      near &= near - 1;
      const distance = load<f32>(at(distances, here));
      if (!(distance < load<f32>(last))) continue;
      let slot = keep - 1;
      while (slot > 0 && load<f32>(at(best, slot - 1)) > distance) {
        store<f32>(at(best, slot), load<f32>(at(best, slot - 1)));
        store<i32>(at(indices, slot), load<i32>(at(indices, slot - 1)));
        slot--;
      }
      store<f32>(at(best, slot), distance);
      store<i32>(at(indices, slot), first + here);
    }
  }
}

/**
 * How many of `count` places come before each of `targets` places in one line of distances: nearer, or as near and
 * earlier. The line is padded with infinities to a multiple of 4.
 */
export function countNearer(distances: usize, count: i32, targets: usize, targetCount: i32, ranks: usize): void {
  for (let target = 0; target < targetCount; target++) {
    const own = load<i32>(at(targets, target));
    const limit = load<f32>(at(distances, own));
    const limits = f32x4.splat(limit);
    const turn = own & ~3;
    let earlier = i32x4.splat(0);
    for (let place = 0; place < turn; place += 4)
      earlier = i32x4.sub(earlier, f32x4.le(v128.load(at(distances, place)), limits));
    for (let place = turn + 4; place < count; place += 4)
      earlier = i32x4.sub(earlier, f32x4.lt(v128.load(at(distances, place)), limits));
    let nearer =
      i32x4.extract_lane(earlier, 0) + i32x4.extract_lane(earlier, 1) + i32x4.extract_lane(earlier, 2) +
      i32x4.extract_lane(earlier, 3);
    for (let place = turn; place < min<i32>(turn + 4, count); place++) {
      const distance = load<f32>(at(distances, place));
      if (distance < limit || (distance == limit && place < own)) nearer++;
    }
    store<i32>(at(ranks, target), nearer);
  }
}

/**
 * Measure candidates in double precision and keep the `k` nearest, equals by row number; see `rankCandidates`.
 * `scratch` holds `k` doubles. Distances are in the metric's own unit.
 */
export function rankQuery(
  query: usize, rows: usize, width: i32, metric: i32, candidates: usize, count: i32, k: i32, nearest: usize,
  distances: usize, scratch: usize,
): void {
  let found = 0;
  for (let c = 0; c < count; c++) {
    const other = load<i32>(at(candidates, c));
    if (other < 0) continue;
    const distance = measure(query, atRow(rows, other, width), width, metric);
    let slot = found;
    while (slot > 0) {
      const before = load<f64>(scratch + ((<usize>(slot - 1)) << 3));
      if (before < distance || (before == distance && load<i32>(at(nearest, slot - 1)) < other)) break;
      if (slot < k) {
        store<f64>(scratch + ((<usize>slot) << 3), before);
        store<i32>(at(nearest, slot), load<i32>(at(nearest, slot - 1)));
      }
      slot--;
    }
    if (slot < k) {
      store<f64>(scratch + ((<usize>slot) << 3), distance);
      store<i32>(at(nearest, slot), other);
      if (found < k) found++;
    }
  }
  for (let c = 0; c < found; c++) {
    const distance = load<f64>(scratch + ((<usize>c) << 3));
    store<f32>(at(distances, c), <f32>(metric == 0 ? Math.sqrt(distance) : metric == 1 ? distance * 0.5 : distance));
  }
}
