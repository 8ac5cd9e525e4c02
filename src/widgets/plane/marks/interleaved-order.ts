const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * All rows once, in steps of the golden ratio: rows that lie together in the data lie far apart in the order, the same
 * at every call. Half-float sums stop growing at 2,048 marks a pixel; by then every class has had its share.
 */
export function interleavedOrder(rows: number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(rows);
  let step = Math.max(1, Math.round(rows * GOLDEN));
  while (commonDivisor(step, rows) > 1) step++;
  for (let place = 0, row = 0; place < rows; place++) {
    order[place] = row;
    row += step;
    if (row >= rows) row -= rows;
  }
  return order;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
