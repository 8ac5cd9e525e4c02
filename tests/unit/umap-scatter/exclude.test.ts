import { afterEach, describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/compute/matrix.ts";
import { version } from "../../../src/version.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { computeMap, keepMap, mapKey, servingMap } from "../../../src/widgets/map/compute-map.ts";
import { describeMap } from "../../../src/widgets/map/describe-map.ts";
import { umapOrigin } from "../../../src/widgets/map/umap-origin.ts";
import { RowPlacer } from "../../../src/widgets/umap-scatter/data/row-placer.ts";
import { acceptProps } from "../../../src/widgets/umap-scatter/props.ts";

const WORKER = Symbol.for(`layerscope.compute@${version}`);
const page = globalThis as { [WORKER]?: unknown };
const points = sourceOf(Float32Array.of(0, 1, 2, 10, 11, 12), [2, 3]);
const without = (exclude: number | null) => acceptProps({ points, exclude });
const layout = (exclude: number | null) => ({
  positions: new Float32Array(4),
  dims: 2 as const,
  settling: false,
  preview: false,
  origin: umapOrigin(without(exclude), { epochs: 200, backend: "CPU" }),
});

/** What the worker is sent, by the name of the call. */
function listen(): Record<string, Matrix> {
  const sent: Record<string, Matrix> = {};
  page[WORKER] = {
    async call(name: string, input: { points?: Matrix; map?: { points: Matrix }; rows?: Matrix }) {
      const matrix = input.map?.points ?? input.points ?? input.rows;
      if (matrix) sent[name] = matrix;
      return new Float32Array();
    },
  };
  return sent;
}

afterEach(() => {
  delete page[WORKER];
});

describe("a map without one of its columns", () => {
  it("is computed of the others, in their order", async () => {
    for (const [exclude, left] of [
      [0, [1, 2, 11, 12]],
      [1, [0, 2, 10, 12]],
      [2, [0, 1, 10, 11]],
    ] as const) {
      const sent = listen();
      await computeMap(without(exclude), points, { onFrame() {} });
      expect(sent.umap?.columns).toBe(2);
      expect(Array.from(sent.umap?.data ?? [])).toEqual(left);
    }
  });

  it("is another map, which nothing serves that was kept of all columns", () => {
    expect(mapKey(without(1))).not.toBe(mapKey(without(null)));
    const neighbors = { k: 49, indices: new Int32Array(0), distances: new Float32Array(0) };
    const kept = keepMap(without(null), { rows: 2, neighbors, recall: 1, scores: new Float32Array(0) } as never);
    expect(servingMap(kept, without(null), { isResumed: false })).toBeDefined();
    expect(servingMap(kept, without(1), { isResumed: false })).toBeUndefined();
  });

  it("places other rows by the columns that it has, and wants them with all", async () => {
    const sent = listen();
    const placer = new RowPlacer(new AbortController().signal);
    await placer.place(layout(1), points, sourceOf(Float32Array.of(5, 6, 7), [1, 3]), {});
    expect(Array.from(sent.keepMap?.data ?? [])).toEqual([0, 2, 10, 12]);
    expect(Array.from(sent.transform?.data ?? [])).toEqual([5, 7]);
    const narrow = placer.place(layout(1), points, sourceOf(Float32Array.of(5, 7), [1, 2]), {});
    await expect(narrow).rejects.toThrow("rows: expected 3 columns as in the map, got 2.");
  });

  it("says so in its caption", () => {
    expect(describeMap(2, layout(1))).toMatch(/^UMAP of 2 rows × 3 without column 1 \(/);
    expect(describeMap(2, layout(null))).toMatch(/^UMAP of 2 rows × 3 \(/);
  });
});

describe("a height or an excluded column that can't be", () => {
  const list = (...numbers: number[]) => sourceOf(Float32Array.from(numbers), [numbers.length]);
  const coords = sourceOf(new Float32Array(4), [2, 2]);
  const knn = { indices: sourceOf(new Int32Array(2), [2, 1]), distances: list(1, 1) };
  it.each([
    [{ points, height: 3 }, /^height: there is no column 3 in 3 columns\. Columns are 0 to 2\./],
    [{ points, height: 1.5 }, /^height: there is no column 1\.5 in 3 columns\./],
    [{ points, height: list(1, 2, 3) }, /^3 heights for 2 rows\./],
    [{ coords, height: 1 }, /^height is column 1, and there are no points, only their coordinates\./],
    [{ points, nComponents: 3, height: 1 }, /^The map has three dimensions of its own, and no room for a height\./],
    [{ points, exclude: -1 }, /^exclude: there is no column -1 in 3 columns\./],
    [{ coords, exclude: 1 }, /^exclude is column 1, and there are no points, only their coordinates\./],
    [{ points: sourceOf(new Float32Array(2), [2, 1]), exclude: 0 }, /^Without their only column/],
    [{ points, precomputedKNN: knn, exclude: 0 }, /^The neighbours that are known were found with all columns\./],
  ])("is refused in a sentence: %#", (input, sentence) => {
    expect(() => acceptProps(input)).toThrow(sentence);
  });

  it("is not asked of a saved picture, which stands without its points", () => {
    expect(acceptProps({ saved: new Uint8Array(1), height: 3, exclude: 3 }).height).toBe(3);
    expect(acceptProps({ coords, height: list(1, 2) }).height).not.toBeNull();
  });
});
