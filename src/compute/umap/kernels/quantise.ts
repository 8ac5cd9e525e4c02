// Rows as whole numbers of 16 bits: eight rows side by side, two columns at a time, as the tiles read them.
import { at, atRow } from "./memory";
import { doubleAt, turnRow } from "./turn";

/** No row: farther from all others than any two rows are from each other, and no sum with it overflows. */
const FAR_AWAY: i32 = 0x3fffffff;

/** Share of its length that turning in double precision moves a row by, with room to spare. */
const TURNING: f64 = 1e-9;

/** Lengths of the centred rows, in double precision on the way. */
export function measureLengths(rows: usize, width: i32, mean: usize, from: i32, to: i32, lengths: usize): void {
  for (let row = from; row < to; row++) {
    const start = atRow(rows, row, width);
    let sum = f64x2.splat(0);
    for (let t = 0; t < width; t += 2) {
      const x = f64x2.sub(
        f64x2.promote_low_f32x4(v128.load64_zero(at(start, t))),
        f64x2.promote_low_f32x4(v128.load64_zero(at(mean, t))),
      );
      sum = f64x2.add(sum, f64x2.mul(x, x));
    }
    store<f32>(at(lengths, row), <f32>Math.sqrt(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
  }
}

/** Add the squares of a row of doubles to the `width` doubles at `sums`. */
@inline
function addSquares(row: usize, width: i32, sums: usize): void {
  for (let t = 0; t < width; t += 2) {
    const x = v128.load(doubleAt(row, t));
    const sum = doubleAt(sums, t);
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.mul(x, x)));
  }
}

/** Add the squares of the centred and turned numbers of rows `from`, `from + step`, ... to the doubles at `sums`. */
export function addTurnedSquares(
  rows: usize, width: i32, mean: usize, reflections: i32, mirrors: usize, triangle: usize,
  from: i32, to: i32, step: i32, turned: usize, sums: usize,
): void {
  for (let row = from; row < to; row += step) {
    turnRow(atRow(rows, row, width), width, mean, reflections, mirrors, triangle, turned);
    addSquares(turned, width, sums);
  }
}

/**
 * Turn the centred rows `order[from]` to `order[to - 1]`, multiply by `scale` and round to whole numbers, the columns
 * in the order of `columns`. Places from `count` on get no row. `lengths` gets the squared lengths, `errors` how far
 * each row was moved, rounded upwards.
 */
export function quantiseRows(
  rows: usize, width: i32, mean: usize, reflections: i32, mirrors: usize, triangle: usize, turned: usize,
  scale: f64, order: usize, count: i32, from: i32, to: i32, columns: usize,
  wide: i32, panels: usize, lengths: usize, errors: usize,
): void {
  for (let place = from; place < to; place++) {
    if (place >= count) {
      store<i32>(at(lengths, place), FAR_AWAY);
      continue;
    }
    turnRow(atRow(rows, load<i32>(at(order, place)), width), width, mean, reflections, mirrors, triangle, turned);
    let to = panels + (((<usize>(place >> 3)) * (<usize>wide)) << 4) + ((<usize>(place & 7)) << 2);
    let length = 0;
    let moved: f64 = 0;
    for (let t = 0; t < width; t++) {
      const x = load<f64>(doubleAt(turned, load<i32>(at(columns, t)))) * scale;
      const whole = nearest<f64>(x);
      const number = <i32>whole;
      moved += (x - whole) * (x - whole);
      length += number * number;
      store<i16>(to + ((<usize>(t & 1)) << 1), <i16>number);
      if (t & 1) to += 32;
    }
    store<i32>(at(lengths, place), length);
    store<f32>(at(errors, place), <f32>((Math.sqrt(moved) + TURNING * Math.sqrt(<f64>length)) * (1 + 1e-6)));
  }
}
