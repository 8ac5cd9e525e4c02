// From quantised rows to exact answers: candidates are measured in double precision, and the triangle inequality says
// which rows are proven. Rounding moved row i by `errors[i]` and no row by more than `largest`, so two rows whose whole
// numbers are `d` apart are at least `d - errors[i] - largest` apart.
import { at, atRow } from "./memory";
import { measure } from "./measure";
import { emptyList, farthestKept, offer } from "./nearest-lists";
import { distanceIn, fillTile, halveLimits, nearMask, restAt, stripAt, TILE_BYTES } from "./tiles";

@inline
function measureSquares(rows: usize, width: i32, a: i32, b: i32): f64 {
  return measure(atRow(rows, a, width), atRow(rows, b, width), width, 0);
}

/** Rows at least this far apart, squared and in whole numbers, are no nearer than `distance`. */
@inline
function reachOf(distance: f64, scale: f64, error: f32, largest: f64): f64 {
  const reach = (Math.sqrt(distance) * scale + <f64>error + largest) * (1 + 1e-9);
  return reach * reach;
}

@inline
function limitOf(reach: f64): i32 {
  return reach < 2147483646 ? <i32>reach + 1 : i32.MAX_VALUE;
}

/**
 * Measure the candidates of places `from` to `to - 1`, nearest first, until the rest is proven to be farther. Places
 * whose list may lack a row are written to `doubtful`, and what such a row must be below to `limits`.
 *
 * @returns How many are doubtful.
 */
export function rankQuantised(
  rows: usize, width: i32, order: usize, from: i32, to: i32, scale: f64, errors: usize, largest: f64,
  keep: i32, distances: usize, candidates: usize, limits: usize, k: i32, exact: usize, nearest: usize, doubtful: usize,
): i32 {
  let doubts = 0;
  for (let place = from; place < to; place++) {
    const row = load<i32>(at(order, place));
    const error = load<f32>(at(errors, place));
    emptyList(exact, nearest, row, k);
    let reach: f64 = Infinity;
    let proven = false;
    for (let c = 0; c < keep; c++) {
      const other = load<i32>(at(atRow(candidates, place, keep), c));
      if (other < 0) break;
      if (<f64>load<i32>(at(atRow(distances, place, keep), c)) > reach) {
        proven = true;
        break;
      }
      const id = load<i32>(at(order, other));
      offer(exact, nearest, row, k, measureSquares(rows, width, row, id), id);
      reach = reachOf(farthestKept(exact, row, k), scale, error, largest);
    }
    const limit = load<i32>(at(limits, place));
    if (proven || limit == i32.MAX_VALUE || <f64>limit > reach) continue;
    store<i32>(at(limits, place), limitOf(reach));
    store<i32>(at(doubtful, doubts++), place);
  }
  return doubts;
}

/**
 * `count` packed rows (`places` names them, -1 is none) against the panels of places `panelFrom` to `panelTo - 1`:
 * every pair below the row's limit is measured. The limits shrink with the lists. Rows at distance 0 lie in the order
 * of their numbers, so a list full of them is done.
 *
 * @returns How many pairs were measured.
 */
export function searchRows(
  rows: usize, width: i32, order: usize, all: i32, scale: f64, errors: usize, largest: f64,
  packed: usize, places: usize, count: i32, rowLengths: usize, rowHalves: usize, rowPadded: i32, rowLimits: usize,
  panels: usize, panelFrom: i32, panelTo: i32, wide: i32,
  stops: usize, stopCount: i32, halves: usize, lengths: usize, padded: i32,
  k: i32, exact: usize, nearest: usize, tile: usize,
): i32 {
  const rowTable = (<usize>rowPadded) << 2;
  const table = (<usize>padded) << 2;
  const halfLimits = tile + TILE_BYTES;
  const first = load<i32>(stops);
  let measured = 0;
  for (let group = panelFrom; group < panelTo; group += 8) {
    const panel = panels + (((<usize>group) * (<usize>wide)) << 1);
    const panelLengths = at(lengths, group);
    for (let s = 0; s < count; s += 4) {
      const ownLimits = at(rowLimits, s);
      if (!v128.any_true(i32x4.gt_s(v128.load(ownLimits), i32x4.splat(-1)))) continue;
      const ownLengths = at(rowLengths, s);
      const own = stripAt(packed, s, first);
      halveLimits(ownLimits, 0, halfLimits);
      if (
        !fillTile(
          tile, own, restAt(packed, s, first, wide, rowPadded), panel, stops, stopCount, at(rowHalves, s), rowTable, at(halves, group), table,
          halfLimits,
        )
      )
        continue;
      for (let r = 0; r < 4; r++) {
        const place = load<i32>(at(places, s + r));
        if (place < 0) continue;
        const limit = at(ownLimits, r);
        let near = nearMask(tile, r, ownLengths, panelLengths, ownLimits, 0);
        while (near) {
          const c = ctz(near);
          near &= near - 1;
          const other = group + c;
          if (other == place || other >= all) continue;
          if (distanceIn(tile, r, c, ownLengths, panelLengths) >= load<i32>(limit)) continue;
          const row = load<i32>(at(order, place));
          const id = load<i32>(at(order, other));
          offer(exact, nearest, row, k, measureSquares(rows, width, row, id), id);
          measured++;
          const last = farthestKept(exact, row, k);
          const shrunk = last == 0 ? -1 : limitOf(reachOf(last, scale, load<f32>(at(errors, place)), largest));
          store<i32>(limit, min<i32>(load<i32>(limit), shrunk));
        }
      }
    }
  }
  return measured;
}

/**
 * Rows too long to be quantised, `far[from]` to `far[to - 1]`: compared with all rows, but those whose length alone
 * says that they are farther; both get the other offered. `lengths` are those of the centred rows.
 */
export function searchFarRows(
  rows: usize, width: i32, all: i32, far: usize, from: i32, to: i32, isFar: usize, lengths: usize,
  k: i32, exact: usize, nearest: usize,
): void {
  for (let place = from; place < to; place++) {
    const row = load<i32>(at(far, place));
    const length = <f64>load<f32>(at(lengths, row));
    emptyList(exact, nearest, row, k);
    for (let other = 0; other < all; other++) {
      if (other == row) continue;
      const otherLength = <f64>load<f32>(at(lengths, other));
      const apart = max<f64>(0, abs<f64>(length - otherLength) - 1e-6 * (length + otherLength));
      const squared = apart * apart;
      // A far one offers itself in its own turn.
      const offers = !load<u8>(isFar + <usize>other) && squared <= farthestKept(exact, other, k);
      if (!offers && squared > farthestKept(exact, row, k)) continue;
      const distance = measureSquares(rows, width, row, other);
      offer(exact, nearest, row, k, distance, other);
      if (offers) offer(exact, nearest, other, k, distance, row);
    }
  }
}
