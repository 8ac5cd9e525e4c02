import { at, atRow, sumPair } from "./memory";

const EUCLIDEAN = 0;
const ANGULAR = 1;
const MANHATTAN = 2;

/** Unit roundoff of single precision. */
const ROUNDOFF: f64 = 5.960464477539063e-8;

/** A row left out may be nearer than the last one kept by this share of its squared distance: a tie, all but. */
const TIE: f64 = 1e-4;

/** Squared distance of two rows, or sum of absolute differences, in double precision. */
@inline
export function measure(x: usize, y: usize, width: i32, metric: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let t = 0; t < width; t += 4) {
    const p = f64x2.sub(
      f64x2.promote_low_f32x4(v128.load64_zero(at(x, t))),
      f64x2.promote_low_f32x4(v128.load64_zero(at(y, t))),
    );
    const q = f64x2.sub(
      f64x2.promote_low_f32x4(v128.load64_zero(at(x, t + 2))),
      f64x2.promote_low_f32x4(v128.load64_zero(at(y, t + 2))),
    );
    even = f64x2.add(even, metric == MANHATTAN ? f64x2.abs(p) : f64x2.mul(p, p));
    odd = f64x2.add(odd, metric == MANHATTAN ? f64x2.abs(q) : f64x2.mul(q, q));
  }
  return sumPair(f64x2.add(even, odd));
}

/**
 * Measure the kept candidates of rows `ids[from]` to `ids[to - 1]` in double precision and write the `k` nearest,
 * equals by row number, with their distances in the metric's own unit.
 *
 * Unless the candidates are `sure` (their distances came from differences), a row whose list could lack a nearer one
 * is written to `doubtful`: a row outside the list is at least `worst - error` away, where the rounding of a product is
 * bounded by the lengths of its two rows, and a row much longer than this one is far away by its length alone.
 *
 * @returns How many rows are doubtful.
 */
export function rankCandidates(
  rows: usize, width: i32, metric: i32, ids: usize, from: i32, to: i32, keep: i32, indices: usize, limits: usize,
  norms: usize, k: i32, nearest: usize, distances: usize, doubtful: usize, scratch: usize, sure: bool,
): i32 {
  let doubts = 0;
  for (let place = from; place < to; place++) {
    const id = load<i32>(at(ids, place));
    const outIndex = atRow(nearest, id, k);
    const outDistance = atRow(distances, id, k);
    let found = 0;
    for (let c = 0; c < keep; c++) {
      const other = load<i32>(at(atRow(indices, id, keep), c));
      if (other < 0) continue;
      const distance = measure(atRow(rows, id, width), atRow(rows, other, width), width, metric);
      let slot = found;
      while (slot > 0) {
        const before = load<f64>(scratch + ((<usize>(slot - 1)) << 3));
        if (before < distance || (before == distance && load<i32>(at(outIndex, slot - 1)) < other)) break;
        if (slot < k) {
          store<f64>(scratch + ((<usize>slot) << 3), before);
          store<i32>(at(outIndex, slot), load<i32>(at(outIndex, slot - 1)));
        }
        slot--;
      }
      if (slot < k) {
        store<f64>(scratch + ((<usize>slot) << 3), distance);
        store<i32>(at(outIndex, slot), other);
        if (found < k) found++;
      }
    }
    const last = load<f64>(scratch + ((<usize>(k - 1)) << 3));
    for (let c = 0; c < k; c++) {
      const distance = load<f64>(scratch + ((<usize>c) << 3));
      store<f32>(
        at(outDistance, c),
        <f32>(metric == EUCLIDEAN ? Math.sqrt(distance) : metric == ANGULAR ? distance * 0.5 : distance),
      );
    }
    if (sure || last == 0) continue;
    const worst = max<f64>(0, <f64>load<f32>(at(limits, id)));
    const reach = 2 * Math.sqrt(<f64>load<f32>(at(norms, id))) + Math.sqrt(worst);
    const error = <f64>(width + 8) * ROUNDOFF * reach * reach;
    if (error > TIE * last && worst - error <= last) store<i32>(at(doubtful, doubts++), id);
  }
  return doubts;
}
