// The answers while they are made: for every row its `k` nearest in double precision, nearest first, equals by row
// number. An empty place is at infinity.
import { at, atRow } from "./memory";

@inline
function distanceAt(distances: usize, row: i32, k: i32): usize {
  return distances + (((<usize>row) * (<usize>k)) << 3);
}

export function emptyList(distances: usize, nearest: usize, row: i32, k: i32): void {
  const from = distanceAt(distances, row, k);
  for (let c = 0; c < k; c++) {
    store<f64>(from + ((<usize>c) << 3), Infinity);
    store<i32>(at(atRow(nearest, row, k), c), i32.MAX_VALUE);
  }
}

/** The distance of the last one: what is farther has no place. */
@inline
export function farthestKept(distances: usize, row: i32, k: i32): f64 {
  return load<f64>(distanceAt(distances, row, k) + ((<usize>(k - 1)) << 3));
}

export function offer(distances: usize, nearest: usize, row: i32, k: i32, distance: f64, id: i32): void {
  const to = distanceAt(distances, row, k);
  const ids = atRow(nearest, row, k);
  let place = k - 1;
  const last = load<f64>(to + ((<usize>place) << 3));
  if (distance > last || (distance == last && id > load<i32>(at(ids, place)))) return;
  for (; place > 0; place--) {
    const before = load<f64>(to + ((<usize>(place - 1)) << 3));
    const beforeId = load<i32>(at(ids, place - 1));
    if (before < distance || (before == distance && beforeId < id)) break;
    store<f64>(to + ((<usize>place) << 3), before);
    store<i32>(at(ids, place), beforeId);
  }
  store<f64>(to + ((<usize>place) << 3), distance);
  store<i32>(at(ids, place), id);
}
