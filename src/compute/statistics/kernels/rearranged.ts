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
 * @param sizes How many observations each of the `groups` has; two at least.
 * @param scratch Room for 4 doubles a group.
 */
export function compareWelch(
  values: usize, listed: usize, arrangements: i32, sizes: usize, groups: i32, bounds: usize, counts: usize,
  scratch: usize,
): void {
  const one = f64x2.splat(1);
  for (let arrangement = 0; arrangement < arrangements; arrangement++) {
    const start = listed;
    for (let lane: usize = 0; lane < STRIP; lane += 16) {
      listed = start;
      let weights = f64x2.splat(0), weighted = weights;
      for (let group = 0; group < groups; group++) {
        const size = load<i32>(sizes + ((<usize>group) << 2));
        let sum = f64x2.splat(0), square = sum;
        for (let left = size; left > 0; left--) {
          const value = v128.load(values + <usize>load<u32>(listed) + lane);
          sum = f64x2.add(sum, value);
          square = f64x2.add(square, f64x2.mul(value, value));
          listed += 4;
        }
        const mean = f64x2.div(sum, f64x2.splat(<f64>size));
        const within = f64x2.sub(square, f64x2.mul(sum, mean));
        const weight = f64x2.div(f64x2.splat(<f64>size * <f64>(size - 1)), within);
        weights = f64x2.add(weights, weight);
        weighted = f64x2.add(weighted, f64x2.mul(weight, mean));
        v128.store(scratch + (<usize>group << 5), mean);
        v128.store(scratch + (<usize>group << 5), weight, 16);
      }
      const grand = f64x2.div(weighted, weights);
      let spread = f64x2.splat(0), unsure = spread;
      for (let group = 0; group < groups; group++) {
        const mean = f64x2.sub(v128.load(scratch + (<usize>group << 5)), grand);
        const weight = v128.load(scratch + (<usize>group << 5), 16);
        spread = f64x2.add(spread, f64x2.mul(weight, f64x2.mul(mean, mean)));
        const rest = f64x2.sub(one, f64x2.div(weight, weights));
        const freedom = <f64>(load<i32>(sizes + ((<usize>group) << 2)) - 1);
        unsure = f64x2.add(unsure, f64x2.div(f64x2.mul(rest, rest), f64x2.splat(freedom)));
      }
      const between = <f64>(groups - 1);
      const factor = f64x2.splat((2 * <f64>(groups - 2)) / (<f64>groups * <f64>groups - 1));
      const correction = f64x2.add(one, f64x2.mul(factor, unsure));
      const f = f64x2.div(spread, f64x2.mul(correction, f64x2.splat(between)));
      // What is no number, of a group without variance, counts as reached: that errs on the safe side.
      const isReached = v128.not(f64x2.lt(f, v128.load(bounds + lane)));
      v128.store(counts + lane, f64x2.add(v128.load(counts + lane), v128.and(isReached, one)));
    }
  }
}
