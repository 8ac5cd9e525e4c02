// A turn of space as a product of reflections, in the compact form I - V T V' (Schreiber and Van Loan 1989).
import { at } from "./memory";

@inline
export function doubleAt(base: usize, index: i32): usize {
  return base + ((<usize>index) << 3);
}

/**
 * A centred row, turned, in double precision: `turned` gets `width` numbers, and has room for 2 * `reflections` more.
 * `mirrors` are the columns of V one after the other, `triangle` is T', row after row. `reflections` is a multiple of 4.
 */
export function turnRow(
  row: usize, width: i32, mean: usize, reflections: i32, mirrors: usize, triangle: usize, turned: usize,
): void {
  for (let t = 0; t < width; t += 2)
    v128.store(
      doubleAt(turned, t),
      f64x2.sub(
        f64x2.promote_low_f32x4(v128.load64_zero(at(row, t))),
        f64x2.promote_low_f32x4(v128.load64_zero(at(mean, t))),
      ),
    );
  const products = doubleAt(turned, width);
  const shares = doubleAt(products, reflections);
  const stride = (<usize>width) << 3;
  for (let j = 0; j < reflections; j += 4) {
    const mirror = mirrors + (<usize>j) * stride;
    let a = f64x2.splat(0), b = a, c = a, d = a;
    for (let t: usize = 0; t < stride; t += 16) {
      const x = v128.load(turned + t);
      a = f64x2.add(a, f64x2.mul(x, v128.load(mirror + t)));
      b = f64x2.add(b, f64x2.mul(x, v128.load(mirror + stride + t)));
      c = f64x2.add(c, f64x2.mul(x, v128.load(mirror + 2 * stride + t)));
      d = f64x2.add(d, f64x2.mul(x, v128.load(mirror + 3 * stride + t)));
    }
    v128.store(doubleAt(products, j), f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3)));
    v128.store(doubleAt(products, j + 2), f64x2.add(v128.shuffle<f64>(c, d, 0, 2), v128.shuffle<f64>(c, d, 1, 3)));
  }
  for (let i = 0; i < reflections; i++) {
    const line = doubleAt(triangle, i * reflections);
    let sum: f64 = 0;
    for (let j = 0; j <= i; j++) sum += load<f64>(doubleAt(line, j)) * load<f64>(doubleAt(products, j));
    store<f64>(doubleAt(shares, i), sum);
  }
  for (let j = 0; j < reflections; j += 4) {
    const mirror = mirrors + (<usize>j) * stride;
    const a = v128.load64_splat(doubleAt(shares, j)), b = v128.load64_splat(doubleAt(shares, j + 1));
    const c = v128.load64_splat(doubleAt(shares, j + 2)), d = v128.load64_splat(doubleAt(shares, j + 3));
    for (let t: usize = 0; t < stride; t += 16) {
      let x = f64x2.sub(v128.load(turned + t), f64x2.mul(a, v128.load(mirror + t)));
      x = f64x2.sub(x, f64x2.mul(b, v128.load(mirror + stride + t)));
      x = f64x2.sub(x, f64x2.mul(c, v128.load(mirror + 2 * stride + t)));
      v128.store(turned + t, f64x2.sub(x, f64x2.mul(d, v128.load(mirror + 3 * stride + t))));
    }
  }
}
