// Approximate neighbours: lists of the best so far (`keep` a row, sorted; ids and single-precision distances), filled by
// random projection trees and refined by NN-descent. An id is marked FRESH until its row has been compared with the
// other candidates of its list. Random numbers come from counters, and no list or table depends on the order in which
// things are offered to it: the GPU offers them in another one (webgpu/descent) and gets the same bits.
import { MANHATTAN, measure } from "./measure";
import { at, atRow, sumLanes } from "./memory";
import { emptyList, offer } from "./nearest-lists";

const FRESH: i32 = i32.MIN_VALUE;
const ID: i32 = i32.MAX_VALUE;
const EMPTY: i32 = i32.MAX_VALUE;
/** Pairs of rows tried for a plane that does not leave nearly all rows on one side. */
const TRIES = 3;
/** A side with less than this share of the rows is too small. */
const LEAST_SIDE = 16;
/** Rows drawn by chance beside as many as a list has places: some are there already. */
const SPARE_DRAWS = 32;
/** A candidate's place without a candidate. */
const NO_LOT: u32 = u32.MAX_VALUE;

/** "lowbias32" (Chris Wellons, public domain). */
@inline
function mix(x: u32): u32 {
  let h = (x ^ (x >> 16)) * 0x7feb352d;
  h = (h ^ (h >> 15)) * 0x846ca68b;
  return h ^ (h >> 16);
}

/** The x that `mix` has made this of. */
@inline
function unmix(h: u32): u32 {
  let x = (h ^ (h >> 16)) * 0x43021123;
  x = (x ^ (x >> 15) ^ (x >> 30)) * 0x1d69e2a5;
  return x ^ (x >> 16);
}

@inline
function distanceOf(rows: usize, width: i32, a: i32, b: i32, metric: i32): f32 {
  const x = atRow(rows, a, width);
  const y = atRow(rows, b, width);
  const length = (<usize>width) << 2;
  let sum = f32x4.splat(0);
  if (metric == MANHATTAN) {
    for (let t: usize = 0; t < length; t += 16)
      sum = f32x4.add(sum, f32x4.abs(f32x4.sub(v128.load(x + t), v128.load(y + t))));
    return sumLanes(sum);
  }
  for (let t: usize = 0; t < length; t += 16) {
    const difference = f32x4.sub(v128.load(x + t), v128.load(y + t));
    sum = f32x4.add(sum, f32x4.mul(difference, difference));
  }
  return sumLanes(sum);
}

/** Put a row into a list, nearest first and equals by row number, unless it is there already or too far. */
@inline
function put(distances: usize, ids: usize, keep: i32, row: i32, other: i32, distance: f32): void {
  const own = atRow(distances, row, keep);
  const list = atRow(ids, row, keep);
  const last = load<f32>(at(own, keep - 1));
  if (distance > last || (distance == last && other >= (load<i32>(at(list, keep - 1)) & ID))) return;
  let place = keep - 1;
  for (; place > 0; place--) {
    const before = load<f32>(at(own, place - 1));
    if (before < distance) break;
    if (before > distance) continue;
    const id = load<i32>(at(list, place - 1)) & ID;
    if (id == other) return;
    if (id < other) break;
  }
  for (let p = keep - 1; p > place; p--) {
    store<f32>(at(own, p), load<f32>(at(own, p - 1)));
    store<i32>(at(list, p), load<i32>(at(list, p - 1)));
  }
  store<f32>(at(own, place), distance);
  store<i32>(at(list, place), other | FRESH);
}

@inline
function putBoth(rows: usize, width: i32, metric: i32, distances: usize, ids: usize, keep: i32, a: i32, b: i32): void {
  const distance = distanceOf(rows, width, a, b, metric);
  put(distances, ids, keep, a, b, distance);
  put(distances, ids, keep, b, a, distance);
}

/**
 * Order places `from` to `to - 1` by the side of a plane half way between two of their rows, otherwise as they were.
 * `plane` holds two rows, `aside` as many numbers as there are places.
 *
 * @returns The first place of the far side.
 */
