import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ComputeError } from "../../../src/compute/errors.ts";
import { gridDefaults } from "../../../src/compute/mosaic/grid-options.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import type { NumericSource } from "../../../src/widgets/host/sources.ts";
import type { Layout } from "../../../src/widgets/map/layout.ts";
import { type GridRules, type TileGrid, TileGrids } from "../../../src/widgets/mosaic/data/tile-grids.ts";

const layout = (at: number, settling: boolean, dims: 2 | 3 = 2): Layout => ({
  positions: Float32Array.from({ length: 10 * dims }, (_, place) => at + place),
  dims,
  settling,
  preview: false,
  origin: { kind: "coords" },
});

function open(rules: Partial<GridRules> = {}) {
  const shown: TileGrid[] = [];
  const errors: ComputeError[] = [];
  const life = new AbortController();
  const now: GridRules = { options: { ...gridDefaults, numTilesX: 5 }, tileMeta: null, ...rules };
  const grids = new TileGrids(
    () => now,
    { onGrid: (tiles) => shown.push(tiles), onError: (error) => errors.push(error) },
    life.signal,
  );
  return { grids, shown, errors, life };
}

describe("the grid of a map", () => {
  it("is that of the layout asked for last, when several are asked for at once", async () => {
    const { grids, shown } = open();
    for (const at of [1, 2, 3]) grids.ask(layout(at, false));
    await grids.whenDone();
    expect(shown.map(({ positions }) => positions[0])).toEqual([3]);
  });

  it("lies on the first two axes of a map in three dimensions", async () => {
    const { grids, shown } = open();
    grids.ask(layout(0, false, 3));
    await grids.whenDone();
    expect([...(shown[0]?.positions ?? [])].slice(0, 6)).toEqual([0, 1, 3, 4, 6, 7]);
  });

  it("tells why there is none, and comes with the next layout all the same", async () => {
    const { grids, shown, errors } = open({ options: { ...gridDefaults, tileSelect: "centroid" } });
    grids.ask(layout(0, false));
    await grids.whenDone();
    expect(shown).toHaveLength(0);
    expect(errors[0]?.message).toMatch(/tile_meta/);
    grids.ask(layout(1, false));
    await grids.whenDone();
    expect(errors).toHaveLength(2);
    expect(grids.failure).toBe(errors[1]);
  });

  it("reads what the centroid is taken of once, and again after it could not be read", async () => {
    let reads = 0;
    const numbers = sourceOf(Float32Array.from({ length: 10 }), [10, 1]);
    const tileMeta: NumericSource = {
      ...numbers,
      async read(job) {
        if (++reads === 1) throw new Error("gone");
        return numbers.read(job);
      },
    };
    const { grids, shown } = open({ options: { ...gridDefaults, tileSelect: "centroid" }, tileMeta });
    for (let run = 0; run < 3; run++) {
      grids.ask(layout(run, false));
      await grids.whenDone();
    }
    expect(reads).toBe(2);
    expect(grids.failure).toBeNull();
    expect(shown).toHaveLength(2);
  });

  it("is no longer computed once the widget has ended", async () => {
    const { grids, shown, life } = open();
    grids.ask(layout(0, false));
    life.abort();
    await grids.whenDone();
    expect(shown).toHaveLength(0);
  });
});

describe("the grids of a map that settles", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("are at most ten a second, whatever its frames are, and end with the finished one at once", async () => {
    const { grids, shown } = open();
    for (let frame = 0; frame < 60; frame++) {
      grids.ask(layout(frame, true));
      await vi.advanceTimersByTimeAsync(1000 / 60);
    }
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.length).toBeLessThanOrEqual(11);
    grids.ask(layout(99, false));
    await vi.advanceTimersByTimeAsync(0);
    expect(shown.at(-1)?.positions[0]).toBe(99);
  });

  it("are as rare while a slider is dragged over a map at rest", async () => {
    const { grids, shown } = open();
    for (let step = 0; step < 60; step++) {
      grids.ask(layout(step, false), { isPassing: true });
      await vi.advanceTimersByTimeAsync(1000 / 60);
    }
    expect(shown.length).toBeLessThanOrEqual(11);
  });
});
