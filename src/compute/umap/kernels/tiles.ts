// Four rows against eight: products of whole numbers, exact in 32 bits. What is asked of a tile is whether any of its
// pairs is near enough; most tiles have their answer after a part of the columns.
import { at } from "./memory";

/** Add `bytes` (a multiple of 8: four columns) of four rows, `stride` bytes apart, times a panel's eight. */
@inline
function addProducts(fresh: bool, tile: usize, rows: usize, stride: usize, panel: usize, bytes: usize): void {
  let c00 = i32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (!fresh) {
    c00 = v128.load(tile), c01 = v128.load(tile, 16);
    c10 = v128.load(tile, 32), c11 = v128.load(tile, 48);
    c20 = v128.load(tile, 64), c21 = v128.load(tile, 80);
    c30 = v128.load(tile, 96), c31 = v128.load(tile, 112);
  }
  let a = rows;
  let b = panel;
  const end = a + bytes;
  while (a < end) {
    let b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = i32x4.add(c00, i32x4.dot_i16x8_s(x, b0));
    c01 = i32x4.add(c01, i32x4.dot_i16x8_s(x, b1));
    x = v128.load32_splat(a + stride);
    c10 = i32x4.add(c10, i32x4.dot_i16x8_s(x, b0));
    c11 = i32x4.add(c11, i32x4.dot_i16x8_s(x, b1));
    x = v128.load32_splat(a + 2 * stride);
    c20 = i32x4.add(c20, i32x4.dot_i16x8_s(x, b0));
    c21 = i32x4.add(c21, i32x4.dot_i16x8_s(x, b1));
    x = v128.load32_splat(a + 3 * stride);
    c30 = i32x4.add(c30, i32x4.dot_i16x8_s(x, b0));
    c31 = i32x4.add(c31, i32x4.dot_i16x8_s(x, b1));
    b0 = v128.load(b, 32), b1 = v128.load(b, 48);
    x = v128.load32_splat(a, 4);
    c00 = i32x4.add(c00, i32x4.dot_i16x8_s(x, b0));
    c01 = i32x4.add(c01, i32x4.dot_i16x8_s(x, b1));
    x = v128.load32_splat(a + stride, 4);
    c10 = i32x4.add(c10, i32x4.dot_i16x8_s(x, b0));
    c11 = i32x4.add(c11, i32x4.dot_i16x8_s(x, b1));
    x = v128.load32_splat(a + 2 * stride, 4);
    c20 = i32x4.add(c20, i32x4.dot_i16x8_s(x, b0));
    c21 = i32x4.add(c21, i32x4.dot_i16x8_s(x, b1));
    x = v128.load32_splat(a + 3 * stride, 4);
    c30 = i32x4.add(c30, i32x4.dot_i16x8_s(x, b0));
    c31 = i32x4.add(c31, i32x4.dot_i16x8_s(x, b1));
    a += 8;
    b += 64;
  }
  v128.store(tile, c00);
  v128.store(tile, c01, 16);
  v128.store(tile, c10, 32);
  v128.store(tile, c11, 48);
  v128.store(tile, c20, 64);
  v128.store(tile, c21, 80);
  v128.store(tile, c30, 96);
  v128.store(tile, c31, 112);
}

/** Squared distances of row `r` of the tile to four of the panel: `half` is 0 or 16. */
@inline
export function distancesOf(tile: usize, r: usize, half: usize, rowLengths: usize, panelLengths: usize): v128 {
  const lengths = i32x4.add(v128.load32_splat(rowLengths + (r << 2)), v128.load(panelLengths + half));
  return i32x4.sub(lengths, i32x4.shl(v128.load(tile + (r << 5) + half), 1));
}

@inline
function nearOf(
  tile: usize, r: usize, rowLengths: usize, panelLengths: usize, rowLimits: usize, limits0: v128, limits1: v128,
): v128 {
  const own = v128.load32_splat(rowLimits + (r << 2));
  return v128.or(
    i32x4.lt_s(distancesOf(tile, r, 0, rowLengths, panelLengths), i32x4.max_s(own, limits0)),
    i32x4.lt_s(distancesOf(tile, r, 16, rowLengths, panelLengths), i32x4.max_s(own, limits1)),
  );
}

