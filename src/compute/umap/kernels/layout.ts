// The layout, by gather: each row reads where all rows were before this round and writes its own new place, so rows may
// be done in any order and by anybody. Every SIMD lane is a row. A row's coordinates lie together: x, y, or x, y, z and
// a number that is not used.
import { at } from "./memory";

/** Rows done together: their due entries are listed first, then rows with equally many share a vector. */
const BLOCK: i32 = 256;
const BUCKETS: i32 = 64;
/** What `listBlock` writes of a block: where each row's list begins, how long it is, and the rows by that. */
const LISTS_BYTES: usize = 3 * 256 * 4;

// Engines build a vector constant anew at each use; a load is one instruction. Places in the table, 16 bytes each.
const LOG0 = 0, LOG1 = 1, LOG2 = 2, LOG3 = 3, LOG4 = 4, EXPONENT = 5, MANTISSA = 6, ONE = 7;
const EXP0 = 8, EXP1 = 9, EXP2 = 10, EXP3 = 11, ROUNDER = 12, LOWEST = 13, HIGHEST = 14;
const PULL = 15, PUSH = 16, SOFTEN = 17, LEAST = 18, CLIP_LOW = 19, CLIP_HIGH = 20;
const HASH1 = 21, HASH2 = 22, WEYL = 23, ROWS = 24;
/** After the constants: for each set of due lanes, the byte order that moves them to the front. */
const PACKS: usize = 25 * 16;

@inline
function get(table: usize, place: i32): v128 {
  return v128.load(table + ((<usize>place) << 4));
}

@inline
function put(table: usize, place: i32, value: v128): void {
  v128.store(table + ((<usize>place) << 4), value);
}

/**
 * Fill the table (656 bytes) that `settleFlat` and `settleSolid` read, for the curve 1 / (1 + a d^2b).
 * `logA` is the base-2 logarithm of a.
 */
export function prepareLayout(table: usize, logA: f32, b: f32, repulsion: f32, rows: i32): void {
  // log2 on [1, 2] to 1.2e-4, exact at both ends, times b; 2^x on [-1/2, 1/2] to 7.5e-5, each the least possible maximum.
  put(table, LOG0, f32x4.splat(b * (<f32>-2.51983466 - 127) + logA));
  put(table, LOG1, f32x4.splat(b * <f32>4.08639926));
  put(table, LOG2, f32x4.splat(b * <f32>-2.13415258));
  put(table, LOG3, f32x4.splat(b * <f32>0.64972015));
  put(table, LOG4, f32x4.splat(b * <f32>-0.08213217));
  put(table, EXPONENT, f32x4.splat(b));
  put(table, MANTISSA, i32x4.splat(0x7fffff));
  put(table, ONE, f32x4.splat(1));
  put(table, EXP0, f32x4.splat(<f32>0.99992809));
  put(table, EXP1, f32x4.splat(<f32>0.69326115));
  put(table, EXP2, f32x4.splat(<f32>0.24261111));
  put(table, EXP3, f32x4.splat(<f32>0.05517107));
  // 1.5 * 2^23: adding it rounds to a whole number, which then stands in the lowest bits.
  put(table, ROUNDER, f32x4.splat(12582912));
  put(table, LOWEST, f32x4.splat(-120));
  put(table, HIGHEST, f32x4.splat(120));
  put(table, PULL, f32x4.splat(-2 * b));
  put(table, PUSH, f32x4.splat(2 * repulsion * b));
  put(table, SOFTEN, f32x4.splat(<f32>0.001));
  put(table, LEAST, f32x4.splat(<f32>1e-20));
  put(table, CLIP_LOW, f32x4.splat(-4));
  put(table, CLIP_HIGH, f32x4.splat(4));
  // Multipliers of "lowbias32" (Chris Wellons, public domain) and the golden ratio's step.
  put(table, HASH1, i32x4.splat(0x7feb352d));
  put(table, HASH2, i32x4.splat(0x846ca68b));
  put(table, WEYL, i32x4.splat(0x9e3779b9));
  put(table, ROWS, i32x4.splat(rows));
  for (let due = 0; due < 16; due++) {
    const order = table + PACKS + ((<usize>due) << 4);
    v128.store(order, i32x4.splat(-1));
    let place: usize = 0;
    for (let lane = 0; lane < 4; lane++) {
      if (((due >> lane) & 1) == 0) continue;
      for (let byte = 0; byte < 4; byte++) store<u8>(order + place++, <u8>(lane * 4 + byte));
    }
  }
}

