// Candidates for the nearest neighbours among quantised rows, named by their places in the order of the search.
import { at, atRow } from "./memory";
import { distanceIn, fillTile, halveLimits, nearMask, restAt, stripAt, TILE_BYTES } from "./tiles";

/**
 * `count` packed rows, from place `from` on, against the panels of places `panelFrom` to `panelTo - 1` (multiples of
 * 8). Every pair is met once, the panel's place being the greater, and offered to the lists of both. `limits` holds
 * for each place what a further candidate must be below; see `fillTile` for stops and halves.
 */
export function compareQuantised(
  packed: usize, from: i32, count: i32, panels: usize, panelFrom: i32, panelTo: i32, width: i32,
  stops: usize, stopCount: i32, halves: usize, lengths: usize, padded: i32, places: i32, keep: i32, distances: usize, candidates: usize, limits: usize, tile: usize,
): void {
  const table = (<usize>padded) << 2;
  const halfLimits = tile + TILE_BYTES;
  const first = load<i32>(stops);
  for (let group = panelFrom; group < panelTo; group += 8) {
    const panel = panels + (((<usize>group) * (<usize>width)) << 1);
    const panelLengths = at(lengths, group);
    const panelLimits = at(limits, group);
    for (let s = 0; s < count; s += 4) {
      const place = from + s;
      if (place >= group + 7) break;
      const rowLengths = at(lengths, place);
      const rowLimits = at(limits, place);
      const rows = stripAt(packed, s, first);
      halveLimits(rowLimits, panelLimits, halfLimits);
      if (
        !fillTile(
          tile, rows, restAt(packed, s, first, width, count), panel, stops, stopCount, at(halves, place), table, at(halves, group), table,
          halfLimits,
        )
      )
        continue;
      for (let r = 0; r < 4; r++) {
        const own = place + r;
        let near = nearMask(tile, r, rowLengths, panelLengths, rowLimits, panelLimits);
        while (near) {
          const c = ctz(near);
          near &= near - 1;
          const other = group + c;
          if (other <= own || other >= places) continue;
          const distance = distanceIn(tile, r, c, rowLengths, panelLengths);
          offerTo(own, other, distance, keep, distances, candidates, limits);
          offerTo(other, own, distance, keep, distances, candidates, limits);
        }
      }
    }
  }
}

/** Offer the candidates of other lists of the same `count` places, -1 being none, to these. */
export function uniteLists(
  otherDistances: usize, otherCandidates: usize, count: i32, keep: i32,
  distances: usize, candidates: usize, limits: usize,
): void {
  for (let place = 0; place < count; place++)
    for (let c = 0; c < keep; c++) {
      const candidate = load<i32>(at(atRow(otherCandidates, place, keep), c));
      if (candidate < 0) break;
      const distance = load<i32>(at(atRow(otherDistances, place, keep), c));
      offerTo(place, candidate, distance, keep, distances, candidates, limits);
    }
}

/** Put a candidate into a list, nearest first, unless the list's limit says no. */
@inline
function offerTo(
  to: i32, candidate: i32, distance: i32, keep: i32, distances: usize, candidates: usize, limits: usize,
): void {
  if (distance >= load<i32>(at(limits, to))) return;
  const near = atRow(distances, to, keep);
  const named = atRow(candidates, to, keep);
  let place = keep - 1;
  while (place > 0) {
    const before = load<i32>(at(near, place - 1));
    if (before <= distance) break;
    store<i32>(at(near, place), before);
    store<i32>(at(named, place), load<i32>(at(named, place - 1)));
    place--;
  }
  store<i32>(at(near, place), distance);
  store<i32>(at(named, place), candidate);
  store<i32>(at(limits, to), min<i32>(load<i32>(at(limits, to)), load<i32>(at(near, keep - 1))));
}