function split(
  rows: usize, width: i32, order: usize, from: i32, to: i32, seed: u32, plane: usize, aside: usize,
): i32 {
  const size = to - from;
  const length = (<usize>width) << 2;
  const middle = plane + length;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const lot = mix(seed ^ mix(<u32>(from * TRIES + attempt)) ^ mix(~(<u32>to)));
    const first = <i32>(lot % <u32>size);
    const second = (first + 1 + <i32>(mix(lot) % <u32>(size - 1))) % size;
    const x = atRow(rows, load<i32>(at(order, from + first)), width);
    const y = atRow(rows, load<i32>(at(order, from + second)), width);
    for (let t: usize = 0; t < length; t += 16) {
      const a = v128.load(x + t);
      const b = v128.load(y + t);
      v128.store(plane + t, f32x4.sub(a, b));
      v128.store(middle + t, f32x4.mul(f32x4.splat(0.5), f32x4.add(a, b)));
    }
    let low = from;
    let far = 0;
    for (let place = from; place < to; place++) {
      const id = load<i32>(at(order, place));
      const row = atRow(rows, id, width);
      let sum = f32x4.splat(0);
      for (let t: usize = 0; t < length; t += 16)
        sum = f32x4.add(
          sum,
          f32x4.mul(v128.load(plane + t), f32x4.sub(v128.load(row + t), v128.load(middle + t))),
        );
      const side = sumLanes(sum);
      // Rows on the plane, such as all of many equal ones, are shared out.
      if (side > 0 || (side == 0 && mix(<u32>id ^ lot) & 1)) store<i32>(at(order, low++), id);
      else store<i32>(at(aside, far++), id);
    }
    memory.copy(at(order, low), aside, (<usize>far) << 2);
    if (min<i32>(low - from, far) * LEAST_SIDE >= size) return low;
  }
  return from + (size >> 1);
}

/**
 * Grow a random projection tree (Dasgupta and Freund 2008) and compare all rows of each leaf. `stack` holds `depth`
 * pairs of places, the parts of `order` still to do; about `budget` rows are looked at.
 *
 * @returns The new depth; 0 when the tree is done.
 */
export function growTree(
  rows: usize, width: i32, metric: i32, order: usize, stack: usize, depth: i32, leaf: i32, seed: u32, plane: usize,
  aside: usize, distances: usize, ids: usize, keep: i32, budget: i32,
): i32 {
  while (depth > 0 && budget > 0) {
    depth--;
    const from = load<i32>(at(stack, 2 * depth));
    const to = load<i32>(at(stack, 2 * depth + 1));
    budget -= to - from;
    if (to - from <= leaf) {
      budget -= ((to - from) * leaf) >> 1;
      for (let i = from; i < to; i++)
        for (let j = i + 1; j < to; j++)
          putBoth(rows, width, metric, distances, ids, keep, load<i32>(at(order, i)), load<i32>(at(order, j)));
      continue;
    }
    const middle = split(rows, width, order, from, to, seed, plane, aside);
    // The larger part lies deeper: the stack needs no more places than the rows have doublings.
    const isFirstLarger = middle - from > to - middle;
    store<i32>(at(stack, 2 * depth), isFirstLarger ? from : middle);
    store<i32>(at(stack, 2 * depth + 1), isFirstLarger ? middle : to);
    depth++;
    store<i32>(at(stack, 2 * depth), isFirstLarger ? middle : from);
    store<i32>(at(stack, 2 * depth + 1), isFirstLarger ? to : middle);
    depth++;
  }
  return depth;
}

/** Offer rows drawn by chance to those of rows `from` to `to - 1` whose lists are not full. */
export function fillLists(
  rows: usize, width: i32, metric: i32, all: i32, from: i32, to: i32, seed: u32, distances: usize, ids: usize, keep: i32,
): void {
  for (let row = from; row < to; row++) {
    if (load<i32>(at(atRow(ids, row, keep), keep - 1)) != EMPTY) continue;
    let lot = mix(seed ^ mix(<u32>row));
    for (let t = 0; t < keep + SPARE_DRAWS; t++) {
      lot = mix(lot + 0x9e3779b9);
      const other = <i32>(lot % <u32>all);
      if (other != row) put(distances, ids, keep, row, other, distanceOf(rows, width, row, other, metric));
    }
  }
}

/** What the lots of a row's candidates are drawn with. */
@inline
function drawOf(seed: u32, row: i32): u32 {
  return mix(seed ^ mix(<u32>row));
}

/** Every candidate draws a lot, which says its place too; of those for one place the least lot keeps it. */
@inline
function offerLot(table: usize, most: i32, row: i32, draw: u32, other: i32): void {
  const lot = mix(draw ^ <u32>other);
  const place = at(atRow(table, row, most), <i32>(lot % <u32>most));
  if (lot < load<u32>(place)) store<u32>(place, lot);
}

