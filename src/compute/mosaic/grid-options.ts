import { checkChoice, checkNumber } from "../option-checks.ts";

/** Which tile stands for the tiles of its cell. */
export type TileSelect = "first" | "nearest" | "centroid" | "random";

/** How a map is cut into cells, and which tile stands for each. */
export interface GridOptions {
  /** Cells across the map; cells are square, so the rows follow from its shape. 1 to 100,000. */
  readonly numTilesX: number;
  /**
   * "first" is the cell's first tile in the order given; "nearest" the one nearest to the cell's centre; "centroid"
   * the one whose row of `tileMeta` is nearest to the mean of the cell's rows; "random" any, by the seed.
   */
  readonly tileSelect: TileSelect;
  /** Tiles as far as this from the centre of a cell, in cell sizes, or further don't stand for it; null: all may. */
  readonly maxDist: number | null;
  /** For "random"; the same seed chooses the same tiles. 0 to 2³² - 1. */
  readonly seed: number;
  /** Fill empty cells with tiles from around them, as Slideflow's versions up to 1.0 did; see `expandTiles`. */
  readonly expanded: boolean;
}

export const gridDefaults: GridOptions = {
  numTilesX: 50,
  tileSelect: "first",
  maxDist: null,
  seed: 42,
  expanded: false,
};

/** Throw an "input" error for an option that has no meaning, under Slideflow's name for it. */
export function validateGridOptions({ numTilesX, tileSelect, maxDist, seed }: GridOptions): void {
  checkNumber("num_tiles_x", numTilesX, { integer: true, least: 1, most: 100_000 });
  checkChoice("tile_select", tileSelect, ["first", "nearest", "centroid", "random"]);
  if (maxDist !== null) checkNumber("max_dist", maxDist, { above: 0 });
  checkNumber("seed", seed, { integer: true, least: 0, most: 2 ** 32 - 1 });
}
