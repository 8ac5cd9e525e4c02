import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import type { Progress } from "../../../../src/compute/job.ts";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { Pace } from "../../../../src/compute/runtime/pace.ts";
import { Arena } from "../../../../src/compute/umap/arena.ts";
import { umap } from "../../../../src/compute/umap/index.ts";
import { umapMemory } from "../../../../src/compute/umap/memory.ts";
import { takesDescent } from "../../../../src/compute/umap/neighbors/choose-search.ts";
import { neighborRecall } from "../../../../src/compute/umap/neighbors/neighbor-recall.ts";
import { nnDescent } from "../../../../src/compute/umap/neighbors/nn-descent.ts";
import { type Metric, type NeighborGraph, umapDefaults } from "../../../../src/compute/umap/options.ts";
import { normaliseStored, storePoints } from "../../../../src/compute/umap/stored-points.ts";
import { validatePoints } from "../../../../src/compute/umap/validate-points.ts";
import { clusteredRows, normal } from "../random.ts";
import { nearestByComparing } from "./compare-all.ts";
import { findNeighbors } from "./find-neighbors.ts";

interface Search {
  readonly metric?: Metric;
  readonly seed?: number;
  readonly k?: number;
  readonly pace?: Pace;
  /** Nothing more can be allocated once the first neighbours were found. */
  readonly isFull?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

async function descend(points: Matrix, { metric = "euclidean", seed = 42, k = 14, ...job }: Search = {}) {
  const pace = job.pace ?? new Pace(undefined);
  const summary = await validatePoints(points, pace);
  const arena = await Arena.create();
  const before = arena.top;
  const stored = await storePoints(arena, points, summary, metric, pace);
  const angular = metric === "cosine" || metric === "correlation";
  if (angular) await normaliseStored(stored, metric, pace);
  const efforts: number[] = [];
  const taken: number[] = [];
  const measure = async (graph: NeighborGraph) => {
    taken.push(arena.top - before);
    if (job.isFull)
      arena.allocate = () => {
        throw new ComputeError("memory", "This page ran out of memory.");
      };
    const { recall } = await neighborRecall(points, summary.scale, graph, metric, 1, pace);
    efforts.push(recall);
    return recall;
  };
  const unit = angular ? 1 : summary.scale;
  return { ...(await nnDescent(stored, k, metric, unit, seed, measure, pace, job.onProgress)), efforts, taken };
}

const rows = 5000;
const clustered: Matrix = { data: clusteredRows(rows, 12, 10, 6), rows, columns: 12 };
const next = normal(2);
const evenRows = (count: number): Matrix => ({
  data: Float32Array.from({ length: count * 200 }, () => next()),
  rows: count,
  columns: 200,
});
const even = evenRows(1200);

describe("NN-descent", () => {
  it.each(["euclidean", "cosine", "correlation", "manhattan"] as const)(
    "finds nearly all neighbours of clustered rows, and gives them their true distances: %s",
    async (metric) => {
      const { graph, recall } = await descend(clustered, { metric });
      expect(recall).toBeGreaterThan(0.99);
      const truth = await findNeighbors(clustered, 14, metric);
      for (let row = 0; row < rows; row += 97) {
        const own = [...graph.indices.subarray(row * 14, (row + 1) * 14)];
        const distances = graph.distances.subarray(row * 14, (row + 1) * 14);
        expect(new Set(own).size).toBe(14);
        expect(own).not.toContain(row);
        expect([...distances]).toEqual([...distances].sort((a, b) => a - b));
        const place = truth.indices.subarray(row * 14, (row + 1) * 14).indexOf(own[5] ?? -1);
        if (place >= 0) expect(distances[5]).toBe(truth.distances[row * 14 + place]);
      }
    },
  );

  it("gives the same bits for the same seed", async () => {
    const bitsOf = async (seed: number) => {
      const { graph } = await descend(even, { seed });
      return Buffer.concat([Buffer.from(graph.indices.buffer), Buffer.from(graph.distances.buffer)]);
    };
    const first = await bitsOf(5);
    expect((await bitsOf(5)).equals(first)).toBe(true);
    expect((await bitsOf(6)).equals(first)).toBe(false);
  });

  it("takes more pains where rows fill many dimensions evenly, and finds more for it", async () => {
    const { efforts, recall } = await descend(even);
    expect(efforts.length).toBeGreaterThan(1);
    for (const [which, found] of efforts.slice(1).entries()) expect(found).toBeGreaterThan(efforts[which] ?? 1);
    expect(recall).toBe(efforts.at(-1));
    expect((await descend(clustered)).efforts.length).toBe(1);
  });

  it("gives what it has found when there is no memory for more pains", async () => {
    const { efforts, recall, graph } = await descend(even, { isFull: true });
    expect(efforts).toEqual([recall]);
    expect(graph.indices.every((other) => other >= 0 && other < even.rows)).toBe(true);
  });

  it("gives rows that are equal to many others as many neighbours as all others have", async () => {
    const points = { ...clustered, data: clustered.data.slice() };
    for (let row = 1; row < 3000; row++) points.data.copyWithin(row * 12, 0, 12);
    points.data.fill(1e6, 4999 * 12);
    const { graph, recall } = await descend(points);
    expect(recall).toBeGreaterThan(0.99);
    expect(graph.indices.every((other) => other >= 0 && other < rows)).toBe(true);
    expect(graph.distances.every(Number.isFinite)).toBe(true);
    expect(graph.distances.subarray(0, 14)).toEqual(new Float32Array(14));
    const expected = nearestByComparing(points, 4999, 14, "euclidean");
    expect(graph.distances[4999 * 14]).toBeCloseTo(expected[0]?.distance ?? 0, -1);
  });

  it("gives the data's own unit", async () => {
    const unit = 2 ** -100;
    const plain = await descend(clustered);
    const { graph } = await descend({ ...clustered, data: clustered.data.map((value) => value * unit) });
    expect(Buffer.from(graph.indices.buffer).equals(Buffer.from(plain.graph.indices.buffer))).toBe(true);
    for (let place = 0; place < graph.distances.length; place += 501)
      expect((graph.distances[place] ?? 0) / unit / (plain.graph.distances[place] ?? 0)).toBeCloseTo(1, 5);
  });

  it("takes no more memory at first than was foreseen", async () => {
    const { taken } = await descend(clustered);
    const foreseen = umapMemory(rows, 12, { ...umapDefaults, neighborSearch: "nn-descent" });
    expect(taken[0]).toBeLessThan(foreseen);
    expect(taken[0]).toBeGreaterThan(foreseen / 4);
  });

  it("tells how far it is, and stops when told to", async () => {
    const controller = new AbortController();
    const heard: Progress[] = [];
    const running = descend(clustered, {
      pace: new Pace(controller.signal),
      onProgress: (progress) => {
        heard.push(progress);
        if (progress.done > rows / 4) controller.abort();
      },
    });
    await expect(running).rejects.toThrow("Stopped.");
    expect(heard[0]).toEqual({ stage: "Finding neighbours", done: 0, total: rows, unit: "rows" });
    expect(heard.map(({ done }) => done)).toEqual(heard.map(({ done }) => done).sort((a, b) => a - b));
    expect(heard.at(-1)?.done).toBeLessThan(rows);
  });
});

describe("a map by NN-descent", () => {
  const map = (points: Matrix, neighborSearch: "auto" | "nn-descent" | "exact") =>
    umap(points, { ...umapDefaults, neighborSearch, nEpochs: 5 }, {});

  it("says what share of the neighbours is missing where that is more than a tenth", async () => {
    const { recall, notices } = await map(evenRows(4200), "nn-descent");
    expect(recall).toBeLessThan(0.9);
    expect(notices).toContain(
      `NN-descent has found ${Math.floor(recall * 100)} % of the neighbours; neighbor_search="exact" finds all.`,
    );
    const good = await map(clustered, "nn-descent");
    expect(good.recall).toBeGreaterThan(0.99);
    expect(good.notices.filter((notice) => notice.includes("NN-descent"))).toEqual([]);
  });

  it("is made where comparing all rows takes more than a minute or so, and not of few rows", () => {
    expect(takesDescent(20_000, 256, "auto")).toBe(false);
    expect(takesDescent(100_000, 256, "auto")).toBe(false);
    expect(takesDescent(200_000, 256, "auto")).toBe(true);
    expect(takesDescent(1_000_000, 2, "auto")).toBe(true);
    expect(takesDescent(1_000_000, 256, "exact")).toBe(false);
    expect(takesDescent(5000, 2, "nn-descent")).toBe(true);
    expect(takesDescent(4000, 2, "nn-descent")).toBe(false);
  });

  it("is not made for lists of a sixteenth of the rows, which all rows fill sooner", async () => {
    expect(takesDescent(4200, 2, "nn-descent", "CPU", 262)).toBe(true);
    expect(takesDescent(4200, 2, "nn-descent", "CPU", 263)).toBe(false);
    expect(takesDescent(4200, 2, "nn-descent", "WebGPU", 263)).toBe(false);
    const points = evenRows(4200);
    const options = {
      ...umapDefaults,
      neighborSearch: "nn-descent",
      nNeighbors: 264,
      nEpochs: 0,
      backend: "cpu",
    } as const;
    const { neighbors } = await umap(points, options, {});
    const own = neighbors?.indices.subarray(7 * 263, 8 * 263) ?? [];
    expect([...own]).toEqual(nearestByComparing(points, 7, 263, "euclidean").map(({ row }) => row));
  });

  it("is made on a GPU of more rows than on the CPU, or where it is asked for", () => {
    expect(takesDescent(200_000, 256, "auto", "WebGPU")).toBe(false);
    expect(takesDescent(1_000_000, 32, "auto", "WebGPU")).toBe(false);
    expect(takesDescent(1_000_000, 256, "auto", "WebGPU")).toBe(true);
    expect(takesDescent(5000, 2, "nn-descent", "WebGPU")).toBe(true);
    expect(takesDescent(4000, 2, "nn-descent", "WebGPU")).toBe(false);
  });
});
