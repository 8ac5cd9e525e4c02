// Lists of neighbours to one symmetric graph. A list's entries seen from their other end come out sorted, because rows
// are gone through in their order; seen from there once more, so do the lists themselves.
import { at, atRow } from "./memory";

/** Count the entries that name each row, of the lists of rows `from` to `to - 1`, at `starts + 1`. */
export function countBack(indices: usize, k: i32, from: i32, to: i32, rows: i32, starts: usize): void {
  const end = atRow(indices, to, k);
  for (let place = atRow(indices, from, k); place < end; place += 4) {
    const other = load<u32>(place);
    if (other >= <u32>rows) continue;
    const count = at(starts, <i32>other + 1);
    store<i32>(count, load<i32>(count) + 1);
  }
}

/** Counts to where each row's entries begin, at `starts` and once more at `next`. */
export function sumStarts(rows: i32, starts: usize, next: usize): void {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    store<i32>(at(next, row), sum);
    sum += load<i32>(at(starts, row + 1));
    store<i32>(at(starts, row + 1), sum);
  }
}

/** Write the entries of the lists of rows `from` to `to - 1` where they are seen from their other end. */
export function turnBack(
  indices: usize, weights: usize, k: i32, from: i32, to: i32, rows: i32, next: usize, backRows: usize, backWeights: usize,
): void {
  for (let row = from; row < to; row++)
    for (let t = 0; t < k; t++) {
      const other = load<u32>(at(atRow(indices, row, k), t));
      if (other >= <u32>rows) continue;
      const slot = at(next, <i32>other);
      const place = load<i32>(slot);
      store<i32>(slot, place + 1);
      store<i32>(at(backRows, place), row);
      store<f32>(at(backWeights, place), load<f32>(at(atRow(weights, row, k), t)));
    }
}

/** The lists once more, each sorted, from what is seen from the other ends `from` to `to - 1`; `filled` counts a row's. */
export function sortLists(
  starts: usize, backRows: usize, backWeights: usize, k: i32, from: i32, to: i32,
  filled: usize, columns: usize, weights: usize,
): void {
  for (let column = from; column < to; column++) {
    const end = load<i32>(at(starts, column + 1));
    for (let place = load<i32>(at(starts, column)); place < end; place++) {
      const row = load<i32>(at(backRows, place));
      const count = load<i32>(at(filled, row));
      store<i32>(at(filled, row), count + 1);
      store<i32>(at(atRow(columns, row, k), count), column);
      store<f32>(at(atRow(weights, row, k), count), load<f32>(at(backWeights, place)));
    }
  }
}

/** Both directions of an entry made one; @returns the end of the graph, which is one further if anything is left. */
@inline
function unite(
  column: i32, there: f64, back: f64, mix: f64, end: i32, unitedColumns: usize, unitedWeights: usize,
): i32 {
  const weight = mix * (there + back - there * back) + (1 - mix) * there * back;
  if (!(weight > 0)) return end;
  store<i32>(at(unitedColumns, end), column);
  store<f32>(at(unitedWeights, end), <f32>weight);
  return end + 1;
}

/**
 * The rows `from` to `to - 1` of the graph, from both sorted lists of each; the first entry goes to `end`.
 *
 * @returns The end of the graph now.
 */
export function uniteRows(
  k: i32, from: i32, to: i32, filled: usize, columns: usize, weights: usize,
  starts: usize, backRows: usize, backWeights: usize, mix: f64,
  end: i32, unitedStarts: usize, unitedColumns: usize, unitedWeights: usize,
): i32 {
  for (let row = from; row < to; row++) {
    const own = atRow(columns, row, k);
    const ownWeights = atRow(weights, row, k);
    const count = load<i32>(at(filled, row));
    const backEnd = load<i32>(at(starts, row + 1));
    let back = load<i32>(at(starts, row));
    for (let t = 0; t < count; t++) {
      const column = load<i32>(at(own, t));
      for (; back < backEnd && load<i32>(at(backRows, back)) < column; back++)
        end = unite(
          load<i32>(at(backRows, back)), 0, <f64>load<f32>(at(backWeights, back)), mix,
          end, unitedColumns, unitedWeights,
        );
      let met: f64 = 0;
      if (back < backEnd && load<i32>(at(backRows, back)) == column) met = <f64>load<f32>(at(backWeights, back++));
      end = unite(column, <f64>load<f32>(at(ownWeights, t)), met, mix, end, unitedColumns, unitedWeights);
    }
    for (; back < backEnd; back++)
      end = unite(
        load<i32>(at(backRows, back)), 0, <f64>load<f32>(at(backWeights, back)), mix,
        end, unitedColumns, unitedWeights,
      );
    store<i32>(at(unitedStarts, row + 1), end);
  }
  return end;
}
