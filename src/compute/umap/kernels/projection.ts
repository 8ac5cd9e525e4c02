import { at, atRow, sumLanes } from "./memory";

/**
 * One step of principal components for four directions at once: `scores` gets the centred rows' products with them
 * (four a row), `sums` (four rows of `width`) the rows weighted by these products.
 * Rows `from`, `from + step`, ... below `to`.
 */
export function projectRows(
  rows: usize, width: i32, mean: usize, directions: usize, from: i32, to: i32, step: i32, scores: usize, sums: usize,
): void {
  const stride = (<usize>width) << 2;
  memory.fill(sums, 0, stride << 2);
  for (let row = from; row < to; row += step) {
    const start = atRow(rows, row, width);
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (let t: usize = 0; t < stride; t += 16) {
      const x = f32x4.sub(v128.load(start + t), v128.load(mean + t));
      a = f32x4.add(a, f32x4.mul(x, v128.load(directions + t)));
      b = f32x4.add(b, f32x4.mul(x, v128.load(directions + stride + t)));
      c = f32x4.add(c, f32x4.mul(x, v128.load(directions + 2 * stride + t)));
      d = f32x4.add(d, f32x4.mul(x, v128.load(directions + 3 * stride + t)));
    }
    const score = atRow(scores, row, 4);
    store<f32>(score, sumLanes(a));
    store<f32>(at(score, 1), sumLanes(b));
    store<f32>(at(score, 2), sumLanes(c));
    store<f32>(at(score, 3), sumLanes(d));
    a = v128.load32_splat(score);
    b = v128.load32_splat(at(score, 1));
    c = v128.load32_splat(at(score, 2));
    d = v128.load32_splat(at(score, 3));
    for (let t: usize = 0; t < stride; t += 16) {
      const x = f32x4.sub(v128.load(start + t), v128.load(mean + t));
      const sum = sums + t;
      v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(a, x)));
      v128.store(sum + stride, f32x4.add(v128.load(sum + stride), f32x4.mul(b, x)));
      v128.store(sum + 2 * stride, f32x4.add(v128.load(sum + 2 * stride), f32x4.mul(c, x)));
      v128.store(sum + 3 * stride, f32x4.add(v128.load(sum + 3 * stride), f32x4.mul(d, x)));
    }
  }
}

/** Products of the centred rows `ids[0]` to `ids[count - 1]` with one direction. */
export function projectOnto(
  rows: usize, width: i32, mean: usize, ids: usize, count: i32, direction: usize, products: usize,
): void {
  for (let place = 0; place < count; place++) {
    const start = atRow(rows, load<i32>(at(ids, place)), width);
    let sum = f32x4.splat(0);
    for (let t = 0; t < width; t += 4)
      sum = f32x4.add(
        sum,
        f32x4.mul(f32x4.sub(v128.load(at(start, t)), v128.load(at(mean, t))), v128.load(at(direction, t))),
      );
    store<f32>(at(products, place), sumLanes(sum));
  }
}
