import { hash32 } from "../../random.ts";
import type { Arena } from "../arena.ts";
import { chooseStops, possibleStops } from "./choose-stops.ts";
import type { ComparedRows } from "./pair-comparison.ts";

/** Tiles of a sample, fewer among wide rows: under 30 ms, for nothing is heard meanwhile. */
const MOST_TILES = 128;
const FEWEST_TILES = 16;
const SAMPLE_NUMBERS = 1 << 15;
const TILE_ROWS = 4;
const PANEL_ROWS = 8;

/**
 * The stops that cost least among a sample of tiles.
 *
 * @param limitsAt For each row the squared distance below which a pair of it matters now.
 */
export function sampleStops(
  arena: Arena,
  { panels, width, padded, count }: ComparedRows,
  limitsAt: number,
): readonly number[] {
  const numbers = arena.shorts(panels, padded * width);
  const limits = arena.ints(limitsAt, padded);
  const numberAt = (row: number, column: number) =>
    numbers[(row >> 3) * width * 8 + (column >> 1) * 16 + (row & 7) * 2 + (column & 1)] ?? 0;
  const possible = possibleStops(width);
  const turnedAway = possible.map(() => 0);
  const tiles = Math.max(FEWEST_TILES, Math.min(MOST_TILES, Math.floor(SAMPLE_NUMBERS / width)));
  const groups = Math.ceil(count / PANEL_ROWS);
  for (let tile = 0; tile < tiles; tile++) {
    const row = (hash32(2 * tile) % (2 * groups)) * TILE_ROWS;
    const panel = (hash32(2 * tile + 1) % groups) * PANEL_ROWS;
    const distances = new Float64Array(TILE_ROWS * PANEL_ROWS);
    const stop = possible.findIndex((to, which) => !isAnyNear(row, panel, possible[which - 1] ?? 0, to, distances));
    if (stop >= 0) turnedAway[stop] = (turnedAway[stop] ?? 0) + 1;
  }
  return chooseStops(possible, turnedAway, tiles);

  /** Add columns `from` to `to - 1` to a tile's distances; is any of them below its limit still? */
  function isAnyNear(row: number, panel: number, from: number, to: number, distances: Float64Array): boolean {
    let isNear = false;
    for (let pair = 0; pair < distances.length; pair++) {
      const one = row + Math.floor(pair / PANEL_ROWS);
      const other = panel + (pair % PANEL_ROWS);
      let distance = distances[pair] ?? 0;
      for (let column = from; column < to; column++) distance += (numberAt(one, column) - numberAt(other, column)) ** 2;
      distances[pair] = distance;
      if (distance < Math.max(limits[one] ?? 0, limits[other] ?? 0)) isNear = true;
    }
    return isNear;
  }
}