/** Offer each neighbour of rows `from` to `to - 1` to its row, and the row to its neighbour: fresh ones and old ones. */
export function chooseCandidates(
  ids: usize, keep: i32, from: i32, to: i32, most: i32, fresh: usize, old: usize, seed: u32,
): void {
  for (let row = from; row < to; row++) {
    const draw = drawOf(seed, row);
    for (let p = 0; p < keep; p++) {
      const id = load<i32>(at(atRow(ids, row, keep), p));
      if (id == EMPTY) break;
      const other = id & ID;
      const table = id < 0 ? fresh : old;
      offerLot(table, most, row, draw, other);
      offerLot(table, most, other, drawOf(seed, other), row);
    }
  }
}

/** From lots to the rows that drew them, side by side; EMPTY after the last. */
@inline
function nameCandidates(table: usize, most: i32, row: i32, draw: u32): void {
  const own = atRow(table, row, most);
  let count = 0;
  for (let p = 0; p < most; p++) {
    const lot = load<u32>(at(own, p));
    if (lot != NO_LOT) store<u32>(at(own, count++), unmix(lot) ^ draw);
  }
  if (count < most) store<i32>(at(own, count), EMPTY);
}

/** Neighbours that were chosen are fresh no longer; candidates stand in the tables by row number from here on. */
export function takeCandidates(
  ids: usize, keep: i32, from: i32, to: i32, most: i32, fresh: usize, old: usize, seed: u32,
): void {
  for (let row = from; row < to; row++) {
    const own = atRow(fresh, row, most);
    const draw = drawOf(seed, row);
    for (let p = 0; p < keep; p++) {
      const place = at(atRow(ids, row, keep), p);
      const id = load<i32>(place);
      if (id >= 0) continue;
      const lot = mix(draw ^ <u32>(id & ID));
      if (load<u32>(at(own, <i32>(lot % <u32>most))) == lot) store<i32>(place, id & ID);
    }
    nameCandidates(fresh, most, row, draw);
    nameCandidates(old, most, row, draw);
  }
}

/** How many neighbours in the lists of rows `from` to `to - 1` have not been candidates yet. */
export function countFresh(ids: usize, keep: i32, from: i32, to: i32): i32 {
  const end = atRow(ids, to, keep);
  let count = 0;
  for (let place = atRow(ids, from, keep); place < end; place += 4) if (load<i32>(place) < 0) count++;
  return count;
}

/** Mark every neighbour of rows `from` to `to - 1` fresh again, for rounds with more candidates. */
export function freshenLists(ids: usize, keep: i32, from: i32, to: i32): void {
  const end = atRow(ids, to, keep);
  for (let place = atRow(ids, from, keep); place < end; place += 4)
    if (load<i32>(place) != EMPTY) store<i32>(place, load<i32>(place) | FRESH);
}

/**
 * The local join of NN-descent (Dong, Charikar, Li 2011): the candidates of one row are compared with each other, fresh
 * ones with all, old ones with the fresh only. Rows come in the order of a tree, so that they share what is in the cache.
 */
export function joinCandidates(
  rows: usize, width: i32, metric: i32, order: usize, from: i32, to: i32, most: i32, fresh: usize, old: usize,
  distances: usize, ids: usize, keep: i32,
): void {
  for (let place = from; place < to; place++) {
    const row = load<i32>(at(order, place));
    const news = atRow(fresh, row, most);
    const olds = atRow(old, row, most);
    for (let i = 0; i < most; i++) {
      const a = load<i32>(at(news, i));
      if (a == EMPTY) break;
      for (let j = i + 1; j < most; j++) {
        const b = load<i32>(at(news, j));
        if (b == EMPTY) break;
        putBoth(rows, width, metric, distances, ids, keep, a, b);
      }
      for (let j = 0; j < most; j++) {
        const b = load<i32>(at(olds, j));
        if (b == EMPTY) break;
        if (a != b) putBoth(rows, width, metric, distances, ids, keep, a, b);
      }
    }
  }
}

/** Measure the lists of rows `from` to `to - 1` in double precision and keep the `k` nearest, equals by row number. */
export function rankLists(
  rows: usize, width: i32, metric: i32, from: i32, to: i32, ids: usize, keep: i32, k: i32, exact: usize, nearest: usize,
): void {
  for (let row = from; row < to; row++) {
    emptyList(exact, nearest, row, k);
    for (let p = 0; p < keep; p++) {
      const id = load<i32>(at(atRow(ids, row, keep), p));
      if (id == EMPTY) break;
      const other = id & ID;
      const distance = measure(atRow(rows, row, width), atRow(rows, other, width), width, metric);
      offer(exact, nearest, row, k, distance, other);
    }
  }
}
