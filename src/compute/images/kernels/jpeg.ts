// A baseline JPEG as libjpeg reads it: Huffman codes (ITU-T T.81, annex F), its accurate whole-number transform
// (jidctint.c, after Loeffler, Ligtenberg and Moschytz 1989), planes of brightness and colour; the same bits.

const WORD: usize = 4;

/** What is told of a picture, by places in the table that is handed in, 4 bytes each. */
const WIDTH: usize = 0;
const HEIGHT: usize = 1;
/** 1: colours are stored at half the width and half the height. */
const HALVED: usize = 2;
/** Units between restarts; 0: none. */
const RESTART: usize = 3;
/** Where the coded data begin and end. */
const SCAN: usize = 4;
const END: usize = 5;
/** Of each of three components, where its divisors lie and what number its two Huffman tables have. */
const DIVISORS: usize = 6;
const DC_TABLE: usize = 9;
const AC_TABLE: usize = 12;
/** Where the Huffman tables of four kinds lie: those for a block's mean 0 and 1, those for the rest 0 and 1. */
const CODES: usize = 15;

const zigzag: usize = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55,
  62, 63,
]);

@inline
function told(frame: usize, place: usize): usize {
  return <usize>load<u32>(frame + place * WORD);
}

@inline
function tell(frame: usize, place: usize, value: usize): void {
  store<u32>(frame + place * WORD, <u32>value);
}

@inline
function short(at: usize): i32 {
  return ((<i32>load<u8>(at)) << 8) | (<i32>load<u8>(at, 1));
}

/**
 * Read what comes before the coded data into `frame`, 19 words. 1 where the picture is one that `readScan` reads: baseline, 8
 * bits, brightness and two colours in one scan, these at full or half the resolution; else 0.
 */
export function readFrame(source: usize, length: i32, frame: usize): i32 {
  const end = source + <usize>length;
  const quant = memory.data(16);
  const samplings = memory.data(12);
  memory.fill(frame, 0, 19 * WORD);
  memory.fill(quant, 0, 16);
  tell(frame, END, end);
  let at = source + 2;
  let hasFrame = false;
  while (at + 4 <= end) {
    if (load<u8>(at) !== 0xff) return 0;
    const marker = <i32>load<u8>(at, 1);
    const from = at + 4;
    const next = at + 2 + <usize>short(at + 2);
    if (next > end || next < from) return 0;
    if (marker === 0xdb) {
      for (let table = from; table < next; table += 65) {
        const name = load<u8>(table);
        if (name > 3 || table + 65 > next) return 0;
        store<u32>(quant + (<usize>name) * WORD, <u32>(table + 1));
      }
    } else if (marker === 0xc4) {
      for (let table = from; table + 17 <= next; ) {
        const name = load<u8>(table);
        if ((name & 0xee) !== 0) return 0;
        tell(frame, CODES + <usize>((name >> 4) * 2 + (name & 1)), table + 1);
        let values: usize = 0;
        for (let size: usize = 1; size <= 16; size++) values += <usize>load<u8>(table + size);
        table += 17 + values;
        if (table > next) return 0;
      }
    } else if (marker === 0xdd) {
      tell(frame, RESTART, <usize>short(from));
    } else if (marker === 0xc0) {
      if (hasFrame || next - from < 15 || load<u8>(from) !== 8 || load<u8>(from, 5) !== 3) return 0;
      hasFrame = true;
      tell(frame, HEIGHT, <usize>short(from + 1));
      tell(frame, WIDTH, <usize>short(from + 3));
      for (let component: usize = 0; component < 3; component++) {
        const about = from + 6 + 3 * component;
        if (load<u8>(about) !== component + 1 || load<u8>(about, 2) > 3) return 0;
        store<u32>(samplings + component * WORD, <u32>load<u8>(about, 1));
        tell(frame, DIVISORS + component, <usize>load<u8>(about, 2));
      }
      const bright = load<u32>(samplings);
      if (load<u32>(samplings, 4) !== 0x11 || load<u32>(samplings, 8) !== 0x11) return 0;
      if (bright !== 0x22 && bright !== 0x11) return 0;
      tell(frame, HALVED, bright === 0x22 ? 1 : 0);
    } else if (marker === 0xda) {
      if (!hasFrame || next - from < 10 || load<u8>(from) !== 3) return 0;
      if (told(frame, WIDTH) === 0 || told(frame, HEIGHT) === 0) return 0;
      for (let component: usize = 0; component < 3; component++) {
        const about = from + 1 + 2 * component;
        const tables = <usize>load<u8>(about, 1);
        if (load<u8>(about) !== component + 1 || (tables & 0xee) !== 0) return 0;
        const divisors = <usize>load<u32>(quant + told(frame, DIVISORS + component) * WORD);
        tell(frame, DIVISORS + component, divisors);
        tell(frame, DC_TABLE + component, tables >> 4);
        tell(frame, AC_TABLE + component, 2 + (tables & 1));
        if (divisors === 0) return 0;
        if (told(frame, CODES + (tables >> 4)) === 0 || told(frame, CODES + 2 + (tables & 1)) === 0) return 0;
      }
      tell(frame, SCAN, next);
      return 1;
    } else if ((marker & 0xf0) === 0xc0 || marker === 0xee || marker < 0xc0) return 0;
    at = next;
  }
  return 0;
}

