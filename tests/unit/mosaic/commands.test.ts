import { describe, expect, test } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { mosaicCommands } from "../../../src/widgets/mosaic/commands.ts";
import type { MosaicProps } from "../../../src/widgets/mosaic/props.ts";
import type { MosaicSession } from "../../../src/widgets/mosaic/session.ts";

/** A session of three tiles in one column of two cells, which notes what it is told. */
function threeTiles() {
  const told: Partial<MosaicProps>[] = [];
  const grid = {
    columns: 1,
    rows: 2,
    cellSize: 1,
    left: 0,
    bottom: 0,
    cellOf: Int32Array.of(1, -1, 0),
    shown: Int32Array.of(2, 0),
    unplaced: 1,
  };
  const session = {
    ready: Promise.resolve(),
    grids: { failure: null as ComputeError | null },
    whenAtRest: async () => {},
    tiles: { grid, positions: new Float32Array(6) },
    layout: { settling: false, preview: false },
    update: (changed: Partial<MosaicProps>) => told.push(changed),
  };
  return { commands: mosaicCommands(session as unknown as MosaicSession), told, session };
}

describe("what Python asks of a mosaic", () => {
  test("the grid is the cell of each tile and the tile of each cell, as 32-bit integers", async () => {
    const { commands, told } = threeTiles();
    const answer = await commands.grid?.({}, {});
    expect(answer?.header).toMatchObject({ columns: 1, rows: 2, points: 3, unplaced: 1 });
    expect([...new Int32Array(answer?.bytes.buffer ?? new ArrayBuffer(0))]).toEqual([1, -1, 0, 2, 0]);
    expect(told).toEqual([]);
  });

  test("rules that come with the question are followed first, whatever the slider was left at", async () => {
    const { commands, told } = threeTiles();
    await commands.grid?.({ numTilesX: 50, maxDist: null, title: "other" }, {});
    expect(told).toEqual([{ numTilesX: 50, maxDist: null }]);
  });

  test("a grid that is still being laid is waited for", async () => {
    const { commands, session } = threeTiles();
    session.whenAtRest = async () => {
      session.tiles = { ...session.tiles, grid: { ...session.tiles.grid, columns: 7 } };
    };
    expect((await commands.grid?.({}, {}))?.header.columns).toBe(7);
  });

  test("a grid that could not be laid is no answer, though the one before is still on show", async () => {
    const { commands, session } = threeTiles();
    session.grids.failure = new ComputeError("lost", "Python has stopped.");
    await expect(commands.grid?.({ numTilesX: 9 }, {})).rejects.toThrow("Python has stopped.");
  });
});