/** a (d^2)^b from the squared distance, relative error below 2e-4. */
@inline
function curve(squared: v128, table: usize): v128 {
  const mantissa = v128.or(v128.and(squared, get(table, MANTISSA)), get(table, ONE));
  let p = f32x4.add(f32x4.mul(get(table, LOG4), mantissa), get(table, LOG3));
  p = f32x4.add(f32x4.mul(p, mantissa), get(table, LOG2));
  p = f32x4.add(f32x4.mul(p, mantissa), get(table, LOG1));
  p = f32x4.add(f32x4.mul(p, mantissa), get(table, LOG0));
  let power = f32x4.add(p, f32x4.mul(get(table, EXPONENT), f32x4.convert_i32x4_s(i32x4.shr_u(squared, 23))));
  power = f32x4.pmin(get(table, HIGHEST), f32x4.pmax(get(table, LOWEST), power));
  const rounded = f32x4.add(power, get(table, ROUNDER));
  const rest = f32x4.sub(power, f32x4.sub(rounded, get(table, ROUNDER)));
  p = f32x4.add(f32x4.mul(get(table, EXP3), rest), get(table, EXP2));
  p = f32x4.add(f32x4.mul(p, rest), get(table, EXP1));
  p = f32x4.add(f32x4.mul(p, rest), get(table, EXP0));
  return i32x4.add(p, i32x4.shl(rounded, 23));
}

@inline
function scramble(x: v128, table: usize): v128 {
  let h = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), get(table, HASH1));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), get(table, HASH2));
  return h;
}

@inline
function clip(v: v128, table: usize): v128 {
  return f32x4.pmin(get(table, CLIP_HIGH), f32x4.pmax(get(table, CLIP_LOW), v));
}

/** x and y of the rows at two addresses. */
@inline
function pair(a: usize, b: usize): v128 {
  return v128.load64_lane(b, v128.load64_zero(a), 1);
}

/** z of the rows at four addresses. */
@inline
function gatherZ(a: usize, b: usize, c: usize, d: usize): v128 {
  let v = v128.load32_zero(a + 8);
  v = v128.load32_lane(b + 8, v, 1);
  v = v128.load32_lane(c + 8, v, 2);
  return v128.load32_lane(d + 8, v, 3);
}

/** Eight bytes a row, or sixteen. */
@inline
function shiftOf(solid: bool): usize {
  return solid ? 4 : 3;
}

/**
 * An entry with share s of the strongest weight is due in round r where floor(s r) and floor(s (r + 1)) differ.
 * Write where the targets of a block's due entries stand, row after row, to `due`, and to `lists` for each row where
 * its own begin, how many they are, and the rows by that number.
 * The entries of a row are padded to a multiple of 4 with share 0.
 *
 * @returns Where the next block's list may begin.
 */
@inline
function listBlock(
  solid: bool, before: usize, starts: usize, columns: usize, shares: usize, first: i32, size: i32,
  round: i32, table: usize, due: usize, lists: usize, buckets: usize,
): usize {
  const counts = lists + BLOCK * 4;
  const order = counts + BLOCK * 4;
  const now = f32x4.splat(<f32>round);
  const next = f32x4.splat(<f32>(round + 1));
  const origin = i32x4.splat(<i32>before);
  const shift = <i32>shiftOf(solid);
  memory.fill(buckets, 0, (BUCKETS + 2) * 4);
  let place = due;
  let end = load<i32>(at(starts, first));
  for (let i = 0; i < size; i++) {
    const list = place;
    const begin = end;
    end = load<i32>(at(starts, first + i + 1));
    for (let e = begin; e < end; e += 4) {
      const share = v128.load(at(shares, e));
      const set = i32x4.bitmask(f32x4.ne(f32x4.floor(f32x4.mul(share, next)), f32x4.floor(f32x4.mul(share, now))));
      const packed = i8x16.swizzle(v128.load(at(columns, e)), v128.load(table + PACKS + ((<usize>set) << 4)));
      v128.store(place, i32x4.add(i32x4.shl(packed, shift), origin));
      place += (<usize>popcnt(set)) << 2;
    }
    const count = <i32>((place - list) >> 2);
    store<u32>(at(lists, i), <u32>list);
    store<i32>(at(counts, i), count);
    const bucket = at(buckets, min<i32>(count, BUCKETS) + 1);
    store<i32>(bucket, load<i32>(bucket) + 1);
  }
  for (let c = 1; c <= BUCKETS + 1; c++)
    store<i32>(at(buckets, c), load<i32>(at(buckets, c)) + load<i32>(at(buckets, c - 1)));
  for (let i = 0; i < size; i++) {
    const bucket = at(buckets, min<i32>(load<i32>(at(counts, i)), BUCKETS));
    const slot = load<i32>(bucket);
    store<i32>(bucket, slot + 1);
    store<i32>(at(order, slot), i);
  }
  return place;
}