/** Bits that a code's first look covers. */
const LOOK: i32 = 9;
/** A table: 512 looks of 2 bytes (length, value), then for each length the code behind its last and where its values lie. */
const LIMITS: usize = 1024;
const VALUES: usize = LIMITS + 18 * WORD;
const TABLE: usize = VALUES + 18 * WORD;
const BLOCK: usize = 128;

/** The canonical codes of a table of lengths; 0 where there are more than lengths allow. */
function buildCodes(lengths: usize, table: usize): i32 {
  memory.fill(table, 0, LIMITS);
  let code = 0;
  let value = lengths + 16;
  for (let size = 1; size <= 16; size++) {
    const count = <i32>load<u8>(lengths + <usize>(size - 1));
    store<u32>(table + VALUES + (<usize>size) * WORD, <u32>(<i32>value - code));
    if (code + count > 1 << size) return 0;
    if (size <= LOOK)
      for (let each = 0; each < count; each++) {
        const look = (size << 8) | (<i32>load<u8>(value + <usize>each));
        const from = (code + each) << (LOOK - size);
        for (let place = 0; place < 1 << (LOOK - size); place++)
          store<u16>(table + ((<usize>(from + place)) << 1), <u16>look);
      }
    value += <usize>count;
    code += count;
    // Of 16 bits, so that one look at the bits that follow tells how long a code is.
    store<u32>(table + LIMITS + (<usize>size) * WORD, <u32>(code << (16 - size)));
    code <<= 1;
  }
  return 1;
}

/** The bits that follow, the next one highest, how many of them are known, and how many of these only stand for an end. */
let bits: u64 = 0;
let known: i32 = 0;
let beyond: i32 = 0;
/** The byte that is read next, and where there is none any more. */
let ahead: usize = 0;
let stop: usize = 0;

/** Know at least 32 bits more; behind a marker there are none but zeros. */
function fill(): void {
  if (ahead + 4 <= stop) {
    const word = bswap<u32>(load<u32>(ahead));
    // No byte of it is 0xff.
    if (((~word - 0x01010101) & word & 0x80808080) === 0) {
      bits |= (<u64>word) << (32 - known);
      known += 32;
      ahead += 4;
      return;
    }
  }
  while (known <= 48) {
    let byte: u64 = 0;
    if (ahead < stop && load<u8>(ahead) !== 0xff) byte = <u64>load<u8>(ahead++);
    else if (ahead + 1 < stop && load<u8>(ahead, 1) === 0) {
      byte = 0xff;
      ahead += 2;
    } else beyond += 8;
    bits |= byte << (56 - known);
    known += 8;
  }
}

@inline
function drop(count: i32): void {
  bits <<= count;
  known -= count;
}

/** The value of the next code; -1 where there is no such. */
@inline
function readCode(table: usize): i32 {
  if (known < 32) fill();
  const look = <i32>load<u16>(table + (<usize>(bits >> (64 - LOOK)) << 1));
  if (look !== 0) {
    drop(look >> 8);
    return look & 0xff;
  }
  return readLongCode(table);
}

function readLongCode(table: usize): i32 {
  const coming = <u32>(bits >> 48);
  for (let size = LOOK + 1; size <= 16; size++)
    if (coming < load<u32>(table + LIMITS + (<usize>size) * WORD)) {
      drop(size);
      return <i32>load<u8>(<usize>(load<u32>(table + VALUES + (<usize>size) * WORD) + (coming >> (16 - size))));
    }
  return -1;
}

/** So many bits as a number of either sign: the lower half of what they can say stands for negative ones. */
@inline
function readNumber(size: i32): i32 {
  const value = <i32>(bits >> <u64>(64 - size));
  drop(size);
  return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}

