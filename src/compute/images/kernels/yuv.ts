// Red, green and blue of a JPEG's planes, the twin of rgb-of-yuv.ts: libjpeg's whole numbers, the same bits.

// 16-bit fixed point: 1.402, 1.772, -0.34414 and -0.71414 times 65536, rounded.
const RED_BY_V: i32 = 91881;
const BLUE_BY_U: i32 = 116130;
const GREEN_BY_U: i32 = -22554;
const GREEN_BY_V: i32 = -46802;
const HALF: i32 = 32768;

/**
 * All rows of a picture. Places of the planes are addresses. `sums` has room for `columns + 2` 2-byte numbers and 32 bytes
 * more, the lines for `2 * columns` bytes and 32 more; 16 bytes behind the planes may be read and 32 behind the target
 * written.
 */
export function convertYuv(
  bright: usize, brightStride: i32, u: usize, uStride: i32, v: usize, vStride: i32,
  width: i32, height: i32, isHalved: i32, sums: usize, lineU: usize, lineV: usize, target: usize,
): void {
  const columns = (width + 1) >> 1;
  const rows = (height + 1) >> 1;
  for (let row = 0; row < height; row++) {
    const y = bright + <usize>(row * brightStride);
    const to = target + <usize>(3 * row * width);
    if (isHalved) {
      interpolate(u, uStride, row, rows, columns, sums, lineU);
      interpolate(v, vStride, row, rows, columns, sums, lineV);
      convertRow(y, lineU, lineV, width, to);
    } else convertRow(y, u + <usize>(row * uStride), v + <usize>(row * vStride), width, to);
  }
}

/** One row of colour at full size: 3/4 of the stored row that it lies in and 1/4 of the nearer neighbour, along rows alike. */
@inline
function interpolate(plane: usize, stride: i32, row: i32, rows: i32, columns: i32, sums: usize, line: usize): void {
  const place = row >> 1;
  const other = min(rows - 1, max(0, row & 1 ? place + 1 : place - 1));
  const near = plane + <usize>(place * stride);
  const far = plane + <usize>(other * stride);
  const three = i16x8.splat(3);
  // The first of the sums is that of the column before the first, the last that of the one behind the last.
  const first = sums + 2;
  for (let column = 0; column < columns; column += 8) {
    const here = v128.load8x8_u(near + <usize>column);
    const there = v128.load8x8_u(far + <usize>column);
    v128.store(first + <usize>(2 * column), i16x8.add(i16x8.mul(here, three), there));
  }
  store<u16>(sums, load<u16>(first));
  store<u16>(first + <usize>(2 * columns), load<u16>(first + <usize>(2 * columns - 2)));
  for (let column = 0; column < columns; column += 8) {
    const at = first + <usize>(2 * column);
    const here = i16x8.mul(v128.load(at), three);
    const even = i16x8.shr_u(i16x8.add(i16x8.add(here, v128.load(at - 2)), i16x8.splat(8)), 4);
    const odd = i16x8.shr_u(i16x8.add(i16x8.add(here, v128.load(at + 2)), i16x8.splat(7)), 4);
    v128.store(line + <usize>(2 * column), v128.or(even, i16x8.shl(odd, 8)));
  }
}

@inline
function convertRow(y: usize, u: usize, v: usize, width: i32, target: usize): void {
  const middle = i16x8.splat(128);
  for (let column = 0; column < width; column += 8) {
    const bright = v128.load8x8_u(y + <usize>column);
    const byU = i16x8.sub(v128.load8x8_u(u + <usize>column), middle);
    const byV = i16x8.sub(v128.load8x8_u(v + <usize>column), middle);
    const red = i16x8.add(bright, scaled(byV, RED_BY_V));
    const blue = i16x8.add(bright, scaled(byU, BLUE_BY_U));
    const green = i16x8.add(bright, mixed(byU, byV));
    const redGreen = i8x16.narrow_i16x8_u(red, green);
    const blues = i8x16.narrow_i16x8_u(blue, blue);
    v128.store(target, i8x16.shuffle(redGreen, blues, 0, 8, 16, 1, 9, 17, 2, 10, 18, 3, 11, 19, 4, 12, 20, 5));
    v128.store64_lane(
      target, i8x16.shuffle(redGreen, blues, 13, 21, 6, 14, 22, 7, 15, 23, 0, 0, 0, 0, 0, 0, 0, 0), 0, 16,
    );
    target += 24;
  }
}

@inline
function scaled(values: v128, factor: i32): v128 {
  const factors = i32x4.splat(factor);
  const half = i32x4.splat(HALF);
  const low = i32x4.add(i32x4.mul(i32x4.extend_low_i16x8_s(values), factors), half);
  const high = i32x4.add(i32x4.mul(i32x4.extend_high_i16x8_s(values), factors), half);
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, 16), i32x4.shr_s(high, 16));
}

@inline
function mixed(u: v128, v: v128): v128 {
  const byU = i32x4.splat(GREEN_BY_U);
  const byV = i32x4.splat(GREEN_BY_V);
  const half = i32x4.splat(HALF);
  const low = i32x4.add(
    i32x4.mul(i32x4.extend_low_i16x8_s(u), byU), i32x4.mul(i32x4.extend_low_i16x8_s(v), byV),
  );
  const high = i32x4.add(
    i32x4.mul(i32x4.extend_high_i16x8_s(u), byU), i32x4.mul(i32x4.extend_high_i16x8_s(v), byV),
  );
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(low, half), 16), i32x4.shr_s(i32x4.add(high, half), 16));
}
