/**
 * Add the ranks of a column's values to the sums, doubles, of their groups. Equal values share the mean of their places, 1
 * the least.
 *
 * @param order Places in `values` by ascending value, `count` of them.
 * @param groups The group of each place.
 * @returns The sum of t³ - t over the runs of t equal values.
 */
export function sumRanks(values: usize, order: usize, count: i32, groups: usize, sums: usize): f64 {
  let ties: f64 = 0;
  let from = 0;
  while (from < count) {
    const value = valueAt(values, order, from);
    let to = from + 1;
    while (to < count && valueAt(values, order, to) == value) to++;
    const tied = <f64>(to - from);
    ties += tied * tied * tied - tied;
    const rank = <f64>(from + to + 1) * 0.5;
    for (; from < to; from++) {
      const group = load<u32>(groups + ((<usize>load<u32>(order + ((<usize>from) << 2))) << 2));
      const sum = sums + ((<usize>group) << 3);
      store<f64>(sum, load<f64>(sum) + rank);
    }
  }
  return ties;
}

@inline
function valueAt(values: usize, order: usize, place: i32): f32 {
  return load<f32>(values + ((<usize>load<u32>(order + ((<usize>place) << 2))) << 2));
}
