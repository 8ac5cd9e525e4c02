/** What asking at a stop takes, in columns of a tile: eight instructions for two of a column, and a branch to guess. */
const ASKING = 8;
/** Stops are looked for at every eighth column, and among many columns at places an eighth apart. */
const STEP = 8;

/** Counts of columns, ascending, after which a tile may ask whether it can stop; the last is all of them. */
export function possibleStops(width: number): readonly number[] {
  const stops: number[] = [];
  for (let columns = 0; columns < width; ) {
    columns = Math.min(width, columns + STEP * Math.max(1, Math.ceil(columns / STEP ** 2)));
    stops.push(columns);
  }
  return stops;
}

/**
 * The stops that cost a tile least: columns until it can stop and a question at each stop on the way (dynamic programming
 * over the last stop but one).
 *
 * @param possible As from `possibleStops`.
 * @param turnedAway How many tiles of a sample could stop at each of these and no earlier; those that never could are
 * in none.
 * @param tiles How many the sample had.
 */
export function chooseStops(
  possible: readonly number[],
  turnedAway: readonly number[],
  tiles: number,
): readonly number[] {
  /** Tiles that go on after each place, the start being the first. */
  const goingOn = [tiles];
  for (const count of turnedAway) goingOn.push((goingOn.at(-1) ?? 0) - count);
  const places = [0, ...possible];
  const costs = [0];
  const before = [0];
  for (let to = 1; to < places.length; to++) {
    let best = Number.POSITIVE_INFINITY;
    for (let from = 0; from < to; from++) {
      const columns = (places[to] ?? 0) - (places[from] ?? 0) + ASKING;
      const cost = (costs[from] ?? 0) + (goingOn[from] ?? 0) * columns;
      if (cost >= best) continue;
      best = cost;
      before[to] = from;
    }
    costs.push(best);
  }
  const stops: number[] = [];
  for (let place = places.length - 1; place > 0; place = before[place] ?? 0) stops.unshift(places[place] ?? 0);
  return stops;
}
