import { ComputeError } from "../../../compute/errors.ts";
import type { Matrix } from "../../../compute/matrix.ts";
import { type ChooseTile, chooseTileBy } from "../../../compute/mosaic/choose-tile.ts";
import { expandReach } from "../../../compute/mosaic/expand-tiles.ts";
import { generateGrid, type MosaicGrid } from "../../../compute/mosaic/grid.ts";
import type { GridOptions } from "../../../compute/mosaic/grid-options.ts";
import type { NumericSource } from "../../host/sources.ts";
import { readMatrix } from "../../map/compute-map.ts";
import type { Layout } from "../../map/layout.ts";

/** Milliseconds from one grid to the next of a map that still moves, at least. */
const PERIOD = 100;
/** So many times as long as a grid took is waited from its beginning to the next: at a million tiles it takes 100 ms. */
const REST = 4;

/** Tiles laid on a map. */
export interface TileGrid {
  readonly grid: MosaicGrid;
  /** `x, y` of every tile, interleaved. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** The rule that has chosen the tiles on show, for the parts that cells are split into. */
  readonly chooseTile: ChooseTile;
  /** As far from their centre parts without a tile take one, in cells of their size; null: they stay empty. */
  readonly expandsTo: number | null;
  /** The map that they lie on. */
  readonly layout: Layout;
}

export interface GridRules {
  readonly options: GridOptions;
  /** Numbers of each tile, for "centroid". */
  readonly tileMeta: NumericSource | null;
}

export interface GridEvents {
  onGrid(tiles: TileGrid): void;
  onError(error: ComputeError): void;
}

/**
 * The grid of whatever was asked for last. While a map settles or a slider moves, at most ten a second, fewer where
 * there are very many tiles, and none is given up for the next: the picture goes on moving.
 */
export class TileGrids {
  #asked: { readonly layout: Layout; readonly isPassing: boolean } | null = null;
  #run: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the next grid of a map that moves may begin. */
  #next = Number.NEGATIVE_INFINITY;
  #waiting: (() => void)[] = [];
  /** Why the grid that was asked for last did not come; null where it did. */
  failure: ComputeError | null = null;
  #meta: { readonly key: string; readonly matrix: Promise<Matrix> } | null = null;

  constructor(
    readonly rulesNow: () => GridRules,
    readonly events: GridEvents,
    readonly signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => this.#end(), { once: true });
  }

  /** @param isPassing Another one follows soon: what a slider is dragged over. */
  ask(layout: Layout, { isPassing = layout.settling } = {}): void {
    this.#asked = { layout, isPassing };
    if (isPassing) {
      if (!this.#run) this.#timer ??= setTimeout(() => void this.#work(), this.#next - performance.now());
      return;
    }
    if (this.#run) this.#run.abort();
    else void this.#work();
  }

  /** Settles when nothing is asked for that is not there yet. */
  async whenDone(): Promise<void> {
    if (this.#asked || this.#run) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async #work(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const layout = this.#asked?.layout;
    if (!layout || this.signal.aborted) return;
    this.#asked = null;
    const run = new AbortController();
    this.#run = run;
    const began = performance.now();
    try {
      const { options, tileMeta } = this.rulesNow();
      const positions = planar(layout);
      const meta = tileMeta && options.tileSelect === "centroid" ? await this.#readMeta(tileMeta) : null;
      const grid = await generateGrid(positions, options, meta, { signal: run.signal });
      const chooseTile = chooseTileBy(positions, options, meta);
      if (run.signal.aborted) return;
      this.failure = null;
      const expandsTo = options.expanded ? expandReach(options) : null;
      this.events.onGrid({ grid, positions, chooseTile, expandsTo, layout });
    } catch (thrown) {
      if (run.signal.aborted) return;
      this.failure = ComputeError.from(thrown);
      this.events.onError(this.failure);
    } finally {
      this.#next = began + Math.max(PERIOD, REST * (performance.now() - began));
      this.#run = null;
      this.#goOn();
    }
  }

  #goOn(): void {
    if (this.#asked) this.ask(this.#asked.layout, this.#asked);
    if (this.#asked || this.#run) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #readMeta(tileMeta: NumericSource): Promise<Matrix> {
    const known = this.#meta;
    if (known?.key === tileMeta.key) return known.matrix;
    const matrix = readMatrix(tileMeta, { signal: this.signal });
    const read = { key: tileMeta.key, matrix };
    this.#meta = read;
    // What could not be read this time is asked for again.
    matrix.catch(() => {
      if (this.#meta === read) this.#meta = null;
    });
    return matrix;
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#asked = null;
    this.#run?.abort();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** The first two axes: a mosaic lies in a plane. */
function planar({ positions, dims }: Layout): Float32Array<ArrayBuffer> {
  if (dims === 2) return positions;
  const flat = new Float32Array((positions.length / dims) * 2);
  for (let from = 0, to = 0; to < flat.length; from += dims, to += 2) {
    flat[to] = positions[from] ?? 0;
    flat[to + 1] = positions[from + 1] ?? 0;
  }
  return flat;
}
