import { at, sumPair } from "./memory";

/** The metric of sums of absolute differences; all others are measured by squares. */
export const MANHATTAN = 2;

/** Squared distance of two rows, or sum of absolute differences, in double precision; the same bits whichever row comes first. */
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
