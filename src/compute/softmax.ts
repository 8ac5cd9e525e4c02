/** Probabilities of each row of logits, in place; exponents are taken from the row's largest, so that none overflows. */
export function softmax(rows: Float32Array, columns: number): void {
  for (let start = 0; start < rows.length; start += columns) {
    const row = rows.subarray(start, start + columns);
    const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (const value of row) sum += Math.exp(value - largest);
    row.forEach((value, column) => {
      row[column] = Math.exp(value - largest) / sum;
    });
  }
}
