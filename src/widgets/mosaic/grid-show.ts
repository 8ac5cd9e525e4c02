import type { ComputeError } from "../../compute/errors.ts";
import type { Layout } from "../map/layout.ts";
import { formatCount } from "../theme/numbers.ts";
import { type GridRules, type TileGrid, TileGrids } from "./data/tile-grids.ts";
import type { MosaicSession } from "./session.ts";

/** What becomes of grids. */
export interface GridShowEvents {
  /** Another grid is on show. */
  shown(): void;
  /** What was at rest is so again, in other cells. */
  changed(): void;
  /** The grid of a saved picture is on show. */
  savedShown(tiles: TileGrid): void;
}

/** Puts on show the cells that the tiles of a session are laid in: of its layout, by its properties or a slider that moves. */
export class GridShow {
  readonly #grids: TileGrids;
  /** Cells across while a slider moves; null when the grid on show is that of the properties. */
  #triedColumns: number | null = null;
  #whenShown: (() => void) | null = null;

  constructor(
    readonly session: MosaicSession,
    readonly events: GridShowEvents,
  ) {
    const onGrid = (tiles: TileGrid) => this.#show(tiles);
    const onError = (error: ComputeError) => this.#fail(error);
    this.#grids = new TileGrids(() => this.#rules(), { onGrid, onError }, session.host.signal);
  }

  /** Why the grid that was asked for last did not come; null where it did. */
  get failure(): ComputeError | null {
    return this.#grids.failure;
  }

  /** What there is to say of tiles that are in no cell; "" where all are. */
  get unplaced(): string {
    const count = this.session.tiles?.grid.unplaced ?? 0;
    return count > 0 ? `${formatCount(count)} tiles have no place on the map.` : "";
  }

  /** Settles when nothing is asked for that is not there yet. */
  whenDone(): Promise<void> {
    return this.#grids.whenDone();
  }

  /** @param whenShown Called once its grid is on show, unless another layout has come by then. */
  lay(layout: Layout, whenShown: (() => void) | null): void {
    this.#whenShown = whenShown;
    this.#grids.ask(layout);
  }

  /** Lay the layout that is there in other cells. */
  layAnew(): void {
    const { layout, work } = this.session;
    if (!layout) return;
    // What is stopped or saved stays so in other cells.
    if (work.isDone) this.#whenShown ??= () => this.events.changed();
    this.#grids.ask(layout);
  }

  tryColumns(columns: number): void {
    this.#triedColumns = columns;
    const { layout } = this.session;
    if (layout) this.#grids.ask(layout, { isPassing: true });
  }

  /** The properties say again how many cells there are; answers whether they did not. */
  endTrying(): boolean {
    const wasTried = this.#triedColumns !== null;
    this.#triedColumns = null;
    return wasTried;
  }

  /** Of other rows nothing is to be said once a grid of these comes. */
  forget(): void {
    this.#whenShown = null;
  }

  #rules(): GridRules {
    const { numTilesX, tileSelect, maxDist, expanded, seed, tileMeta } = this.session.props;
    return {
      options: { numTilesX: this.#triedColumns ?? numTilesX, tileSelect, maxDist, expanded, seed: seed ?? 0 },
      tileMeta,
    };
  }

  #show(tiles: TileGrid): void {
    const { session } = this;
    if (session.count > 0 && tiles.positions.length !== 2 * session.count) return;
    session.tiles = tiles;
    session.work.succeeded("grid");
    this.events.shown();
    if (tiles.layout !== session.layout || this.#triedColumns !== null) return;
    const whenShown = this.#whenShown;
    this.#whenShown = null;
    whenShown?.();
    if (tiles.layout.origin.kind === "saved") this.events.savedShown(tiles);
  }

  /** No grid came: the one before stays, and what was to be said with this one is said with the next. */
  #fail(error: ComputeError): void {
    const { host, work, layout, first } = this.session;
    if (host.signal.aborted) return;
    if (work.isWorking && !layout?.settling) work.say("");
    work.failed("grid", error);
    first.fail(error);
  }
}
