// How many rearrangements of the observations' groups tell them apart as well as they are told apart: eight units at once.

const STRIP: usize = 64;

@inline
function place(index: i32): usize {
  return (<usize>index) << 3;
}

/**
 * Compare the squares between the groups. An observation is eight doubles, one a unit, with the mean of all 0; `listed`
 * holds the addresses of the observations of all groups but the last, arrangement after arrangement. A unit's count, a
 * double, goes up where its sum of squares reaches its bound.
 *
 * @param sizes How many observations each group but the last has, `others` of them.
 * @param shares One by the size of each group, the last one's last.
 */
export function compareBetween(
  values: usize, listed: usize, arrangements: i32, sizes: usize, others: i32, shares: usize,
  bounds: usize, counts: usize,
): void {
  const one = f64x2.splat(1);
  for (let arrangement = 0; arrangement < arrangements; arrangement++) {
    let between0 = f64x2.splat(0), between1 = between0, between2 = between0, between3 = between0;
    let all0 = between0, all1 = between0, all2 = between0, all3 = between0;
    for (let group = 0; group < others; group++) {
      let sum0 = f64x2.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
      for (let left = load<i32>(sizes + ((<usize>group) << 2)); left > 0; left--) {
        const from = values + <usize>load<u32>(listed);
        sum0 = f64x2.add(sum0, v128.load(from));
        sum1 = f64x2.add(sum1, v128.load(from, 16));
        sum2 = f64x2.add(sum2, v128.load(from, 32));
        sum3 = f64x2.add(sum3, v128.load(from, 48));
        listed += 4;
      }
      const share = v128.load64_splat(shares + place(group));
      between0 = f64x2.add(between0, f64x2.mul(f64x2.mul(sum0, sum0), share));
      between1 = f64x2.add(between1, f64x2.mul(f64x2.mul(sum1, sum1), share));
      between2 = f64x2.add(between2, f64x2.mul(f64x2.mul(sum2, sum2), share));
      between3 = f64x2.add(between3, f64x2.mul(f64x2.mul(sum3, sum3), share));
      all0 = f64x2.add(all0, sum0);
      all1 = f64x2.add(all1, sum1);
      all2 = f64x2.add(all2, sum2);
      all3 = f64x2.add(all3, sum3);
    }
    // The last group has what the others lack to the sum of all, which is 0.
    const share = v128.load64_splat(shares + place(others));
    between0 = f64x2.add(between0, f64x2.mul(f64x2.mul(all0, all0), share));
    between1 = f64x2.add(between1, f64x2.mul(f64x2.mul(all1, all1), share));
    between2 = f64x2.add(between2, f64x2.mul(f64x2.mul(all2, all2), share));
    between3 = f64x2.add(between3, f64x2.mul(f64x2.mul(all3, all3), share));
    countReached(counts, bounds, between0, one);
    countReached(counts + 16, bounds + 16, between1, one);
    countReached(counts + 32, bounds + 32, between2, one);
    countReached(counts + 48, bounds + 48, between3, one);
  }
}

@inline
function countReached(counts: usize, bounds: usize, reached: v128, one: v128): void {
  const isReached = f64x2.ge(reached, v128.load(bounds));
  v128.store(counts, f64x2.add(v128.load(counts), v128.and(isReached, one)));
}

/**
 * The same with Welch's F, which takes the last group as it takes the others: `listed` holds all observations.
 *
 * Of equal values in a group F is what it comes to as that group's variance goes to 0, groups of equal values alike: with
 * two groups still Welch's t squared, infinite where two such groups differ.
 *
 * @param sizes How many observations each of the `groups` has; two at least.
 * @param scratch Room for 4 doubles a group.
 */
export function compareWelch(
  values: usize, listed: usize, arrangements: i32, sizes: usize, groups: i32, bounds: usize, counts: usize,
  scratch: usize,
): void {
  const one = f64x2.splat(1), zero = f64x2.splat(0);
  for (let arrangement = 0; arrangement < arrangements; arrangement++) {
    const start = listed;
    for (let lane: usize = 0; lane < STRIP; lane += 16) {
      listed = start;
      let weights = zero, weighted = zero;
      // Of groups of equal values: how many observations they have, the value of the first, whether another has another.
      let flatSizes = zero, flatMean = zero, isApart = zero;
      for (let group = 0; group < groups; group++) {
        const size = load<i32>(sizes + ((<usize>group) << 2));
        const sizeOf = f64x2.splat(<f64>size);
        // Distances from the group's first value: of equal values they are exactly 0.
        const first = v128.load(values + <usize>load<u32>(listed) + lane);
        let sum = zero, square = zero;
        for (let left = size; left > 0; left--) {
          const distance = f64x2.sub(v128.load(values + <usize>load<u32>(listed) + lane), first);
          sum = f64x2.add(sum, distance);
          square = f64x2.add(square, f64x2.mul(distance, distance));
          listed += 4;
        }
        const shift = f64x2.div(sum, sizeOf);
        const mean = f64x2.add(first, shift);
        const isFlat = f64x2.eq(square, zero);
        const within = f64x2.sub(square, f64x2.mul(sum, shift));
        const weight = v128.andnot(f64x2.div(f64x2.splat(<f64>size * <f64>(size - 1)), within), isFlat);
        weights = f64x2.add(weights, weight);
        weighted = f64x2.add(weighted, f64x2.mul(weight, mean));
        flatMean = v128.bitselect(mean, flatMean, v128.and(isFlat, f64x2.eq(flatSizes, zero)));
        flatSizes = f64x2.add(flatSizes, v128.and(isFlat, sizeOf));
        isApart = v128.or(isApart, v128.and(isFlat, f64x2.ne(mean, flatMean)));
        v128.store(scratch + (<usize>group << 5), mean);
        v128.store(scratch + (<usize>group << 5), weight, 16);
      }
      const hasFlat = f64x2.gt(flatSizes, zero);
      const grand = v128.bitselect(flatMean, f64x2.div(weighted, weights), hasFlat);
      let spread = zero, unsure = zero;
      for (let group = 0; group < groups; group++) {
        const size = <f64>load<i32>(sizes + ((<usize>group) << 2));
        const mean = f64x2.sub(v128.load(scratch + (<usize>group << 5)), grand);
        const weight = v128.load(scratch + (<usize>group << 5), 16);
        spread = f64x2.add(spread, f64x2.mul(weight, f64x2.mul(mean, mean)));
        const isFlat = f64x2.eq(weight, zero);
        const ofFlat = v128.and(isFlat, f64x2.div(f64x2.splat(size), flatSizes));
        const share = v128.bitselect(ofFlat, f64x2.div(weight, weights), hasFlat);
        const rest = f64x2.sub(one, share);
        unsure = f64x2.add(unsure, f64x2.div(f64x2.mul(rest, rest), f64x2.splat(size - 1)));
      }
      const between = <f64>(groups - 1);
      const factor = f64x2.splat((2 * <f64>(groups - 2)) / (<f64>groups * <f64>groups - 1));
      const correction = f64x2.add(one, f64x2.mul(factor, unsure));
      const f = f64x2.div(spread, f64x2.mul(correction, f64x2.splat(between)));
      const isReached = v128.or(isApart, f64x2.ge(f, v128.load(bounds + lane)));
      v128.store(counts + lane, f64x2.add(v128.load(counts + lane), v128.and(isReached, one)));
    }
  }
}
