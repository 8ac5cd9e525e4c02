import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { umapDefaults } from "../../../src/compute/umap/options.ts";
import { version } from "../../../src/version.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import type { Layout } from "../../../src/widgets/map/layout.ts";
import { RowPlacer } from "../../../src/widgets/umap-scatter/data/row-placer.ts";

const WORKER = Symbol.for(`layerscope.compute@${version}`);
const page = globalThis as { [WORKER]?: unknown };
const points = sourceOf(new Float32Array(40), [10, 4]);
const rows = sourceOf(new Float32Array(8), [2, 4]);

/** A worker that keeps maps as the real one does, a turn of the event loop after it was told to. */
let held: Set<string>;
let keeps: number;
/** It keeps nothing before this. */
let gate: Promise<void>;

function layoutOf(): Layout {
  const origin = {
    kind: "umap",
    data: points.key,
    options: umapDefaults,
    columns: 4,
    epochs: 1,
    backend: "CPU",
    added: 0,
  };
  const shown = { positions: new Float32Array(20), dims: 2, settling: false, preview: false, origin };
  return shown as unknown as Layout;
}

beforeEach(() => {
  held = new Set();
  keeps = 0;
  gate = Promise.resolve();
  page[WORKER] = {
    async call(name: string, { key }: { key: string }) {
      await new Promise(setImmediate);
      if (name === "keepMap") {
        keeps++;
        await gate;
        held.add(key);
      } else if (name === "forgetMap") held.delete(key);
      else if (!held.has(key)) throw new ComputeError("lost", "The map is no longer kept ready.");
      return new Float32Array(4);
    },
  };
});
afterEach(() => {
  delete page[WORKER];
});

describe("a map that rows are placed in", () => {
  it("is kept once for all who ask at the same time", async () => {
    const placer = new RowPlacer(new AbortController().signal);
    const layout = layoutOf();
    await Promise.all([1, 2, 3].map(() => placer.place(layout, points, rows, {})));
    expect(keeps).toBe(1);
    expect(held.size).toBe(1);
  });

  it("is forgotten when another takes its place, and with the widget, even while it is being kept", async () => {
    const life = new AbortController();
    const placer = new RowPlacer(life.signal);
    await Promise.all([layoutOf(), layoutOf()].map((layout) => placer.place(layout, points, rows, {}).catch(String)));
    await expect.poll(() => held.size).toBe(1);
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const last = placer.place(layoutOf(), points, rows, {}).catch(String);
    await expect.poll(() => keeps).toBe(3);
    life.abort();
    open();
    await last;
    await expect.poll(() => held.size).toBe(0);
  });

  it("is kept once more when the worker had to let it go", async () => {
    const placer = new RowPlacer(new AbortController().signal);
    const layout = layoutOf();
    await placer.place(layout, points, rows, {});
    held.clear();
    const placed = await Promise.all([1, 2].map(() => placer.place(layout, points, rows, {})));
    expect(placed.map((each) => each.length)).toEqual([4, 4]);
    expect([keeps, held.size]).toEqual([2, 1]);
  });

  it("was not computed where its coordinates were given", async () => {
    const given = { ...layoutOf(), origin: { kind: "coords" } } as unknown as Layout;
    await expect(new RowPlacer(new AbortController().signal).place(given, points, rows, {})).rejects.toThrow(
      "No map was computed: its coordinates were given.",
    );
  });
});