/** What a row's chances are drawn by: its number or, where rows come and go, a name of its own. */
@inline
function identity(named: bool, names: usize, first: i32, i: i32): i32 {
  return named ? load<i32>(at(names, i)) : first + i;
}

/**
 * Each due entry moves the row towards its target once and away from `negatives` random rows, as in umap-learn, but all
 * from where the row stood when the entry came up and from where the others stood before the round. `lists` is what
 * `listBlock` wrote.
 */
@inline
function moveBlock(
  solid: bool, before: usize, after: usize, first: i32, size: i32, rate: f32, negatives: i32, seed: i32,
  table: usize, lists: usize, named: bool, names: usize,
): void {
  const counted = lists + BLOCK * 4;
  const order = counted + BLOCK * 4;
  const step = f32x4.splat(rate);
  const seeds = i32x4.splat(seed);
  const shift = shiftOf(solid);
  const bytes = i32x4.shl(get(table, ROWS), <i32>shift);
  const whole = i32x4.splat(-1 << <i32>shift);
  const origin = i32x4.splat(<i32>before);
  for (let o = 0; o < size; o += 4) {
    // The last vector repeats its last row: the same result is written twice.
    const i0 = load<i32>(at(order, o));
    const i1 = load<i32>(at(order, min<i32>(o + 1, size - 1)));
    const i2 = load<i32>(at(order, min<i32>(o + 2, size - 1)));
    const i3 = load<i32>(at(order, min<i32>(o + 3, size - 1)));
    const n0 = load<i32>(at(counted, i0)), n1 = load<i32>(at(counted, i1));
    const n2 = load<i32>(at(counted, i2)), n3 = load<i32>(at(counted, i3));
    const most = max<i32>(max<i32>(n0, n1), max<i32>(n2, n3));
    let counts = i32x4.splat(n0);
    counts = i32x4.replace_lane(counts, 1, n1);
    counts = i32x4.replace_lane(counts, 2, n2);
    counts = i32x4.replace_lane(counts, 3, n3);
    let ids = i32x4.splat(identity(named, names, first, i0));
    ids = i32x4.replace_lane(ids, 1, identity(named, names, first, i1));
    ids = i32x4.replace_lane(ids, 2, identity(named, names, first, i2));
    ids = i32x4.replace_lane(ids, 3, identity(named, names, first, i3));
    // A vector is read past a row's own list while others of it go on.
    let l0 = <usize>load<u32>(at(lists, i0)), l1 = <usize>load<u32>(at(lists, i1));
    let l2 = <usize>load<u32>(at(lists, i2)), l3 = <usize>load<u32>(at(lists, i3));
    const p0 = (<usize>(first + i0)) << shift, p1 = (<usize>(first + i1)) << shift;
    const p2 = (<usize>(first + i2)) << shift, p3 = (<usize>(first + i3)) << shift;
    let u = pair(before + p0, before + p1), v = pair(before + p2, before + p3);
    let x = v128.shuffle<f32>(u, v, 0, 2, 4, 6);
    let y = v128.shuffle<f32>(u, v, 1, 3, 5, 7);
    let z = solid ? gatherZ(before + p0, before + p1, before + p2, before + p3) : f32x4.splat(0);
    let counter = scramble(v128.xor(i32x4.mul(ids, get(table, WEYL)), seeds), table);
    for (let t = 0; t < most; t++) {
      const j0 = <usize>load<u32>(l0), j1 = <usize>load<u32>(l1);
      const j2 = <usize>load<u32>(l2), j3 = <usize>load<u32>(l3);
      l0 += 4;
      l1 += 4;
      l2 += 4;
      l3 += 4;
      u = pair(j0, j1);
      v = pair(j2, j3);
      let dx = f32x4.sub(x, v128.shuffle<f32>(u, v, 0, 2, 4, 6));
      let dy = f32x4.sub(y, v128.shuffle<f32>(u, v, 1, 3, 5, 7));
      let dz = solid ? f32x4.sub(z, gatherZ(j0, j1, j2, j3)) : f32x4.splat(0);
      let squared = f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), get(table, LEAST));
      if (solid) squared = f32x4.add(squared, f32x4.mul(dz, dz));
      let power = curve(squared, table);
      let force = f32x4.div(
        f32x4.mul(get(table, PULL), power),
        f32x4.mul(squared, f32x4.add(power, get(table, ONE))),
      );
      let moveX = clip(f32x4.mul(force, dx), table);
      let moveY = clip(f32x4.mul(force, dy), table);
      let moveZ = solid ? clip(f32x4.mul(force, dz), table) : f32x4.splat(0);
      for (let q = 0; q < negatives; q++) {
        counter = i32x4.add(counter, get(table, WEYL));
        // The high half of hash * rows is a row number; of hash * bytes, its place once the lowest bits are cleared.
        const hash = scramble(counter, table);
        const low = i64x2.extmul_low_i32x4_u(hash, bytes);
        const high = i64x2.extmul_high_i32x4_u(hash, bytes);
        const places = i32x4.add(v128.and(v128.shuffle<i32>(low, high, 1, 3, 5, 7), whole), origin);
        const r0 = <usize>i32x4.extract_lane(places, 0), r1 = <usize>i32x4.extract_lane(places, 1);
        const r2 = <usize>i32x4.extract_lane(places, 2), r3 = <usize>i32x4.extract_lane(places, 3);
        u = pair(r0, r1);
        v = pair(r2, r3);
        dx = f32x4.sub(x, v128.shuffle<f32>(u, v, 0, 2, 4, 6));
        dy = f32x4.sub(y, v128.shuffle<f32>(u, v, 1, 3, 5, 7));
        if (solid) dz = f32x4.sub(z, gatherZ(r0, r1, r2, r3));
        squared = f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), get(table, LEAST));
        if (solid) squared = f32x4.add(squared, f32x4.mul(dz, dz));
        power = curve(squared, table);
        force = f32x4.div(
          get(table, PUSH),
          f32x4.mul(f32x4.add(get(table, SOFTEN), squared), f32x4.add(power, get(table, ONE))),
        );
        moveX = f32x4.add(moveX, clip(f32x4.mul(force, dx), table));
        moveY = f32x4.add(moveY, clip(f32x4.mul(force, dy), table));
        if (solid) moveZ = f32x4.add(moveZ, clip(f32x4.mul(force, dz), table));
      }
      const live = i32x4.gt_s(counts, i32x4.splat(t));
      x = f32x4.add(x, v128.and(f32x4.mul(step, moveX), live));
      y = f32x4.add(y, v128.and(f32x4.mul(step, moveY), live));
      if (solid) z = f32x4.add(z, v128.and(f32x4.mul(step, moveZ), live));
    }
    u = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
    v = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
    v128.store64_lane(after + p3, v, 1);
    v128.store64_lane(after + p2, v, 0);
    v128.store64_lane(after + p1, u, 1);
    v128.store64_lane(after + p0, u, 0);
    if (solid) {
      v128.store32_lane(after + 8 + p3, z, 3);
      v128.store32_lane(after + 8 + p2, z, 2);
      v128.store32_lane(after + 8 + p1, z, 1);
      v128.store32_lane(after + 8 + p0, z, 0);
    }
  }
}

