import type { Pace } from "../../runtime/pace.ts";

const DIGIT = 16;
const DIGITS_OF_DOUBLE = 4;

/**
 * The places of numbers from 0 up in the order of their values; equal ones stay in the order of their places. A radix sort over
 * the four 16-bit digits of their bits, which for such numbers lie in the order of their values.
 *
 * @param costs - None below 0, none that is no number.
 * @throws ComputeError "cancelled".
 */
export async function orderByCost(costs: Float64Array<ArrayBuffer>, pace: Pace): Promise<Int32Array<ArrayBuffer>> {
  const digits = new Uint16Array(costs.buffer, costs.byteOffset, costs.length * DIGITS_OF_DOUBLE);
  const next = new Int32Array(1 << DIGIT);
  let order: Int32Array<ArrayBuffer> = new Int32Array(costs.length);
  for (let place = 0; place < order.length; place++) order[place] = place;
  let spare: Int32Array<ArrayBuffer> = new Int32Array(costs.length);
  for (let digit = 0; digit < DIGITS_OF_DOUBLE; digit++) {
    await pace.check();
    startsOf(digits, digit, next);
    for (let place = 0; place < order.length; place++) {
      const index = order[place] ?? 0;
      const bucket = digits[index * DIGITS_OF_DOUBLE + digit] ?? 0;
      const to = next[bucket] ?? 0;
      spare[to] = index;
      next[bucket] = to + 1;
    }
    [order, spare] = [spare, order];
  }
  return order;
}

/** Where each value of a digit begins when all are sorted by it. */
function startsOf(digits: Uint16Array, digit: number, starts: Int32Array): void {
  starts.fill(0);
  for (let place = digit; place < digits.length; place += DIGITS_OF_DOUBLE) {
    const bucket = digits[place] ?? 0;
    starts[bucket] = (starts[bucket] ?? 0) + 1;
  }
  let start = 0;
  for (let bucket = 0; bucket < starts.length; bucket++) {
    const count = starts[bucket] ?? 0;
    starts[bucket] = start;
    start += count;
  }
}
