import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { Arena } from "../../../../src/compute/umap/arena.ts";
import { umap } from "../../../../src/compute/umap/index.ts";
import { type Metric, type UmapOptions, umapDefaults } from "../../../../src/compute/umap/options.ts";
import { FittedMap } from "../../../../src/compute/umap/transform/fitted-map.ts";
import { FittedMaps } from "../../../../src/compute/umap/transform/fitted-maps.ts";
import { clusteredRows } from "../random.ts";
import { nearestByComparing } from "./compare-all.ts";
import { digits } from "./digits.ts";

const reference = (name: string) => readFileSync(new URL(`../../../reference/${name}`, import.meta.url));
/** What umap-learn says (tests/reference/make-transform-goldens.py). */
const golden = JSON.parse(reference("umap-transform.json").toString()) as {
  readonly fitted: number;
  readonly accuracy: number;
  readonly strengths: readonly {
    readonly localConnectivity: number;
    readonly queries: readonly { readonly query: number; readonly indices: number[]; readonly weights: number[] }[];
  }[];
};
const labels = reference("digits-labels.bin");
const rowsOf = ({ data, columns }: Matrix, from: number, to: number): Matrix => ({
  data: data.slice(from * columns, to * columns),
  rows: to - from,
  columns,
});
const fitted = rowsOf(digits, 0, golden.fitted);
const others = rowsOf(digits, golden.fitted, digits.rows);

async function fitMap(points: Matrix, options: Partial<UmapOptions> = {}) {
  const whole = { ...umapDefaults, ...options };
  const { positions } = await umap(points, whole, {});
  return { positions, map: await FittedMap.prepare({ points, positions, options: whole }) };
}

/** Share of the placed digits whose 15 nearest rows of the map vote for their label. */
function accuracyOf(positions: Float32Array<ArrayBuffer>, placed: Float32Array<ArrayBuffer>): number {
  const rows = golden.fitted;
  let right = 0;
  for (let query = 0; query < others.rows; query++) {
    const data = Float32Array.from([...positions, ...placed.subarray(query * 2, query * 2 + 2)]);
    const near = nearestByComparing({ data, rows: rows + 1, columns: 2 }, rows, 15, "euclidean");
    const votes = new Array<number>(10).fill(0);
    for (const { row } of near) votes[labels[row] ?? 0] = (votes[labels[row] ?? 0] ?? 0) + 1;
    if (votes.indexOf(Math.max(...votes)) === labels[rows + query]) right++;
  }
  return right / others.rows;
}

