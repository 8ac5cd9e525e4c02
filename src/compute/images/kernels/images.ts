// Area averaging of 8-bit pictures, the twin of area-sums.ts: whole-number sums, one division, the same bits.
export { readFrame, readScan } from "./jpeg";
export { convertYuv } from "./yuv";

/** The overlaps of target pixels along one axis, as footprints.ts lays them out: three arrays of 4-byte numbers. */
@inline
function entry(table: usize, index: i32): i32 {
  return load<i32>(table + ((<usize>index) << 2));
}

/** What pixels are opaque by: the highest byte of four. */
const OPAQUE: i32 = 0xff000000;

/**
 * Shrink an opaque picture. `line` has room for `width * channels` 4-byte numbers and 16 more; `source` is followed by 16
 * bytes that may be read. Sums must stay below 2^32: at most 16 million pixels.
 */
export function shrinkOpaque(
  source: usize, width: i32, height: i32, channels: i32, toWidth: i32, toHeight: i32,
  acrossFirst: usize, acrossStarts: usize, acrossWeights: usize,
  downFirst: usize, downStarts: usize, downWeights: usize,
  line: usize, target: usize,
): void {
  const length = width * channels;
  const area = f64x2.splat(<f64>width * <f64>height);
  for (let row = 0; row < toHeight; row++) {
    sumDown(
      source + <usize>entry(downFirst, row) * <usize>length, length,
      downWeights + ((<usize>entry(downStarts, row)) << 2), entry(downStarts, row + 1) - entry(downStarts, row), line,
    );
    for (let column = 0; column < toWidth; column++) {
      const start = entry(acrossStarts, column);
      const end = entry(acrossStarts, column + 1);
      let from = line + ((<usize>(entry(acrossFirst, column) * channels)) << 2);
      let sums = i32x4.splat(0);
      for (let place = start; place < end; place++) {
        const values = channels === 1 ? v128.load32_splat(from) : v128.load(from);
        sums = i32x4.add(sums, i32x4.mul(values, i32x4.splat(entry(acrossWeights, place))));
        from += (<usize>channels) << 2;
      }
      store<i32>(target, roundedColors(sums, area) | OPAQUE);
      target += 4;
    }
  }
}

/** Rows of bytes, each times its weight, summed into `line`; 16 columns at a time, what is too many comes to lie behind. */
@inline
function sumDown(source: usize, length: i32, weights: usize, count: i32, line: usize): void {
  for (let i = 0; i < length; i += 16) {
    let from = source + <usize>i;
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let c = i32x4.splat(0);
    let d = i32x4.splat(0);
    for (let row = 0; row < count; row++) {
      const weight = i16x8.splat(<i16>entry(weights, row));
      const bytes = v128.load(from);
      const low = i16x8.extend_low_i8x16_u(bytes);
      const high = i16x8.extend_high_i8x16_u(bytes);
      a = i32x4.add(a, i32x4.extmul_low_i16x8_u(low, weight));
      b = i32x4.add(b, i32x4.extmul_high_i16x8_u(low, weight));
      c = i32x4.add(c, i32x4.extmul_low_i16x8_u(high, weight));
      d = i32x4.add(d, i32x4.extmul_high_i16x8_u(high, weight));
      from += <usize>length;
    }
    const to = line + ((<usize>i) << 2);
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}

/** Four sums as shares of the area, halves up, in the bytes of a number. */
@inline
function roundedColors(sums: v128, area: v128): i32 {
  const half = f64x2.splat(0.5);
  const low = f64x2.floor(f64x2.add(f64x2.div(f64x2.convert_low_i32x4_u(sums), area), half));
  const upper = i32x4.shuffle(sums, sums, 2, 3, 2, 3);
  const high = f64x2.floor(f64x2.add(f64x2.div(f64x2.convert_low_i32x4_u(upper), area), half));
  const first = i32x4.trunc_sat_f64x2_u_zero(low);
  const second = i32x4.trunc_sat_f64x2_u_zero(high);
  return (
    i32x4.extract_lane(first, 0) | (i32x4.extract_lane(first, 1) << 8) | (i32x4.extract_lane(second, 0) << 16)
  );
}

/** Red-green-blue to red-green-blue-opacity; 16 bytes behind either may be read and written. */
export function spreadColors(source: usize, count: i32, target: usize): void {
  const opaque = i32x4.splat(OPAQUE);
  for (let pixel = 0; pixel < count; pixel += 4) {
    const colors = v128.load(source);
    const spread = i8x16.shuffle(colors, colors, 0, 1, 2, 0, 3, 4, 5, 0, 6, 7, 8, 0, 9, 10, 11, 0);
    v128.store(target, v128.or(spread, opaque));
    source += 12;
    target += 16;
  }
}