/** One round, block after block; `scratch` has 4,096 bytes, `due` room for a block's entries. */
@inline
function settle(
  solid: bool, before: usize, after: usize, starts: usize, columns: usize, shares: usize, from: i32,
  to: i32, round: i32, rate: f32, negatives: i32, seed: i32, table: usize, due: usize, scratch: usize,
  named: bool, names: usize,
): void {
  for (let first = from; first < to; first += BLOCK) {
    const size = min<i32>(to - first, BLOCK);
    listBlock(
      solid, before, starts, columns, shares, first, size, round, table, due, scratch, scratch + LISTS_BYTES,
    );
    const own = names + ((<usize>(first - from)) << 2);
    moveBlock(solid, before, after, first, size, rate, negatives, seed, table, scratch, named, own);
  }
}

/** One round in two dimensions for rows `from` to `to - 1`; see `moveBlock`. */
export function settleFlat(
  before: usize, after: usize, starts: usize, columns: usize, shares: usize, from: i32, to: i32,
  round: i32, rate: f32, negatives: i32, seed: i32, table: usize, due: usize, scratch: usize,
): void {
  settle(
    false, before, after, starts, columns, shares, from, to,
    round, rate, negatives, seed, table, due, scratch, false, 0,
  );
}

/** One round in three dimensions for rows `from` to `to - 1`; see `moveBlock`. */
export function settleSolid(
  before: usize, after: usize, starts: usize, columns: usize, shares: usize, from: i32, to: i32,
  round: i32, rate: f32, negatives: i32, seed: i32, table: usize, due: usize, scratch: usize,
): void {
  settle(
    true, before, after, starts, columns, shares, from, to,
    round, rate, negatives, seed, table, due, scratch, false, 0,
  );
}

