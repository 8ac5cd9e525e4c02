import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { acceptPageOptions } from "../export/figure-options.ts";
import { fileName } from "../export/file-name.ts";
import type { Answer, Command } from "../host/contract.ts";
import { waitUnlessGivenUp } from "../work/wait-unless-given-up.ts";
import { axisNames } from "./axis-names.ts";
import type { TileGrid } from "./data/tile-grids.ts";
import { tileReport } from "./data/tile-report.ts";
import { saveMosaic } from "./figure/save-mosaic.ts";
import type { MosaicProps } from "./props.ts";
import type { MosaicSession } from "./session.ts";

/** What a host may ask of a mosaic on behalf of Python or of a page's script. */
export function mosaicCommands(session: MosaicSession): Readonly<Record<string, Command>> {
  return {
    /** Where the tiles lie: float32, rows × 2. */
    async embedding(_options, job) {
      const { positions } = await settledTiles(session, job);
      return {
        header: { dtype: "float32", shape: [positions.length / 2, 2], dims: 2, axes: axisNames(session) },
        bytes: new Uint8Array(positions.slice().buffer),
      };
    },
    /**
     * The base grid, whatever level is on show. The bytes are int32: the cell of each tile (line × columns + column,
     * lines counted upwards; -1: none), then the tile on show in each cell (-1: none). Rules in the options
     * (`numTilesX`, `tileSelect`, `maxDist`) are followed first: what Python told last need not be what a reader has set.
     */
    async grid(options, job) {
      const rules = pickRules(options);
      if (Object.keys(rules).length > 0) session.update(rules);
      const { grid } = await settledTiles(session, job);
      const { columns, rows, cellSize, left, bottom, cellOf, shown, unplaced } = grid;
      const numbers = new Int32Array(cellOf.length + shown.length);
      numbers.set(cellOf);
      numbers.set(shown, cellOf.length);
      const header = { columns, rows, cellSize, left, bottom, level: 0, points: cellOf.length, unplaced };
      return { header, bytes: new Uint8Array(numbers.buffer) };
    },
    /** A figure, or the tiles on show, as a file; options as in `acceptPageOptions`. */
    async save(options, job) {
      await settledTiles(session, job);
      const { name, type, bytes } = await saveMosaic(session, acceptPageOptions(options), session.crop, job);
      return { header: { name, type }, bytes };
    },
    /** The tiles on show as a CSV file: cell, row and name. */
    async report(_options, job) {
      return reportOf(session, await settledTiles(session, job));
    },
  };
}

const RULES = ["numTilesX", "tileSelect", "maxDist"] as const;

function pickRules(options: Readonly<Record<string, unknown>>): Partial<MosaicProps> {
  return Object.fromEntries(RULES.filter((name) => name in options).map((name) => [name, options[name]]));
}

/** The tiles on show as a CSV file. */
export function reportOf({ data }: MosaicSession, { grid }: TileGrid): Answer {
  const text = tileReport(grid, data.details.names);
  return {
    header: { name: fileName("mosaic-tiles", "csv"), type: "text/csv" },
    bytes: new TextEncoder().encode(text),
  };
}

/**
 * The grid on show once it is that of the properties; what is asked while a map is on its way, the first or a later one,
 * is answered when it is there.
 *
 * @throws {ComputeError} "cancelled" where the question is given up before, "input" where no map came, and what has kept
 * the grid from coming.
 */
async function settledTiles(session: MosaicSession, { signal }: Job): Promise<TileGrid> {
  await waitUnlessGivenUp(
    session.ready.catch(() => undefined),
    signal,
  );
  await waitUnlessGivenUp(session.whenAtRest(), signal);
  const { tiles, layout, grids } = session;
  if (grids.failure) throw grids.failure;
  if (!tiles || !layout || layout.settling || layout.preview)
    throw new ComputeError("input", "The mosaic is not laid out yet.", "Await the widget first.");
  return tiles;
}
