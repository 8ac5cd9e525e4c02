// Four rows against eight: products of whole numbers, exact in 32 bits. What is asked of a tile is whether any of its
// pairs is near enough; most tiles have their answer after a part of the columns, and ask for it at stops.
import { at } from "./memory";

/** Bytes of a tile's products; its half limits stand behind them. */
export const TILE_BYTES: usize = 128;
@inline
function addProduct(sum: v128, x: v128, y: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(x, y));
}

/** The greatest of four rows' products less half the squared length of their row. */
@inline
function greatest(a: v128, b: v128, c: v128, d: v128, halves: usize): v128 {
  return i32x4.max_s(
    i32x4.max_s(i32x4.sub(a, v128.load32_splat(halves)), i32x4.sub(b, v128.load32_splat(halves, 4))),
    i32x4.max_s(i32x4.sub(c, v128.load32_splat(halves, 8)), i32x4.sub(d, v128.load32_splat(halves, 12))),
  );
}

/**
 * At least half the limit under which a pair of a tile matters, for each of the eight panel rows: the greater of its
 * own, unless `panelLimits` is 0, and the greatest of the four rows'.
 */
@inline
export function halveLimits(rowLimits: usize, panelLimits: usize, halfLimits: usize): void {
  const own = i32x4.max_s(
    i32x4.max_s(v128.load32_splat(rowLimits), v128.load32_splat(rowLimits, 4)),
    i32x4.max_s(v128.load32_splat(rowLimits, 8), v128.load32_splat(rowLimits, 12)),
  );
  const a = panelLimits ? i32x4.max_s(own, v128.load(panelLimits)) : own;
  const b = panelLimits ? i32x4.max_s(own, v128.load(panelLimits, 16)) : own;
  v128.store(halfLimits, i32x4.add(i32x4.shr_s(a, 1), i32x4.splat(1)));
  v128.store(halfLimits, i32x4.add(i32x4.shr_s(b, 1), i32x4.splat(1)), 16);
}

/**
 * Can any pair of the tile be below its limit? If so the tile's products are at `tile`.
 *
 * A pair is below when its product exceeds half of both squared lengths less the limit. Half lengths are rounded
 * downwards and `halfLimits` are those of `halveLimits`, so no such pair is missed. `stops` names
 * `stopCount` counts of columns, multiples of 4, the last being all; the tables of half lengths up to each of them are
 * `rowTable` and `panelTable` bytes after each other, and the columns after the
 * first stop are at `rest`.
 */
@inline
export function fillTile(
  tile: usize, rows: usize, rest: usize, panel: usize, stops: usize, stopCount: i32,
  rowHalves: usize, rowTable: usize, panelHalves: usize, panelTable: usize,
  halfLimits: usize,
): bool {
  let c00 = i32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  let a = rows;
  let b = panel;
  const lastStop = at(stops, stopCount);
  const first = panel + ((<usize>load<i32>(stops)) << 4);
  while (stops < lastStop) {
    const end = panel + ((<usize>load<i32>(stops)) << 4);
    while (b < end) {
      let b0 = v128.load(b), b1 = v128.load(b, 16);
      let x = v128.load32_splat(a);
      c00 = addProduct(c00, x, b0);
      c01 = addProduct(c01, x, b1);
      x = v128.load32_splat(a, 4);
      c10 = addProduct(c10, x, b0);
      c11 = addProduct(c11, x, b1);
      x = v128.load32_splat(a, 8);
      c20 = addProduct(c20, x, b0);
      c21 = addProduct(c21, x, b1);
      x = v128.load32_splat(a, 12);
      c30 = addProduct(c30, x, b0);
      c31 = addProduct(c31, x, b1);
      b0 = v128.load(b, 32), b1 = v128.load(b, 48);
      x = v128.load32_splat(a, 16);
      c00 = addProduct(c00, x, b0);
      c01 = addProduct(c01, x, b1);
      x = v128.load32_splat(a, 20);
      c10 = addProduct(c10, x, b0);
      c11 = addProduct(c11, x, b1);
      x = v128.load32_splat(a, 24);
      c20 = addProduct(c20, x, b0);
      c21 = addProduct(c21, x, b1);
      x = v128.load32_splat(a, 28);
      c30 = addProduct(c30, x, b0);
      c31 = addProduct(c31, x, b1);
      a += 32;
      b += 64;
    }
    const near0 = i32x4.gt_s(greatest(c00, c10, c20, c30, rowHalves), i32x4.sub(v128.load(panelHalves), v128.load(halfLimits)));
    const near1 = i32x4.gt_s(greatest(c01, c11, c21, c31, rowHalves), i32x4.sub(v128.load(panelHalves, 16), v128.load(halfLimits, 16)));
    if (!v128.any_true(v128.or(near0, near1))) return false;
    if (b == first) a = rest;
    stops += 4;
    rowHalves += rowTable;
    panelHalves += panelTable;
  }
  v128.store(tile, c00);
  v128.store(tile, c01, 16);
  v128.store(tile, c10, 32);
  v128.store(tile, c11, 48);
  v128.store(tile, c20, 64);
  v128.store(tile, c21, 80);
  v128.store(tile, c30, 96);
  v128.store(tile, c31, 112);
  return true;
}

