import type { Matrix } from "../../../src/compute/matrix.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import { Arena } from "../../../src/compute/umap/arena.ts";
import { possibleStops } from "../../../src/compute/umap/neighbors/choose-stops.ts";
import { exactNeighbors } from "../../../src/compute/umap/neighbors/exact-neighbors.ts";
import { planColumns, planPlaces, QuantisedRows } from "../../../src/compute/umap/neighbors/quantised-rows.ts";
import { storePoints } from "../../../src/compute/umap/stored-points.ts";
import { validatePoints } from "../../../src/compute/umap/validate-points.ts";
import { uniformFrom } from "../data/random.ts";

const NEIGHBORS = 14;
const BLOCK = 256;
const TILES = 1_000;
/** The largest whole number of 7 bits with its sign. */
const LARGEST = 63;

/** Columns that a tile (four rows against eight) takes at the end of the search, when it is turned away soonest: means. */
export interface ScreenedTiles {
  /** In 16 bits. */
  readonly exact: number;
  /** After so many columns it pays most to leave the screen for 16 bits. */
  readonly until: number;
  /** In 7 bits, with what rounding can hide at most, up to there. */
  readonly screened: number;
  /** In 16 bits after that, from the first column on, all tiles counted. */
  readonly again: number;
}

/**
 * How soon a sample of tiles can stop in 16 bits, and screened in 7 bits.
 *
 * @param faster How many times faster products of 7 bits are.
 */
export async function screenTiles(points: Matrix, faster: number): Promise<ScreenedTiles> {
  const pace = new Pace(undefined);
  const summary = await validatePoints(points, pace);
  const stored = async () => storePoints(await Arena.create(), points, summary, "euclidean", pace);
  const { distances } = await exactNeighbors(await stored(), NEIGHBORS, "euclidean", 1, callerAlone(1), pace);
  const rows = await stored();
  const plan = { places: await planPlaces(rows, pace), columns: await planColumns(rows, pace), block: BLOCK };
  const quantised = new QuantisedRows(rows, plan);
  const { width, count, padded, panels, order, scale } = quantised;
  await quantised.round(0, padded, pace);
  const packed = rows.arena.shorts(panels, padded * width);
  const placed = rows.arena.ints(order, count);
  let longest = 0;
  for (const number of packed) longest = Math.max(longest, Math.abs(number));
  const step = longest / LARGEST;
  const numbersOf = (place: number) =>
    Float64Array.from(
      { length: width },
      (_, t) => packed[(place >> 3) * width * 8 + (t >> 1) * 16 + (place & 7) * 2 + (t & 1)] ?? 0,
    );
  const limitOf = (place: number) => (distances[((placed[place] ?? 0) + 1) * NEIGHBORS - 1] ?? 0) * scale;
  const stops = possibleStops(width);
  const uniform = uniformFrom(1);
  const tiles: StoppedTile[] = [];
  for (let tile = 0; tile < TILES; tile++) {
    const from = Math.floor(uniform() * (count >> 2)) * 4;
    const panel = Math.floor(uniform() * (count >> 3)) * 8;
    const describe = (place: number) => ({ numbers: numbersOf(place), limit: limitOf(place) });
    const own = Array.from({ length: 4 }, (_, row) => describe(from + row));
    const others = Array.from({ length: 8 }, (_, row) => describe(panel + row));
    const pairs = own.flatMap((a) => others.map((b) => new ScreenedPair(a, b, step)));
    const exactly = stops.find((stop) => pairs.map((pair) => pair.distanceTo(stop) >= pair.limit).every(Boolean));
    const coarsely = stops.find((stop) => pairs.map((pair) => pair.leastTo(stop) >= pair.limit).every(Boolean));
    tiles.push({ exactly: exactly ?? width, coarsely: coarsely ?? Number.POSITIVE_INFINITY });
  }
  const mean = (columns: (tile: StoppedTile) => number) =>
    tiles.reduce((sum, tile) => sum + columns(tile), 0) / tiles.length;
  const screens = stops.map((until) => ({
    exact: mean(({ exactly }) => exactly),
    until,
    screened: mean(({ coarsely }) => Math.min(coarsely, until)),
    again: mean(({ exactly, coarsely }) => (coarsely > until ? exactly : 0)),
  }));
  const costOf = ({ screened, again }: ScreenedTiles) => screened / faster + again;
  return screens.reduce((best, screen) => (costOf(screen) < costOf(best) ? screen : best));
}

/** After how many columns a tile is turned away. */
interface StoppedTile {
  readonly exactly: number;
  /** Infinity where it never is. */
  readonly coarsely: number;
}

interface Row {
  readonly numbers: Float64Array;
  readonly limit: number;
}

/** Two rows, compared as far as was asked, in 16 bits and in 7. */
class ScreenedPair {
  readonly limit: number;
  #squared = 0;
  #done = 0;
  #coarse = 0;
  #moved = [0, 0];
  #screened = 0;

  constructor(
    readonly a: Row,
    readonly b: Row,
    readonly step: number,
  ) {
    this.limit = Math.max(a.limit, b.limit);
  }

  /** Distance over the first columns. */
  distanceTo(column: number): number {
    for (; this.#done < column; this.#done++)
      this.#squared += ((this.a.numbers[this.#done] ?? 0) - (this.b.numbers[this.#done] ?? 0)) ** 2;
    return Math.sqrt(this.#squared);
  }

  /** The least that the distance over the first columns can be, as 7 bits tell it. */
  leastTo(column: number): number {
    for (; this.#screened < column; this.#screened++) {
      const [x, y] = [this.a, this.b].map(({ numbers }) => numbers[this.#screened] ?? 0) as [number, number];
      const [p, q] = [x, y].map((number) => Math.round(number / this.step) * this.step) as [number, number];
      this.#coarse += (p - q) ** 2;
      this.#moved = [(this.#moved[0] ?? 0) + (x - p) ** 2, (this.#moved[1] ?? 0) + (y - q) ** 2];
    }
    return Math.sqrt(this.#coarse) - this.#moved.reduce((sum, squared) => sum + Math.sqrt(squared), 0);
  }
}
