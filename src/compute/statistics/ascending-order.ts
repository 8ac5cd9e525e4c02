const DIGIT_BITS = 11;
const DIGITS = 3;
const RADIX = 1 << DIGIT_BITS;

/**
 * The places of the finite values, least value first, equal ones by place; what is not finite is left out. A radix sort
 * of the numbers' bits: three passes for any number of values.
 */
export function ascendingOrder(values: Float32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  let order = new Int32Array(values.length);
  let keys = new Uint32Array(values.length);
  const counts = new Uint32Array(DIGITS * RADIX);
  let finite = 0;
  for (let place = 0; place < bits.length; place++) {
    const own = bits[place] ?? 0;
    if ((own & EXPONENT) === EXPONENT) continue;
    const key = keyOf(own);
    order[finite] = place;
    keys[finite++] = key;
    for (let digit = 0; digit < DIGITS; digit++) {
      const slot = digit * RADIX + digitOf(key, digit);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }
  let nextOrder = new Int32Array(finite);
  let nextKeys = new Uint32Array(finite);
  for (let digit = 0; digit < DIGITS; digit++) {
    const starts = startsOf(counts.subarray(digit * RADIX, (digit + 1) * RADIX));
    for (let place = 0; place < finite; place++) {
      const key = keys[place] ?? 0;
      const slot = digitOf(key, digit);
      const target = starts[slot] ?? 0;
      starts[slot] = target + 1;
      nextKeys[target] = key;
      nextOrder[target] = order[place] ?? 0;
    }
    [order, nextOrder] = [nextOrder, order];
    [keys, nextKeys] = [nextKeys, keys];
  }
  return order.length === finite ? order : order.slice(0, finite);
}

/** All ones: infinite, or not a number. */
const EXPONENT = 0x7f800000;

/** Unsigned numbers in the order of the values: a negative value's bits turned round, a positive one's above them. */
const keyOf = (bits: number) => (bits < 0 ? ~bits : bits | 0x80000000) >>> 0;

const digitOf = (key: number, digit: number) => (key >>> (digit * DIGIT_BITS)) & (RADIX - 1);

function startsOf(counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(counts.length);
  for (let slot = 1; slot < counts.length; slot++) starts[slot] = (starts[slot - 1] ?? 0) + (counts[slot - 1] ?? 0);
  return starts;
}