/** Squared distances of row `r` of the tile to four of the panel: `half` is 0 or 16. */
@inline
function distancesOf(tile: usize, r: usize, half: usize, rowLengths: usize, panelLengths: usize): v128 {
  const lengths = i32x4.add(v128.load32_splat(rowLengths + (r << 2)), v128.load(panelLengths + half));
  return i32x4.sub(lengths, i32x4.shl(v128.load(tile + (r << 5) + half), 1));
}

/** Which of the eight panel rows are below the limit of row `r` or, unless `panelLimits` is 0, their own: bits. */
@inline
export function nearMask(
  tile: usize, r: usize, rowLengths: usize, panelLengths: usize, rowLimits: usize, panelLimits: usize,
): i32 {
  const own = v128.load32_splat(rowLimits + (r << 2));
  const a = panelLimits ? i32x4.max_s(own, v128.load(panelLimits)) : own;
  const b = panelLimits ? i32x4.max_s(own, v128.load(panelLimits, 16)) : own;
  return (
    i32x4.bitmask(i32x4.lt_s(distancesOf(tile, r, 0, rowLengths, panelLengths), a)) |
    (i32x4.bitmask(i32x4.lt_s(distancesOf(tile, r, 16, rowLengths, panelLengths), b)) << 4)
  );
}

/** Squared distance of row `r` of the tile to row `c` of the panel. */
@inline
export function distanceIn(tile: usize, r: usize, c: usize, rowLengths: usize, panelLengths: usize): i32 {
  const lengths = load<i32>(rowLengths + (r << 2)) + load<i32>(panelLengths + (c << 2));
  return lengths - 2 * load<i32>(tile + (r << 5) + (c << 2));
}

/**
 * Pack quantised rows `places[0]` to `places[count - 1]`, of panels, as tiles read them: four rows side by side, two
 * columns at a time, the `first` columns of all rows before the rest, so that they stay in the nearest cache; -1 gives
 * a row of zeros. `count` is a multiple of 4.
 */
export function packQuantised(panels: usize, width: i32, first: i32, places: usize, count: i32, packed: usize): void {
  for (let row = 0; row < count; row++) {
    const place = load<i32>(at(places, row));
    const lane = (<usize>(row & 3)) << 2;
    let from = panels + (((<usize>(place >> 3)) * (<usize>width)) << 4) + ((<usize>(place & 7)) << 2);
    let to = stripAt(packed, row, first) + lane;
    for (let t = 0; t < width; t += 2) {
      if (t == first) to = restAt(packed, row, first, width, count) + lane;
      store<i32>(to, place < 0 ? 0 : load<i32>(from));
      to += 16;
      from += 32;
    }
  }
}

/** Where the first columns of four packed rows are. */
@inline
export function stripAt(packed: usize, row: i32, first: i32): usize {
  return packed + (((<usize>(row >> 2)) * (<usize>first)) << 3);
}

/** Where the columns after the first ones are. */
@inline
export function restAt(packed: usize, row: i32, first: i32, width: i32, count: i32): usize {
  return stripAt(packed, count, first) + (((<usize>(row >> 2)) * (<usize>(width - first))) << 3);
}

/** Halves of the squared lengths of all rows up to each stop, rounded downwards: tables of `padded` numbers. */
export function measureHalves(
  panels: usize, width: i32, stops: usize, stopCount: i32, padded: i32, halves: usize,
): void {
  for (let group = 0; group < padded; group += 8) {
    const panel = panels + (((<usize>group) * (<usize>width)) << 1);
    let a = i32x4.splat(0), b = a;
    let t: usize = 0;
    for (let stop = 0; stop < stopCount; stop++) {
      const end = (<usize>load<i32>(at(stops, stop))) << 4;
      for (; t < end; t += 32) {
        const x = v128.load(panel + t), y = v128.load(panel + t, 16);
        a = addProduct(a, x, x);
        b = addProduct(b, y, y);
      }
      const to = at(at(halves, stop * padded), group);
      v128.store(to, i32x4.shr_u(a, 1));
      v128.store(to, i32x4.shr_u(b, 1), 16);
    }
  }
}
