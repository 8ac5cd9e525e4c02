import { at, atRow, sumLanes } from "./memory";

/**
 * One step of principal components for four directions at once: `scores` gets the centred rows' products with them
 * (four a row), `sums` (four rows of `width`; none where 0) the rows weighted by these products.
 * Rows `from`, `from + step`, ... below `to`, two at a time, each added to the sums in its turn.
 */
export function projectRows(
  rows: usize, width: i32, mean: usize, directions: usize, from: i32, to: i32, step: i32, scores: usize, sums: usize,
): void {
  const stride = (<usize>width) << 2;
  if (sums) memory.fill(sums, 0, stride << 2);
  let row = from;
  for (; row + step < to; row += 2 * step) {
    const next = row + step;
    scoreRow(rows, width, mean, directions, row, scores);
    scoreRow(rows, width, mean, directions, next, scores);
    if (!sums) continue;
    const start = atRow(rows, row, width), other = atRow(rows, next, width);
    const score = atRow(scores, row, 4), otherScore = atRow(scores, next, 4);
    const a = v128.load32_splat(score), b = v128.load32_splat(at(score, 1));
    const c = v128.load32_splat(at(score, 2)), d = v128.load32_splat(at(score, 3));
    const e = v128.load32_splat(otherScore), f = v128.load32_splat(at(otherScore, 1));
    const g = v128.load32_splat(at(otherScore, 2)), h = v128.load32_splat(at(otherScore, 3));
    for (let t: usize = 0; t < stride; t += 16) {
      const centre = v128.load(mean + t);
      const x = f32x4.sub(v128.load(start + t), centre), y = f32x4.sub(v128.load(other + t), centre);
      weigh(sums + t, a, x, e, y);
      weigh(sums + stride + t, b, x, f, y);
      weigh(sums + 2 * stride + t, c, x, g, y);
      weigh(sums + 3 * stride + t, d, x, h, y);
    }
  }
  if (row >= to) return;
  scoreRow(rows, width, mean, directions, row, scores);
  if (!sums) return;
  const start = atRow(rows, row, width), score = atRow(scores, row, 4);
  for (let t: usize = 0; t < stride; t += 16) {
    const x = f32x4.sub(v128.load(start + t), v128.load(mean + t));
    for (let which = 0; which < 4; which++) {
      const sum = sums + <usize>which * stride + t;
      v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(v128.load32_splat(at(score, which)), x)));
    }
  }
}

@inline
function weigh(sum: usize, a: v128, x: v128, b: v128, y: v128): void {
  v128.store(sum, f32x4.add(f32x4.add(v128.load(sum), f32x4.mul(a, x)), f32x4.mul(b, y)));
}

@inline
function scoreRow(rows: usize, width: i32, mean: usize, directions: usize, row: i32, scores: usize): void {
  const stride = (<usize>width) << 2;
  const start = atRow(rows, row, width), score = atRow(scores, row, 4);
  let a = f32x4.splat(0), b = a, c = a, d = a;
  for (let t: usize = 0; t < stride; t += 16) {
    const x = f32x4.sub(v128.load(start + t), v128.load(mean + t));
    a = f32x4.add(a, f32x4.mul(x, v128.load(directions + t)));
    b = f32x4.add(b, f32x4.mul(x, v128.load(directions + stride + t)));
    c = f32x4.add(c, f32x4.mul(x, v128.load(directions + 2 * stride + t)));
    d = f32x4.add(d, f32x4.mul(x, v128.load(directions + 3 * stride + t)));
  }
  store<f32>(score, sumLanes(a));
  store<f32>(at(score, 1), sumLanes(b));
  store<f32>(at(score, 2), sumLanes(c));
  store<f32>(at(score, 3), sumLanes(d));
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
