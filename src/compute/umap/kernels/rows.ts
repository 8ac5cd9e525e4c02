import { at, atRow } from "./memory";

/**
 * Scale rows to length 1 in place, their own mean taken off first when `centred`: then 1 - cosine is half the squared
 * distance. A row of zeros has no direction; it gets a 1 in the spare column `columns`, a direction of its own:
 * distance 0 to other such rows and 1 to all else, as in umap-learn.
 */
export function normaliseRows(rows: usize, width: i32, columns: i32, from: i32, to: i32, centred: bool): void {
  for (let row = from; row < to; row++) {
    const start = atRow(rows, row, width);
    let sum: f64 = 0;
    for (let t = 0; t < columns; t++) sum += <f64>load<f32>(at(start, t));
    const mean: f64 = centred ? sum / <f64>columns : 0;
    let squared: f64 = 0;
    for (let t = 0; t < columns; t++) {
      const x = <f64>load<f32>(at(start, t)) - mean;
      squared += x * x;
    }
    // Exact for a constant row too: its sum needs a few bits more than its numbers, and there are enough.
    const empty = squared == 0;
    const scale: f64 = empty ? 0 : 1 / Math.sqrt(squared);
    for (let t = 0; t < columns; t++) {
      const place = at(start, t);
      store<f32>(place, <f32>((<f64>load<f32>(place) - mean) * scale));
    }
    store<f32>(at(start, columns), empty ? 1 : 0);
  }
}