/** The 64 numbers of a block, times their divisors. The last one that is not 0, along the zigzag; -1 where codes are broken. */
function readBlock(block: usize, dc: usize, ac: usize, divisors: usize, mean: usize): i32 {
  memory.fill(block, 0, BLOCK);
  const size = readCode(dc);
  if (size < 0 || size > 11) return -1;
  let value = load<i32>(mean);
  if (size > 0) value += readNumber(size);
  store<i32>(mean, value);
  store<i16>(block, <i16>(value * <i32>load<u8>(divisors)));
  let end = 0;
  for (let place = 1; place < 64; place++) {
    const code = readCode(ac);
    const length = code & 15;
    if (code < 0 || length > 10) return -1;
    if (length === 0) {
      if (code !== 0xf0) break;
      place += 15;
      continue;
    }
    place += code >> 4;
    if (place > 63) return -1;
    const number = readNumber(length) * <i32>load<u8>(divisors + <usize>place);
    store<i16>(block + ((<usize>load<u8>(zigzag + <usize>place)) << 1), <i16>number);
    end = place;
  }
  return end;
}

@inline
function times(values: v128, factor: i32): v128 {
  return i32x4.mul(values, i32x4.splat(factor));
}

@inline
function plus(a: v128, b: v128): v128 {
  return i32x4.add(a, b);
}

@inline
function minus(a: v128, b: v128): v128 {
  return i32x4.sub(a, b);
}

@inline
function scaledDown(values: v128, by: i32): v128 {
  return i32x4.shr_s(plus(values, i32x4.splat(1 << (by - 1))), by);
}

/** Eight numbers along one axis, four lines at a time, stored 16 bytes apart by `step`; factors are 13-bit fixed point. */
@inline
function transform(
  a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128, by: i32, to: usize, step: usize,
): void {
  const tilted = times(plus(c, g), 4433);
  const even2 = minus(tilted, times(g, 15137));
  const even3 = plus(tilted, times(c, 6270));
  const even0 = i32x4.shl(plus(a, e), 13);
  const even1 = i32x4.shl(minus(a, e), 13);
  const sum0 = plus(even0, even3);
  const sum3 = minus(even0, even3);
  const sum1 = plus(even1, even2);
  const sum2 = minus(even1, even2);
  const both = times(plus(plus(h, d), plus(f, b)), 9633);
  const z1 = times(plus(h, b), -7373);
  const z2 = times(plus(f, d), -20995);
  const z3 = plus(times(plus(h, d), -16069), both);
  const z4 = plus(times(plus(f, b), -3196), both);
  const odd0 = plus(times(h, 2446), plus(z1, z3));
  const odd1 = plus(times(f, 16819), plus(z2, z4));
  const odd2 = plus(times(d, 25172), plus(z2, z3));
  const odd3 = plus(times(b, 12299), plus(z1, z4));
  v128.store(to, scaledDown(plus(sum0, odd3), by));
  v128.store(to + step, scaledDown(plus(sum1, odd2), by));
  v128.store(to + 2 * step, scaledDown(plus(sum2, odd1), by));
  v128.store(to + 3 * step, scaledDown(plus(sum3, odd0), by));
  v128.store(to + 4 * step, scaledDown(minus(sum3, odd0), by));
  v128.store(to + 5 * step, scaledDown(minus(sum2, odd1), by));
  v128.store(to + 6 * step, scaledDown(minus(sum1, odd2), by));
  v128.store(to + 7 * step, scaledDown(minus(sum0, odd3), by));
}

/** Four vectors at `from`, `step` apart, turned: `to` gets the four that stand across them, 16 bytes apart. */
@inline
function turn(from: usize, step: usize, to: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + step);
  const c = v128.load(from + 2 * step);
  const d = v128.load(from + 3 * step);
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(ab, cd, 0, 2));
  v128.store(to, i64x2.shuffle(ab, cd, 1, 3), 16);
  v128.store(to, i64x2.shuffle(abHigh, cdHigh, 0, 2), 32);
  v128.store(to, i64x2.shuffle(abHigh, cdHigh, 1, 3), 48);
}

