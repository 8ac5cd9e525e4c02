// A radix sort of single-precision values, by eleven bits a pass.

const RADIX: i32 = 2048;
const BITS: i32 = 11;
/** All ones: infinite, or not a number. */
const EXPONENT: i32 = 0x7f800000;

@inline
function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

/** Unsigned numbers in the order of the values: a negative value's bits turned round, a positive one's above them. */
@inline
function keyOf(bits: i32): u32 {
  return <u32>(bits ^ ((bits >> 31) | 0x80000000));
}

@inline
function take(starts: usize, digit: u32): i32 {
  const start = starts + ((<usize>digit) << 2);
  const place = load<i32>(start);
  store<i32>(start, place + 1);
  return place;
}

/** Counts become the places where each digit starts. */
function addUp(counts: usize): void {
  let sum = 0;
  for (let digit = 0; digit < RADIX; digit++) {
    const count = load<i32>(at(counts, digit));
    store<i32>(at(counts, digit), sum);
    sum += count;
  }
}

@inline
function count(counts: usize, digit: u32): void {
  const slot = counts + ((<usize>digit) << 2);
  store<i32>(slot, load<i32>(slot) + 1);
}

/**
 * `order` gets the places of the finite ones among `size` values, least value first, equal ones by place (but -0 before
 * 0); `ranks` the place of each in `order`, -1 for those that are not finite. `keys`, `moreKeys` and `between` have room
 * for `size` numbers, `counts` for 3 × 2048.
 *
 * @returns How many are finite.
 */
export function sortValues(
  values: usize, size: i32, order: usize, ranks: usize, keys: usize, moreKeys: usize, between: usize, counts: usize,
): i32 {
  const low = counts, middle = at(counts, RADIX), high = at(counts, 2 * RADIX);
  memory.fill(counts, 0, (3 * RADIX) << 2);
  let finite = 0;
  for (let place = 0; place < size; place++) {
    const bits = load<i32>(at(values, place));
    if ((bits & EXPONENT) == EXPONENT) continue;
    const key = keyOf(bits);
    count(low, key & (RADIX - 1));
    count(middle, (key >> BITS) & (RADIX - 1));
    count(high, key >> (2 * BITS));
    finite++;
  }
  addUp(low);
  addUp(middle);
  addUp(high);
  for (let place = 0; place < size; place++) {
    const bits = load<i32>(at(values, place));
    if ((bits & EXPONENT) == EXPONENT) continue;
    const key = keyOf(bits);
    const target = take(low, key & (RADIX - 1));
    store<i32>(at(keys, target), key);
    store<i32>(at(order, target), place);
  }
  for (let place = 0; place < finite; place++) {
    const key = load<u32>(at(keys, place));
    const target = take(middle, (key >> BITS) & (RADIX - 1));
    store<i32>(at(moreKeys, target), key);
    store<i32>(at(between, target), load<i32>(at(order, place)));
  }
  memory.fill(ranks, 0xff, (<usize>size) << 2);
  for (let place = 0; place < finite; place++) {
    const target = take(high, load<u32>(at(moreKeys, place)) >> (2 * BITS));
    const own = load<i32>(at(between, place));
    store<i32>(at(order, target), own);
    store<i32>(at(ranks, own), target);
  }
  return finite;
}
