// Candidates for the nearest neighbours: blocks of rows against panels of rows, 4 x 8 distances at a time in registers,
// the best of each row kept in a sorted list. `ids` names the row behind each place of a block; -1 is padding.
import { at, atRow } from "./memory";


/** Copy rows one after the other. `count` is a multiple of 4. */
export function packStrips(rows: usize, width: i32, ids: usize, count: i32, packed: usize): void {
  for (let place = 0; place < count; place++) {
    const id = load<i32>(at(ids, place));
    const to = atRow(packed, place, width);
    if (id < 0) {
      memory.fill(to, 0, (<usize>width) << 2);
      continue;
    }
    const from = atRow(rows, id, width);
    memory.copy(to, from, (<usize>width) << 2);
  }
}

/** Copy rows in groups of eight, column by column. `count` is a multiple of 8. */
export function packPanel(rows: usize, width: i32, ids: usize, count: i32, packed: usize): void {
  for (let place = 0; place < count; place++) {
    const id = load<i32>(at(ids, place));
    const to = atRow(packed, place & ~7, width) + ((<usize>(place & 7)) << 2);
    const from = atRow(rows, max<i32>(id, 0), width);
    for (let t = 0; t < width; t++)
      store<f32>(to + ((<usize>t) << 5), id < 0 ? 0 : load<f32>(at(from, t)));
  }
}

/** Squared distances. */
export function compareBySquares(
  strips: usize, stripIds: usize, strip: i32, panel: usize, panelIds: usize, width: i32,
  keep: i32, distances: usize, indices: usize, limits: usize, scratch: usize,
): void {
  compare(false, strips, stripIds, strip, panel, panelIds, width, keep, distances, indices, limits, scratch);
}

/** Sums of absolute differences. */
export function compareByAbsolutes(
  strips: usize, stripIds: usize, strip: i32, panel: usize, panelIds: usize, width: i32,
  keep: i32, distances: usize, indices: usize, limits: usize, scratch: usize,
): void {
  compare(true, strips, stripIds, strip, panel, panelIds, width, keep, distances, indices, limits, scratch);
}

@inline
function term(absolute: bool, sum: v128, a: v128, b: v128): v128 {
  const difference = f32x4.sub(a, b);
  return f32x4.add(sum, absolute ? f32x4.abs(difference) : f32x4.mul(difference, difference));
}

/**
 * `strip` rows against the eight of one panel group. Each pair is met once (the panel's id must be the greater) and is
 * offered to the lists of both rows.
 */
@inline
function compare(
  absolute: bool, strips: usize, stripIds: usize, strip: i32, panel: usize, panelIds: usize, width: i32,
  keep: i32, distances: usize, indices: usize, limits: usize, scratch: usize,
): void {
  const stride = (<usize>width) << 2;
  // scratch: limits of the panel's eight rows, then the tile.
  const panelLimits = scratch;
  const tile = scratch + 32;
  let lastId = -1;
  for (let c = 0; c < 8; c++) {
    const id = load<i32>(at(panelIds, c));
    lastId = max<i32>(lastId, id);
    store<f32>(at(panelLimits, c), id < 0 ? -Infinity : load<f32>(at(limits, id)));
  }
  for (let s = 0; s < strip; s += 4) {
    if (lastId <= load<i32>(at(stripIds, s))) continue;
    let a = strips + (<usize>s) * stride;
    let b = panel;
    const end = a + stride;
    let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    while (a < end) {
      for (let t = 0; t < 4; t++) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        let x = v128.load32_splat(a);
        c00 = term(absolute, c00, x, b0);
        c01 = term(absolute, c01, x, b1);
        x = v128.load32_splat(a + stride);
        c10 = term(absolute, c10, x, b0);
        c11 = term(absolute, c11, x, b1);
        x = v128.load32_splat(a + 2 * stride);
        c20 = term(absolute, c20, x, b0);
        c21 = term(absolute, c21, x, b1);
        x = v128.load32_splat(a + 3 * stride);
        c30 = term(absolute, c30, x, b0);
        c31 = term(absolute, c31, x, b1);
        a += 4;
        b += 32;
      }
    }
    v128.store(tile, c00);
    v128.store(tile, c01, 16);
    v128.store(tile, c10, 32);
    v128.store(tile, c11, 48);
    v128.store(tile, c20, 64);
    v128.store(tile, c21, 80);
    v128.store(tile, c30, 96);
    v128.store(tile, c31, 112);
    for (let r = 0; r < 4; r++) {
      const id = load<i32>(at(stripIds, s + r));
      if (id < 0) continue;
      const from = tile + ((<usize>r) << 5);
      let limit = load<f32>(at(limits, id));
      const all = f32x4.splat(limit);
      let near =
        i32x4.bitmask(f32x4.le(v128.load(from), f32x4.pmax(all, v128.load(panelLimits)))) |
        (i32x4.bitmask(f32x4.le(v128.load(from, 16), f32x4.pmax(all, v128.load(panelLimits, 16)))) << 4);
      while (near) {
        const c = ctz(near);
        near &= near - 1;
        const other = load<i32>(at(panelIds, c));
        if (other <= id) continue;
        const distance = load<f32>(at(from, c));
        if (distance <= limit) {
          limit = insert(atRow(distances, id, keep), atRow(indices, id, keep), keep, distance, other);
          store<f32>(at(limits, id), limit);
        }
        if (distance <= load<f32>(at(panelLimits, c))) {
          const worst = insert(atRow(distances, other, keep), atRow(indices, other, keep), keep, distance, id);
          store<f32>(at(limits, other), worst);
          store<f32>(at(panelLimits, c), worst);
        }
      }
    }
  }
}

/**
 * Put a candidate into a row's list, nearest first, equals by number; answers the distance that the next one must not
 * pass. An empty place is at infinity, under the number -1.
 */
function insert(distances: usize, indices: usize, keep: i32, distance: f32, index: i32): f32 {
  let place = keep - 1;
  const last = load<f32>(at(distances, place));
  if (last < distance || (last == distance && load<i32>(at(indices, place)) < index)) return last;
  while (place > 0) {
    const before = load<f32>(at(distances, place - 1));
    const beforeIndex = load<i32>(at(indices, place - 1));
    if (before < distance || (before == distance && beforeIndex < index)) break;
    store<f32>(at(distances, place), before);
    store<i32>(at(indices, place), beforeIndex);
    place--;
  }
  store<f32>(at(distances, place), distance);
  store<i32>(at(indices, place), index);
  return load<f32>(at(distances, keep - 1));
}
