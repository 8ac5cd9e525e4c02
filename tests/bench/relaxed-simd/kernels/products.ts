// The products of tiles of rows by whole numbers of 16 bits, and by whole numbers of 7 bits with relaxed SIMD, whose
// sums of two products are exact where one factor is at least 0. Both loops are bound by the multiplier.

/** 64 strips of four rows against 64 panels of eight. */
export function multiply16(strips: usize, panels: usize, columns: i32): i32 {
  const strip = (<usize>columns) << 3, panel = (<usize>columns) << 4;
  let all = i32x4.splat(0);
  for (let g: usize = 0; g < 64; g++)
    for (let s: usize = 0; s < 64; s++) {
      let a = strips + s * strip, b = panels + g * panel;
      const end = a + strip;
      let c00 = i32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
      while (a < end) {
        const b0 = v128.load(b), b1 = v128.load(b, 16);
        let x = v128.load32_splat(a);
        c00 = i32x4.add(c00, i32x4.dot_i16x8_s(x, b0));
        c01 = i32x4.add(c01, i32x4.dot_i16x8_s(x, b1));
        x = v128.load32_splat(a, 4);
        c10 = i32x4.add(c10, i32x4.dot_i16x8_s(x, b0));
        c11 = i32x4.add(c11, i32x4.dot_i16x8_s(x, b1));
        x = v128.load32_splat(a, 8);
        c20 = i32x4.add(c20, i32x4.dot_i16x8_s(x, b0));
        c21 = i32x4.add(c21, i32x4.dot_i16x8_s(x, b1));
        x = v128.load32_splat(a, 12);
        c30 = i32x4.add(c30, i32x4.dot_i16x8_s(x, b0));
        c31 = i32x4.add(c31, i32x4.dot_i16x8_s(x, b1));
        a += 16;
        b += 32;
      }
      all = v128.xor(all, v128.xor(v128.xor(c00, c01), v128.xor(c10, c11)));
      all = v128.xor(all, v128.xor(v128.xor(c20, c21), v128.xor(c30, c31)));
    }
  return i32x4.bitmask(all);
}

/** 64 strips of four rows against 32 panels of sixteen; sums modulo 2^16. */
export function multiply7(strips: usize, panels: usize, columns: i32): i32 {
  const strip = (<usize>columns) << 2, panel = (<usize>columns) << 4;
  let all = i32x4.splat(0);
  for (let g: usize = 0; g < 32; g++)
    for (let s: usize = 0; s < 64; s++) {
      let a = strips + s * strip, b = panels + g * panel;
      const end = a + strip;
      let c00 = i32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
      while (a < end) {
        const b0 = v128.load(b), b1 = v128.load(b, 16);
        let x = v128.load16_splat(a);
        c00 = i16x8.add(c00, v128.relaxed_dot<i16>(x, b0));
        c01 = i16x8.add(c01, v128.relaxed_dot<i16>(x, b1));
        x = v128.load16_splat(a, 2);
        c10 = i16x8.add(c10, v128.relaxed_dot<i16>(x, b0));
        c11 = i16x8.add(c11, v128.relaxed_dot<i16>(x, b1));
        x = v128.load16_splat(a, 4);
        c20 = i16x8.add(c20, v128.relaxed_dot<i16>(x, b0));
        c21 = i16x8.add(c21, v128.relaxed_dot<i16>(x, b1));
        x = v128.load16_splat(a, 6);
        c30 = i16x8.add(c30, v128.relaxed_dot<i16>(x, b0));
        c31 = i16x8.add(c31, v128.relaxed_dot<i16>(x, b1));
        a += 8;
        b += 32;
      }
      all = v128.xor(all, v128.xor(v128.xor(c00, c01), v128.xor(c10, c11)));
      all = v128.xor(all, v128.xor(v128.xor(c20, c21), v128.xor(c30, c31)));
    }
  return i32x4.bitmask(all);
}
