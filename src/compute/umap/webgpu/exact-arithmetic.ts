/**
 * WGSL for single precision with the same bits on every GPU, and the same as the CPU's. WebGPU rounds sums and products
 * as IEEE 754 does, but lets drivers fuse a product with the sum after it or put sums in another order, and lets a
 * quotient be 2.5 units off (WGSL, "Floating point accuracy", "Reassociation and fusion").
 *
 * It matters because a layout is chaotic: one coordinate of one row of scikit-learn's digits off by its last bit, and
 * after 500 rounds the map lies 0.33 away (Procrustes), as true to the data as before but another one.
 *
 * `keep(x)` is x, out of the compiler's sight: write `keep(a * b) + c` and `keep(a + b) + c`.
 * `divide(a, b)` is a / b, rounded to the nearest; for results that are zero, subnormal or infinite as the driver has it.
 *
 * @param zero A WGSL expression for a `u32` that is 0, which the compiler must not know: a field of a uniform.
 */
export function exactArithmetic(zero: string): string {
  return `
fn keep(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ ${zero}); }

fn divide(a: f32, b: f32) -> f32 {
  let bitsOfA = bitcast<u32>(a);
  let bitsOfB = bitcast<u32>(b);
  let exponentOfA = i32((bitsOfA >> 23u) & 0xffu);
  let exponentOfB = i32((bitsOfB >> 23u) & 0xffu);
  // Both as whole numbers of 24 bits, and so the quotient: a * 2^shift = quotient * b + rest.
  let wholeA = (bitsOfA & 0x7fffffu) | 0x800000u;
  let wholeB = (bitsOfB & 0x7fffffu) | 0x800000u;
  let shift = select(24u, 23u, wholeA >= wholeB);
  let exponent = exponentOfA - exponentOfB + 150 - i32(shift);
  if (exponentOfA == 0 || exponentOfB == 0 || exponent < 1 || exponent > 254) { return a / b; }
  var quotient = u32(f32(wholeA) / f32(wholeB) * f32(1u << shift));
  // Exact although it wraps: what is left is small.
  var rest = bitcast<i32>((wholeA << shift) - quotient * wholeB);
  let signedB = bitcast<i32>(wholeB);
  let off = i32(round(f32(rest) / f32(wholeB)));
  quotient += bitcast<u32>(off);
  rest -= off * signedB;
  if (2 * rest > signedB) { quotient++; }
  if (2 * rest < -signedB) { quotient--; }
  let sign = (bitsOfA ^ bitsOfB) & 0x80000000u;
  return bitcast<f32>(sign | ((bitcast<u32>(exponent) << 23u) + (quotient - 0x800000u)));
}`;
}
