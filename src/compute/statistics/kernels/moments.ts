// Sums over rows, a number a unit: two units a step, eight rows a visit, so that a sum is fetched once for eight rows.

const ROWS_A_VISIT: i32 = 8;

/** Two units of a row as doubles, their pilot taken off. */
@inline
function distance(row: usize, pilot: v128): v128 {
  return f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(row)), pilot);
}

/**
 * Add each unit's distances from its pilot to `sums`, and their squares to `squares`. Rows lie behind each other without
 * gaps; pilots, sums and squares are doubles, one a unit.
 */
export function addRows(rows: usize, count: i32, units: i32, pilots: usize, sums: usize, squares: usize): void {
  const stride = (<usize>units) << 2;
  while (count >= ROWS_A_VISIT) {
    addEight(rows, stride, units, pilots, sums, squares);
    rows += stride * <usize>ROWS_A_VISIT;
    count -= ROWS_A_VISIT;
  }
  for (; count > 0; count--) {
    addOne(rows, 0, units, pilots, sums, squares);
    rows += stride;
  }
}

function addEight(row: usize, stride: usize, units: i32, pilots: usize, sums: usize, squares: usize): void {
  let unit = 0;
  for (; unit + 1 < units; unit += 2) {
    const at = (<usize>unit) << 3;
    let from = row + ((<usize>unit) << 2);
    const pilot = v128.load(pilots + at);
    let x = distance(from, pilot);
    let sum = x;
    let square = f64x2.mul(x, x);
    for (let other = 1; other < 8; other++) {
      from += stride;
      x = distance(from, pilot);
      sum = f64x2.add(sum, x);
      square = f64x2.add(square, f64x2.mul(x, x));
    }
    v128.store(sums + at, f64x2.add(v128.load(sums + at), sum));
    v128.store(squares + at, f64x2.add(v128.load(squares + at), square));
  }
  if (unit < units)
    for (let other = 0; other < 8; other++) {
      addOne(row, unit, units, pilots, sums, squares);
      row += stride;
    }
}

/** One row, from a unit on. */
function addOne(row: usize, unit: i32, units: i32, pilots: usize, sums: usize, squares: usize): void {
  for (; unit < units; unit++) {
    const at = (<usize>unit) << 3;
    const x = <f64>load<f32>(row + ((<usize>unit) << 2)) - load<f64>(pilots + at);
    store<f64>(sums + at, load<f64>(sums + at) + x);
    store<f64>(squares + at, load<f64>(squares + at) + x * x);
  }
}

/** Count each unit's values strictly above the threshold in `counts`, a whole number of four bytes a unit. */
export function countAbove(rows: usize, count: i32, units: i32, threshold: f32, counts: usize): void {
  const stride = (<usize>units) << 2;
  const bound = f32x4.splat(threshold);
  while (count > 0) {
    const visited = min(count, ROWS_A_VISIT);
    let unit = 0;
    for (; unit + 3 < units; unit += 4) {
      const at = (<usize>unit) << 2;
      let from = rows + at;
      let above = v128.load(counts + at);
      for (let other = 0; other < visited; other++) {
        above = i32x4.sub(above, f32x4.gt(v128.load(from), bound));
        from += stride;
      }
      v128.store(counts + at, above);
    }
    for (; unit < units; unit++) {
      const at = (<usize>unit) << 2;
      let from = rows + at;
      for (let other = 0; other < visited; other++) {
        if (load<f32>(from) > threshold) store<i32>(counts + at, load<i32>(counts + at) + 1);
        from += stride;
      }
    }
    rows += stride * <usize>visited;
    count -= visited;
  }
}