@inline
function anyNear(
  tile: usize, rowLengths: usize, panelLengths: usize, rowLimits: usize, limits0: v128, limits1: v128,
): bool {
  const top = v128.or(
    nearOf(tile, 0, rowLengths, panelLengths, rowLimits, limits0, limits1),
    nearOf(tile, 1, rowLengths, panelLengths, rowLimits, limits0, limits1),
  );
  const bottom = v128.or(
    nearOf(tile, 2, rowLengths, panelLengths, rowLimits, limits0, limits1),
    nearOf(tile, 3, rowLengths, panelLengths, rowLimits, limits0, limits1),
  );
  return v128.any_true(v128.or(top, bottom));
}

/**
 * Is any pair of the tile below the limit of its row or, with `limits0` and `limits1`, of its panel row? If so the
 * tile's products are at `tile`. The tables of lengths hold those up to columns `first`, `second` and the last,
 * `rowTable` and `panelTable` bytes after each other.
 */
@inline
export function fillTile(
  tile: usize, rows: usize, panel: usize, width: i32, first: i32, second: i32,
  rowLengths: usize, rowTable: usize, panelLengths: usize, panelTable: usize,
  rowLimits: usize, limits0: v128, limits1: v128,
): bool {
  const stride = (<usize>width) << 1;
  addProducts(true, tile, rows, stride, panel, (<usize>first) << 1);
  if (!anyNear(tile, rowLengths, panelLengths, rowLimits, limits0, limits1)) return false;
  if (second > first) {
    const done = (<usize>first) << 1;
    addProducts(false, tile, rows + done, stride, panel + (done << 3), (<usize>(second - first)) << 1);
    if (!anyNear(tile, rowLengths + rowTable, panelLengths + panelTable, rowLimits, limits0, limits1)) return false;
  }
  if (width > second) {
    const done = (<usize>second) << 1;
    addProducts(false, tile, rows + done, stride, panel + (done << 3), (<usize>(width - second)) << 1);
  }
  return true;
}

/** Which of the eight panel rows are below the limit of row `r` or, with `limits0` and `limits1`, their own: bits. */
@inline
export function nearMask(
  tile: usize, r: usize, rowLengths: usize, panelLengths: usize, rowLimits: usize, limits0: v128, limits1: v128,
): i32 {
  const own = v128.load32_splat(rowLimits + (r << 2));
  return (
    i32x4.bitmask(i32x4.lt_s(distancesOf(tile, r, 0, rowLengths, panelLengths), i32x4.max_s(own, limits0))) |
    (i32x4.bitmask(i32x4.lt_s(distancesOf(tile, r, 16, rowLengths, panelLengths), i32x4.max_s(own, limits1))) << 4)
  );
}

/** Squared distance of row `r` of the tile to row `c` of the panel. */
@inline
export function distanceIn(tile: usize, r: usize, c: usize, rowLengths: usize, panelLengths: usize): i32 {
  const lengths = load<i32>(rowLengths + (r << 2)) + load<i32>(panelLengths + (c << 2));
  return lengths - 2 * load<i32>(tile + (r << 5) + (c << 2));
}

/** Copy quantised rows `places[0]` to `places[count - 1]`, of panels, one after the other; -1 gives a row of zeros. */
export function packQuantised(panels: usize, width: i32, places: usize, count: i32, packed: usize): void {
  for (let row = 0; row < count; row++) {
    const place = load<i32>(at(places, row));
    let to = packed + (((<usize>row) * (<usize>width)) << 1);
    if (place < 0) {
      memory.fill(to, 0, (<usize>width) << 1);
      continue;
    }
    let from = panels + (((<usize>(place >> 3)) * (<usize>width)) << 4) + ((<usize>(place & 7)) << 2);
    for (let t = 0; t < width; t += 2) {
      store<i32>(to, load<i32>(from));
      to += 4;
      from += 32;
    }
  }
}
