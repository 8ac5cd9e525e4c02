import { at, atRow } from "./memory";
import { measure } from "./measure";
import { emptyList, offer } from "./nearest-lists";

/** Measure the kept candidates of rows `from` to `to - 1` in double precision and keep the `k` nearest. */
export function rankCandidates(
  rows: usize, width: i32, metric: i32, from: i32, to: i32, keep: i32, candidates: usize,
  k: i32, exact: usize, nearest: usize,
): void {
  for (let row = from; row < to; row++) {
    emptyList(exact, nearest, row, k);
    for (let c = 0; c < keep; c++) {
      const other = load<i32>(at(atRow(candidates, row, keep), c));
      if (other < 0) continue;
      offer(exact, nearest, row, k, measure(atRow(rows, row, width), atRow(rows, other, width), width, metric), other);
    }
  }
}
