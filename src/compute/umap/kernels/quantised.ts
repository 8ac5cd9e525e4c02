// Candidates for the nearest neighbours among quantised rows, named by their places in the order of the search.
import { at, atRow } from "./memory";
import { distanceIn, fillTile, nearMask } from "./tiles";

/**
 * `count` packed rows, from place `from` on, against the panels of places `panelFrom` to `panelTo - 1` (multiples of
 * 8). Every pair is met once, the panel's place being the greater, and offered to the lists of both. `limits` holds
 * for each place what a further candidate must be below.
 */
export function compareQuantised(
  packed: usize, from: i32, count: i32, panels: usize, panelFrom: i32, panelTo: i32, width: i32, first: i32, second: i32,
  lengths: usize, padded: i32, places: i32, keep: i32, distances: usize, candidates: usize, limits: usize, tile: usize,
): void {
  const table = (<usize>padded) << 2;
  const stride = (<usize>width) << 1;
  for (let group = panelFrom; group < panelTo; group += 8) {
    const panel = panels + (<usize>group) * stride;
    const panelLengths = at(lengths, group);
    const panelLimits = at(limits, group);
    let limits0 = v128.load(panelLimits);
    let limits1 = v128.load(panelLimits, 16);
    for (let s = 0; s < count; s += 4) {
      const place = from + s;
      if (place >= group + 7) break;
      const rowLengths = at(lengths, place);
      const rowLimits = at(limits, place);
      const rows = packed + (<usize>s) * stride;
      if (
        !fillTile(
          tile, rows, panel, width, first, second, rowLengths, table, panelLengths, table, rowLimits, limits0, limits1,
        )
      )
        continue;
      const lastLengths = rowLengths + 2 * table;
      const lastPanelLengths = panelLengths + 2 * table;
      for (let r = 0; r < 4; r++) {
        const own = place + r;
        let near = nearMask(tile, r, lastLengths, lastPanelLengths, rowLimits, limits0, limits1);
        while (near) {
          const c = ctz(near);
          near &= near - 1;
          const other = group + c;
          if (other <= own || other >= places) continue;
          const distance = distanceIn(tile, r, c, lastLengths, lastPanelLengths);
          offerTo(own, other, distance, keep, distances, candidates, limits);
          offerTo(other, own, distance, keep, distances, candidates, limits);
        }
      }
      limits0 = v128.load(panelLimits);
      limits1 = v128.load(panelLimits, 16);
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