describe("rows that a map has not seen", () => {
  it("are placed among their like at least as often as umap-learn places them", async () => {
    const accuracies = [];
    for (const seed of [1, 2, 3]) {
      const { positions, map } = await fitMap(fitted, { seed });
      accuracies.push(accuracyOf(positions, await map.transform(others)));
    }
    const mean = accuracies.reduce((sum, each) => sum + each, 0) / accuracies.length;
    expect(mean).toBeGreaterThanOrEqual(golden.accuracy);
  });

  it("have the strengths that umap-learn's transform gives their neighbours", async () => {
    for (const { localConnectivity, queries } of golden.strengths)
      for (const { query, indices, weights } of queries) {
        const arena = await Arena.create();
        const distances = arena.allocate(15 * 4);
        const strengths = arena.allocate(15 * 4);
        const row = golden.fitted + query;
        arena
          .floats(distances, 15)
          .set(
            indices.map((near) =>
              Math.hypot(
                ...Array.from(
                  { length: 64 },
                  (_, column) => (digits.data[row * 64 + column] ?? 0) - (digits.data[near * 64 + column] ?? 0),
                ),
              ),
            ),
          );
        arena.kernels.smoothQuery(distances, 15, localConnectivity, strengths);
        for (const [place, weight] of arena.floats(strengths, 15).entries())
          expect(weight).toBeCloseTo(weights[place] ?? 0, 4);
      }
  });

  it.each([
    ["euclidean", 2],
    ["cosine", 2],
    ["correlation", 3],
    ["manhattan", 3],
  ] as const)(
    "have the same bits alone, in a batch and anywhere in it: %s, %i components",
    async (metric: Metric, nComponents) => {
      const data = clusteredRows(1300, 7, 5, 11);
      const all: Matrix = { data, rows: 1300, columns: 7 };
      const { map } = await fitMap(rowsOf(all, 0, 300), { metric, nComponents, nEpochs: 60 });
      const batch = await map.transform(rowsOf(all, 300, 1300));
      for (const row of [0, 1, 33, 500, 999]) {
        const alone = await map.transform(rowsOf(all, 300 + row, 301 + row));
        expect([...alone]).toEqual([...batch.subarray(row * nComponents, (row + 1) * nComponents)]);
      }
      const part = await map.transform(rowsOf(all, 777, 1300));
      expect([...part]).toEqual([...batch.subarray(477 * nComponents)]);
    },
  );

  it("that the map has seen lie by their own place", async () => {
    const { positions, map } = await fitMap(fitted, { nEpochs: 200 });
    const placed = await map.transform(rowsOf(digits, 0, 100));
    const distances = Array.from({ length: 100 }, (_, row) =>
      Math.hypot(
        (placed[row * 2] ?? 0) - (positions[row * 2] ?? 0),
        (placed[row * 2 + 1] ?? 0) - (positions[row * 2 + 1] ?? 0),
      ),
    ).sort((a, b) => a - b);
    expect(distances[50]).toBeLessThan(0.5);
  });

  it("asked for at once are answered one after the other", async () => {
    const { map } = await fitMap(rowsOf(digits, 0, 200), { nEpochs: 30 });
    const alone = [await map.transform(rowsOf(digits, 300, 420)), await map.transform(rowsOf(digits, 500, 520))];
    const together = await Promise.all([
      map.transform(rowsOf(digits, 300, 420)),
      map.transform(rowsOf(digits, 500, 520)),
    ]);
    expect(together).toEqual(alone);
  });

  it("that fail on their way leave nothing behind for the next", async () => {
    const { map } = await fitMap(rowsOf(digits, 0, 200), { nEpochs: 30 });
    const alone = await map.transform(rowsOf(digits, 500, 520));
    const farInside = rowsOf(digits, 300, 320);
    farInside.data.fill(1e30, 10 * 64, 11 * 64);
    await expect(map.transform(farInside)).rejects.toThrow("Row 10 is too far from the map's rows");
    expect(await map.transform(rowsOf(digits, 500, 520))).toEqual(alone);
  });

  it("draw their chances from the seed too", async () => {
    const { positions } = await fitMap(rowsOf(digits, 0, 200), { nEpochs: 30 });
    const place = async (seed: number) => {
      const options = { ...umapDefaults, seed };
      const map = await FittedMap.prepare({ points: rowsOf(digits, 0, 200), positions, options });
      return map.transform(rowsOf(digits, 300, 310));
    };
    expect(await place(1)).toEqual(await place(1));
    expect(await place(1)).not.toEqual(await place(2));
  });

  it("must have the map's columns and finite numbers, in its unit", async () => {
    const { map } = await fitMap(rowsOf(digits, 0, 50), { nEpochs: 5 });
    await expect(map.transform({ data: new Float32Array(6), rows: 2, columns: 3 })).rejects.toThrow(
      "rows: expected 64 columns as in the map, got 3. Pass rows like those of the map.",
    );
    const broken = rowsOf(digits, 60, 62);
    broken.data[70] = Number.NaN;
    await expect(map.transform(broken)).rejects.toThrow("Row 1, column 6 is NaN (1 row in all). Remove or fill them.");
    const far = { data: new Float32Array(64).fill(1e30), rows: 1, columns: 64 };
    await expect(map.transform(far)).rejects.toThrow(
      "Row 0 is too far from the map's rows to be measured. Check its unit.",
    );
    expect((await map.transform({ data: new Float32Array(0), rows: 0, columns: 64 })).length).toBe(0);
  });

  it("need a map of four rows whose positions are all there", async () => {
    const points = rowsOf(digits, 0, 3);
    const prepare = (rows: Matrix, length: number) =>
      FittedMap.prepare({ points: rows, positions: new Float32Array(length), options: umapDefaults });
    await expect(prepare(points, 6)).rejects.toThrow("The map has 3 rows; placing others in it needs 4.");
    await expect(prepare(rowsOf(digits, 0, 9), 17)).rejects.toThrow("positions: expected 9 × 2 numbers, got 17.");
  });

  it("stop being placed when told to, and the map goes on answering", async () => {
    const { map } = await fitMap(rowsOf(digits, 0, 100), { nEpochs: 10 });
    const controller = new AbortController();
    const running = map.transform(others, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toThrow("Stopped.");
    expect((await map.transform(rowsOf(digits, 100, 101))).length).toBe(2);
  });
});

describe("maps kept ready", () => {
  const points = rowsOf(digits, 0, 40);
  const finished = { points, positions: digits.data.slice(1000, 1080), options: umapDefaults };

  it("answer under their names until they are forgotten", async () => {
    const maps = new FittedMaps();
    await maps.keep("a", finished);
    const placed = await maps.transform("a", rowsOf(digits, 50, 52));
    expect(placed).toEqual(await (await FittedMap.prepare(finished)).transform(rowsOf(digits, 50, 52)));
    maps.forget("a");
    await expect(maps.transform("a", points)).rejects.toThrow("The map is no longer kept ready. Run again.");
  });

  it("are four at most: the longest unused one goes", async () => {
    const maps = new FittedMaps();
    for (const key of ["a", "b", "c", "d"]) await maps.keep(key, finished);
    await maps.transform("a", points);
    await maps.keep("e", finished);
    await expect(maps.transform("b", points)).rejects.toMatchObject({ kind: "lost" });
    expect((await maps.transform("a", points)).length).toBe(80);
  });
});