/** `settleFlat` for rows whose chances are drawn by `names`, a number a row: the same in whatever company they are. */
export function settleNamedFlat(
  before: usize, after: usize, starts: usize, columns: usize, shares: usize, from: i32, to: i32,
  round: i32, rate: f32, negatives: i32, seed: i32, table: usize, due: usize, scratch: usize, names: usize,
): void {
  settle(
    false, before, after, starts, columns, shares, from, to,
    round, rate, negatives, seed, table, due, scratch, true, names,
  );
}

/** The same in three dimensions. */
export function settleNamedSolid(
  before: usize, after: usize, starts: usize, columns: usize, shares: usize, from: i32, to: i32,
  round: i32, rate: f32, negatives: i32, seed: i32, table: usize, due: usize, scratch: usize, names: usize,
): void {
  settle(
    true, before, after, starts, columns, shares, from, to,
    round, rate, negatives, seed, table, due, scratch, true, names,
  );
}

/**
 * The half of a round that needs no places: the due entries of rows `from` to `to - 1`, 12 bytes a row in `lists`,
 * blocks rounded up. `due` has room for all entries; it holds addresses, so the places must lie at `before` when
 * `moveListed` reads them.
 */
export function listDue(
  solid: bool, before: usize, starts: usize, columns: usize, shares: usize, from: i32, to: i32,
  round: i32, table: usize, due: usize, lists: usize, scratch: usize,
): void {
  let place = due;
  let own = lists;
  for (let first = from; first < to; first += BLOCK) {
    const size = min<i32>(to - first, BLOCK);
    place = listBlock(solid, before, starts, columns, shares, first, size, round, table, place, own, scratch);
    own += LISTS_BYTES;
  }
}

/** The other half, in two dimensions; see `moveBlock`. */
export function moveListedFlat(
  before: usize, after: usize, from: i32, to: i32, rate: f32, negatives: i32, seed: i32, table: usize, lists: usize,
): void {
  let own = lists;
  for (let first = from; first < to; first += BLOCK) {
    moveBlock(
      false, before, after, first, min<i32>(to - first, BLOCK), rate, negatives, seed, table, own, false, 0,
    );
    own += LISTS_BYTES;
  }
}

/** The other half, in three dimensions; see `moveBlock`. */
export function moveListedSolid(
  before: usize, after: usize, from: i32, to: i32, rate: f32, negatives: i32, seed: i32, table: usize, lists: usize,
): void {
  let own = lists;
  for (let first = from; first < to; first += BLOCK) {
    moveBlock(
      true, before, after, first, min<i32>(to - first, BLOCK), rate, negatives, seed, table, own, false, 0,
    );
    own += LISTS_BYTES;
  }
}
