// Addresses of 4-byte numbers.

@inline
export function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

/** For tables that may pass 2 GiB: the product must not be taken in 32 signed bits. */
@inline
export function atRow(base: usize, row: i32, width: i32): usize {
  return base + (((<usize>row) * (<usize>width)) << 2);
}

@inline
export function sumLanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 2) + (f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 3));
}

@inline
export function sumPair(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}
