// Approximate neighbours: lists of the best so far (`keep` a row, sorted; ids and single-precision distances), filled by
// random projection trees and refined by NN-descent. An id is marked FRESH until its row has been compared with the
// other candidates of its list. All is done in a fixed order with random numbers from counters: the same bits always.
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

/** "lowbias32" (Chris Wellons, public domain). */
@inline
function mix(x: u32): u32 {
  let h = (x ^ (x >> 16)) * 0x7feb352d;
  h = (h ^ (h >> 15)) * 0x846ca68b;
  return h ^ (h >> 16);
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

/** Put a row into a list unless it is there already (then at the same distance) or too far; says how many were put. */
@inline
function put(distances: usize, ids: usize, keep: i32, row: i32, other: i32, distance: f32): i32 {
  const own = atRow(distances, row, keep);
  if (!(distance < load<f32>(at(own, keep - 1)))) return 0;
  const list = atRow(ids, row, keep);
  let place = keep - 1;
  while (place > 0 && load<f32>(at(own, place - 1)) > distance) place--;
  for (let p = place - 1; p >= 0 && load<f32>(at(own, p)) == distance; p--)
    if ((load<i32>(at(list, p)) & ID) == other) return 0;
  for (let p = keep - 1; p > place; p--) {
    store<f32>(at(own, p), load<f32>(at(own, p - 1)));
    store<i32>(at(list, p), load<i32>(at(list, p - 1)));
  }
  store<f32>(at(own, place), distance);
  store<i32>(at(list, place), other | FRESH);
  return 1;
}

@inline
function putBoth(rows: usize, width: i32, metric: i32, distances: usize, ids: usize, keep: i32, a: i32, b: i32): i32 {
  const distance = distanceOf(rows, width, a, b, metric);
  return put(distances, ids, keep, a, b, distance) + put(distances, ids, keep, b, a, distance);
}

/** Order places `from` to `to - 1` by the side of a plane half way between two of their rows; the first of the far side. */
function split(
  rows: usize, width: i32, order: usize, from: i32, to: i32, seed: u32, normal: usize,
): i32 {
  const size = to - from;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const lot = mix(seed ^ mix(<u32>(from * TRIES + attempt)) ^ mix(~(<u32>to)));
    const first = <i32>(lot % <u32>size);
    const second = (first + 1 + <i32>(mix(lot) % <u32>(size - 1))) % size;
    const x = atRow(rows, load<i32>(at(order, from + first)), width);
    const y = atRow(rows, load<i32>(at(order, from + second)), width);
    let middle = f32x4.splat(0);
    for (let t: usize = 0; t < (<usize>width) << 2; t += 16) {
      const a = v128.load(x + t);
      const b = v128.load(y + t);
      const across = f32x4.sub(a, b);
      v128.store(normal + t, across);
      middle = f32x4.add(middle, f32x4.mul(across, f32x4.mul(f32x4.splat(0.5), f32x4.add(a, b))));
    }
    const limit = sumLanes(middle);
    let low = from;
    let high = to;
    while (low < high) {
      const id = load<i32>(at(order, low));
      const row = atRow(rows, id, width);
      let sum = f32x4.splat(0);
      for (let t: usize = 0; t < (<usize>width) << 2; t += 16)
        sum = f32x4.add(sum, f32x4.mul(v128.load(row + t), v128.load(normal + t)));
      const side = sumLanes(sum) - limit;
      // Rows on the plane, such as all of many equal ones, are shared out.
      if (side > 0 || (side == 0 && mix(<u32>id ^ lot) & 1)) low++;
      else {
        high--;
        store<i32>(at(order, low), load<i32>(at(order, high)));
        store<i32>(at(order, high), id);
      }
    }
    if (min<i32>(low - from, to - low) * LEAST_SIDE >= size) return low;
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
  rows: usize, width: i32, metric: i32, order: usize, stack: usize, depth: i32, leaf: i32, seed: u32, normal: usize,
  distances: usize, ids: usize, keep: i32, budget: i32,
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
    const middle = split(rows, width, order, from, to, seed, normal);
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

/** Fill the empty places of rows `from` to `to - 1` with rows by chance. */
export function fillLists(
  rows: usize, width: i32, metric: i32, all: i32, from: i32, to: i32, seed: u32, distances: usize, ids: usize, keep: i32,
): void {
  for (let row = from; row < to; row++) {
    let lot = mix(seed ^ mix(<u32>row));
    // A drawn row may be there already; ten times as many draws as places leave none empty but by a miracle.
    for (let t = 0; t < 10 * keep && load<i32>(at(atRow(ids, row, keep), keep - 1)) == EMPTY; t++) {
      lot = mix(lot + 0x9e3779b9);
      const other = <i32>(lot % <u32>all);
      if (other != row) put(distances, ids, keep, row, other, distanceOf(rows, width, row, other, metric));
    }
  }
}

/** Keep a uniform sample of what is offered (Vitter 1985, algorithm R); `counts` are of all offered, each once. */
@inline
function sample(table: usize, counts: usize, most: i32, row: i32, other: i32, seed: u32): void {
  const own = atRow(table, row, most);
  const count = load<i32>(at(counts, row));
  for (let p = 0; p < min<i32>(count, most); p++) if (load<i32>(at(own, p)) == other) return;
  store<i32>(at(counts, row), count + 1);
  let place = count;
  if (count >= most) place = <i32>(mix(seed ^ mix(<u32>row) ^ (<u32>count * 0x9e3779b9)) % <u32>(count + 1));
  if (place < most) store<i32>(at(own, place), other);
}

/** Offer each neighbour of rows `from` to `to - 1` to its row, and the row to its neighbour: fresh ones and old ones. */
export function chooseCandidates(
  ids: usize, keep: i32, from: i32, to: i32, most: i32, fresh: usize, freshCounts: usize, old: usize, oldCounts: usize,
  seed: u32,
): void {
  for (let row = from; row < to; row++)
    for (let p = 0; p < keep; p++) {
      const id = load<i32>(at(atRow(ids, row, keep), p));
      if (id == EMPTY) break;
      const other = id & ID;
      const table = id < 0 ? fresh : old;
      const counts = id < 0 ? freshCounts : oldCounts;
      sample(table, counts, most, row, other, seed);
      sample(table, counts, most, other, row, ~seed);
    }
}

/** Neighbours that were chosen are fresh no longer. */
export function markChosen(
  ids: usize, keep: i32, from: i32, to: i32, most: i32, fresh: usize, freshCounts: usize,
): void {
  for (let row = from; row < to; row++) {
    const own = atRow(fresh, row, most);
    const count = min<i32>(load<i32>(at(freshCounts, row)), most);
    for (let p = 0; p < keep; p++) {
      const place = at(atRow(ids, row, keep), p);
      const id = load<i32>(place);
      if (id >= 0) continue;
      for (let c = 0; c < count; c++)
        if (load<i32>(at(own, c)) == (id & ID)) {
          store<i32>(place, id & ID);
          break;
        }
    }
  }
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
 *
 * @returns How many places of lists have changed.
 */
export function joinCandidates(
  rows: usize, width: i32, metric: i32, order: usize, from: i32, to: i32, most: i32, fresh: usize, freshCounts: usize,
  old: usize, oldCounts: usize, distances: usize, ids: usize, keep: i32,
): i32 {
  let changed = 0;
  for (let place = from; place < to; place++) {
    const row = load<i32>(at(order, place));
    const news = atRow(fresh, row, most);
    const olds = atRow(old, row, most);
    const newCount = min<i32>(load<i32>(at(freshCounts, row)), most);
    const oldCount = min<i32>(load<i32>(at(oldCounts, row)), most);
    for (let i = 0; i < newCount; i++) {
      const a = load<i32>(at(news, i));
      for (let j = i + 1; j < newCount; j++) {
        const b = load<i32>(at(news, j));
        changed += putBoth(rows, width, metric, distances, ids, keep, a, b);
      }
      for (let j = 0; j < oldCount; j++) {
        const b = load<i32>(at(olds, j));
        if (a != b) changed += putBoth(rows, width, metric, distances, ids, keep, a, b);
      }
    }
  }
  return changed;
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