/** A block's pixels. `work` has room for 512 bytes. */
function drawBlock(block: usize, work: usize, to: usize, stride: usize): void {
  // Columns, to rows of eight 4-byte numbers.
  for (let half: usize = 0; half < 2; half++) {
    const from = block + 8 * half;
    transform(
      v128.load16x4_s(from), v128.load16x4_s(from, 16), v128.load16x4_s(from, 32), v128.load16x4_s(from, 48),
      v128.load16x4_s(from, 64), v128.load16x4_s(from, 80), v128.load16x4_s(from, 96), v128.load16x4_s(from, 112),
      11, work + 16 * half, 32,
    );
  }
  const turned = work + 256;
  const middle = i16x8.splat(128);
  for (let half: usize = 0; half < 2; half++) {
    const rows = work + 128 * half;
    turn(rows, 32, turned);
    turn(rows + 16, 32, turned + 64);
    transform(
      v128.load(turned), v128.load(turned, 16), v128.load(turned, 32), v128.load(turned, 48),
      v128.load(turned, 64), v128.load(turned, 80), v128.load(turned, 96), v128.load(turned, 112),
      18, turned, 16,
    );
    turn(turned, 16, turned + 128);
    turn(turned + 64, 16, turned + 192);
    for (let row: usize = 0; row < 4; row++) {
      const left = v128.load(turned + 128 + 16 * row);
      const right = v128.load(turned + 192 + 16 * row);
      const pixels = i16x8.add_sat_s(i16x8.narrow_i32x4_s(left, right), middle);
      v128.store64_lane(to + (4 * half + row) * stride, i8x16.narrow_i16x8_u(pixels, pixels), 0);
    }
  }
}

/** A block of one colour: what `drawBlock` makes of a mean alone. */
@inline
function drawMean(block: usize, to: usize, stride: usize): void {
  const level = min(255, max(0, ((((<i32>load<i16>(block)) << 2) + 16) >> 5) + 128));
  const pixels = i8x16.splat(<i8>level);
  for (let row: usize = 0; row < 8; row++) v128.store64_lane(to + row * stride, pixels, 0);
}

/** The marker between two stretches that are coded each for itself; false where it is not there. */
function restart(count: i32, means: usize): bool {
  if (known < beyond || ahead + 2 > stop) return false;
  if (load<u8>(ahead) !== 0xff || <i32>load<u8>(ahead, 1) !== 0xd0 + (count & 7)) return false;
  ahead += 2;
  bits = 0;
  known = beyond = 0;
  memory.fill(means, 0, 12);
  return true;
}

/**
 * The pixels of a picture that `readFrame` has read. Each plane is as wide and high as its blocks; `work` has room for
 * 8 KB. 0 where codes are broken or end too early.
 */
export function readScan(frame: usize, work: usize, bright: usize, u: usize, v: usize): i32 {
  const isHalved = told(frame, HALVED) !== 0;
  const side: usize = isHalved ? 16 : 8;
  const across = (told(frame, WIDTH) + side - 1) / side;
  const down = (told(frame, HEIGHT) + side - 1) / side;
  const stride = across * side;
  const colorStride = across * 8;
  const interval = <i32>told(frame, RESTART);
  const block = work;
  const means = work + BLOCK;
  const pixels = means + 16;
  const tables = pixels + 512;
  for (let table: usize = 0; table < 4; table++) {
    const lengths = told(frame, CODES + table);
    if (lengths !== 0 && buildCodes(lengths, tables + table * TABLE) === 0) return 0;
  }
  memory.fill(means, 0, 12);
  bits = 0;
  known = beyond = 0;
  ahead = told(frame, SCAN);
  stop = told(frame, END);
  let left = interval;
  let restarts = 0;
  for (let row: usize = 0; row < down; row++)
    for (let column: usize = 0; column < across; column++) {
      if (interval > 0 && left-- === 0) {
        if (!restart(restarts++, means)) return 0;
        left = interval - 1;
      }
      const blocks = isHalved ? 6 : 3;
      for (let each = 0; each < blocks; each++) {
        const component: usize = isHalved ? <usize>max(0, each - 3) : <usize>each;
        const end = readBlock(
          block, tables + told(frame, DC_TABLE + component) * TABLE, tables + told(frame, AC_TABLE + component) * TABLE,
          told(frame, DIVISORS + component), means + component * WORD,
        );
        if (end < 0) return 0;
        const isBright = component === 0;
        const plane = isBright ? bright : component === 1 ? u : v;
        const wide = isBright ? stride : colorStride;
        const size: usize = isBright ? side : 8;
        let to = plane + row * size * wide + column * size;
        if (isBright) to += <usize>(each >> 1) * 8 * wide + <usize>(each & 1) * 8;
        if (end === 0) drawMean(block, to, wide);
        else drawBlock(block, pixels, to, wide);
      }
    }
  return known >= beyond ? 1 : 0;
}
