import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import type { Progress } from "../../../../src/compute/job.ts";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { umap } from "../../../../src/compute/umap/index.ts";
import { type UmapOptions, umapDefaults } from "../../../../src/compute/umap/options.ts";
import { measureQuality, qualityDefaults } from "../../../../src/compute/umap/quality/measure-quality.ts";
import type { LayoutFrame, UmapJob } from "../../../../src/compute/umap/result.ts";
import { clusteredRows } from "../random.ts";
import { digits, golden } from "./digits.ts";
import { findNeighbors } from "./find-neighbors.ts";

const map = (points: Matrix, options: Partial<UmapOptions> = {}, job: UmapJob = {}) =>
  umap(points, { ...umapDefaults, ...options }, job);
const qualityOf = (points: Matrix, positions: Float32Array<ArrayBuffer>) =>
  measureQuality(points, positions, qualityDefaults);
const bits = (positions: Float32Array<ArrayBuffer>) => Buffer.from(positions.buffer).toString("base64");
const small: Matrix = { data: clusteredRows(300, 12, 3, 1), rows: 300, columns: 12 };

describe("the map of digits", () => {
  it.each([1, 2, 3])("is as good as umap-learn's, seed %i", async (seed) => {
    const { positions } = await map(digits, { seed });
    expect((await qualityOf(digits, positions)).trustworthiness).toBeGreaterThanOrEqual(
      golden.quality.trustworthiness - 0.002,
    );
    expect((await qualityOf(digits, positions)).preservation).toBeGreaterThanOrEqual(
      golden.quality.preservation - 0.01,
    );
  });

  it.each(["spectral", "random"] as const)("is good from a %s start too", async (init) => {
    const { positions, notices } = await map(digits, { init });
    expect(notices).toEqual([]);
    expect((await qualityOf(digits, positions)).trustworthiness).toBeGreaterThan(0.98);
    expect((await qualityOf(digits, positions)).preservation).toBeGreaterThan(0.5);
  });

  it("is better in three dimensions than in two", async () => {
    const { positions, nComponents } = await map(digits, { nComponents: 3 });
    expect(nComponents).toBe(3);
    expect(positions.length).toBe(3 * digits.rows);
    expect((await qualityOf(digits, positions)).preservation).toBeGreaterThan(golden.quality.preservation + 0.02);
  });

  it.each(["cosine", "correlation", "manhattan"] as const)("keeps neighbours under %s", async (metric) => {
    const { positions } = await map(digits, { metric });
    expect((await qualityOf(digits, positions)).trustworthiness).toBeGreaterThan(0.975);
  });

  it("is umap-js's with that engine, on the same true neighbours", async () => {
    const frames: LayoutFrame[] = [];
    const points = { ...digits, data: digits.data.slice(0, 600 * 64), rows: 600 };
    const run = () => map(points, { engine: "umap-js", nEpochs: 120 }, { onLayout: (frame) => frames.push(frame) });
    const first = await run();
    expect(first.epochs).toBe(120);
    expect(first.epoch).toBe(120);
    expect(first.neighbors?.k).toBe(14);
    expect((await qualityOf(points, first.positions)).trustworthiness).toBeGreaterThan(0.96);
    expect(frames[0]?.preview).toBe(true);
    expect(bits((await run()).positions)).toBe(bits(first.positions));
  });
});

describe("a seed", () => {
  it("gives the same bits again, and another seed gives others", async () => {
    const first = await map(small, { seed: 7 });
    expect(bits((await map(small, { seed: 7 })).positions)).toBe(bits(first.positions));
    expect(bits((await map(small, { seed: 8 })).positions)).not.toBe(bits(first.positions));
  });

  it("draws the random rows of every round, not the start alone", async () => {
    const resume = { positions: (await map(small, { nEpochs: 0 })).positions, epoch: 0 };
    const first = await map(small, { seed: 7, nEpochs: 5 }, { resume });
    expect(bits((await map(small, { seed: 8, nEpochs: 5 }, { resume })).positions)).not.toBe(bits(first.positions));
  });

  it.each([2, 3] as const)(
    "gives the same bits when the layout is stopped and gone on with, in %i dimensions",
    async (nComponents) => {
      const whole = await map(small, { nComponents, nEpochs: 3000 });
      const controller = new AbortController();
      const points = small;
      const part = await map(
        points,
        { nComponents, nEpochs: 3000 },
        {
          signal: controller.signal,
          onProgress: ({ stage, done }) => stage === "Laying out" && done > 40 && controller.abort(),
        },
      );
      expect(part.epoch).toBeGreaterThan(40);
      expect(part.epoch).toBeLessThan(3000);
      expect(part.epochs).toBe(3000);
      expect(bits(part.positions)).not.toBe(bits(whole.positions));
      const rest = await map(
        points,
        { nComponents, nEpochs: 3000 },
        { resume: part, neighbors: part.neighbors ?? undefined },
      );
      expect(rest.epoch).toBe(3000);
      expect(bits(rest.positions)).toBe(bits(whole.positions));
    },
  );
});

describe("a map on its way", () => {
  it("shows the principal components first, then the start, then rounds in their order", async () => {
    const frames: LayoutFrame[] = [];
    const progress: Progress[] = [];
    const { positions } = await map(
      digits,
      {},
      {
        onLayout: (frame) => frames.push(frame),
        onProgress: (each) => progress.push(each),
      },
    );
    expect(frames[0]).toMatchObject({ preview: true, epoch: 0, epochs: 500 });
    expect(frames[1]).toMatchObject({ preview: false, epoch: 0 });
    expect(frames.length).toBeGreaterThan(2);
    const epochs = frames.slice(1).map((frame) => frame.epoch);
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
    expect(frames.every((frame) => !frame.positions.some(Number.isNaN))).toBe(true);
    expect(new Set(frames.map((frame) => frame.positions.buffer)).size).toBe(frames.length);
    expect(frames.at(-1)?.positions.buffer).not.toBe(positions.buffer);
    const rounds = progress.filter(({ stage }) => stage === "Laying out");
    expect(rounds.every(({ total, unit, done }) => total === 500 && unit === "rounds" && done < 500)).toBe(true);
  });

  it("tells how many rows have their neighbours, never backwards", async () => {
    const points = { data: clusteredRows(8000, 64, 5, 3), rows: 8000, columns: 64 };
    const done: number[] = [];
    await map(
      points,
      { nEpochs: 0 },
      {
        onProgress: (each) => each.stage === "Finding neighbours" && done.push(each.done),
      },
    );
    expect(done.length).toBeGreaterThan(1);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBeLessThanOrEqual(8000);
  });

  it("lets the event loop run between slices of the layout", async () => {
    let turns = 0;
    let timer: NodeJS.Timeout | undefined;
    await map(
      digits,
      { nEpochs: 2000 },
      {
        onProgress: ({ stage }) => {
          if (stage === "Laying out") timer ??= setInterval(() => turns++, 1);
        },
      },
    );
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it("rejects when cancelled before the layout has begun", async () => {
    await expect(map(small, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: "cancelled" });
    const controller = new AbortController();
    const stages: string[] = [];
    const points = { data: clusteredRows(8000, 64, 5, 3), rows: 8000, columns: 64 };
    const run = map(
      points,
      {},
      {
        signal: controller.signal,
        onProgress: ({ stage }) => {
          stages.push(stage);
          controller.abort();
        },
      },
    );
    await expect(run).rejects.toMatchObject({ name: "ComputeError", kind: "cancelled" });
    expect(stages).toEqual(["Finding neighbours"]);
  });

  it("uses neighbours that are known already, the row itself among them or not", async () => {
    const found = await findNeighbors(small, 20, "euclidean");
    const { positions, neighbors, seconds } = await map(small, {}, { neighbors: found });
    expect(neighbors?.k).toBe(14);
    expect(seconds).not.toHaveProperty("neighbors");
    expect(bits(positions)).toBe(bits((await map(small)).positions));
    const withSelf = {
      k: 21,
      indices: Int32Array.from({ length: 300 * 21 }, (_, place) =>
        place % 21 ? (found.indices[Math.floor(place / 21) * 20 + (place % 21) - 1] ?? -1) : place / 21,
      ),
      distances: Float32Array.from({ length: 300 * 21 }, (_, place) =>
        place % 21 ? (found.distances[Math.floor(place / 21) * 20 + (place % 21) - 1] ?? -1) : 0,
      ),
    };
    expect(bits((await map(small, {}, { neighbors: withSelf })).positions)).toBe(bits(positions));
  });

  it("keeps as many of the known neighbours as are asked for, where every row has them", async () => {
    const found = await findNeighbors(small, 20, "euclidean");
    const kept = async (neighbors: typeof found, keepNeighbors: number) =>
      (await map(small, { nEpochs: 0 }, { neighbors, keepNeighbors })).neighbors;
    expect((await kept(found, 19))?.k).toBe(18);
    const all = await kept(found, 50);
    expect(all).toEqual(found);
    // What is beyond those that the map needs, and no neighbour, ends the list.
    const indices = found.indices.slice();
    indices[7 * 20 + 16] = -1;
    expect((await kept({ ...found, indices }, 50))?.k).toBe(16);
  });

  it("refuses known neighbours that are too few, of other rows, out of order, or out of range", async () => {
    const found = await findNeighbors(small, 9, "euclidean");
    const reversed = { ...found, distances: found.distances.slice().reverse() };
    await expect(map(small, { nNeighbors: 10 }, { neighbors: reversed })).rejects.toThrow("row 0 are not sorted");
    await expect(map(small, {}, { neighbors: found })).rejects.toThrow("expected 14 others of row 0, got 9");
    await expect(map(digits, {}, { neighbors: found })).rejects.toThrow("expected 1797 × 9 indices");
    found.indices[12] = 300;
    await expect(map(small, { nNeighbors: 10 }, { neighbors: found })).rejects.toThrow("row 1 names row 300");
  });
});

describe("the parameters", () => {
  const extent = (positions: Float32Array) => Math.max(...positions.map(Math.abs));

  it("nEpochs 0 leaves the start as it is: centred, 10 at the most", async () => {
    const { positions, epoch, epochs } = await map(small, { nEpochs: 0 });
    expect([epoch, epochs]).toEqual([0, 0]);
    expect(extent(positions)).toBeCloseTo(10, 2);
  });

  it("nEpochs 0 is no round of umap-js either", async () => {
    const { epoch, epochs } = await map(small, { nEpochs: 0, engine: "umap-js" });
    expect([epoch, epochs]).toEqual([0, 0]);
  });

  it("nEpochs null takes 500 rounds up to 10,000 rows, else 200", async () => {
    expect((await map(small)).epochs).toBe(500);
    const many = { data: clusteredRows(10_001, 2, 5, 1), rows: 10_001, columns: 2 };
    const controller = new AbortController();
    const { epochs } = await map(
      many,
      { nNeighbors: 3 },
      {
        signal: controller.signal,
        onProgress: ({ stage }) => stage === "Laying out" && controller.abort(),
      },
    );
    expect(epochs).toBe(200);
  });

  it("init may be an array, which the layout starts from", async () => {
    const init = Float32Array.from({ length: 600 }, (_, place) => 500 + (place % 2 ? 3 : 1) * Math.sin(place));
    const { positions } = await map(small, { init, nEpochs: 0 });
    const scale = (positions[0] ?? 0) - (positions[2] ?? 0);
    const given = (init[0] ?? 0) - (init[2] ?? 0);
    expect(((positions[1] ?? 0) - (positions[3] ?? 0)) / scale).toBeCloseTo(
      ((init[1] ?? 0) - (init[3] ?? 0)) / given,
      3,
    );
  });

  it("each change the map", async () => {
    const usual = bits((await map(small)).positions);
    for (const change of [
      { minDist: 0.5 },
      { spread: 2 },
      { repulsionStrength: 2 },
      { negativeSampleRate: 8 },
      { learningRate: 0.5 },
      { localConnectivity: 3 },
      { setOpMixRatio: 0.5 },
      { nNeighbors: 20 },
    ])
      expect(bits((await map(small, change)).positions)).not.toBe(usual);
  });

  it("minDist keeps marks apart and repulsionStrength pushes them out", async () => {
    const nearestGap = (positions: Float32Array) => {
      const distances: number[] = [];
      for (let row = 0; row < 300; row++) {
        let least = Number.POSITIVE_INFINITY;
        for (let other = 0; other < 300; other++)
          if (other !== row)
            least = Math.min(
              least,
              Math.hypot(
                (positions[2 * row] ?? 0) - (positions[2 * other] ?? 0),
                (positions[2 * row + 1] ?? 0) - (positions[2 * other + 1] ?? 0),
              ),
            );
        distances.push(least);
      }
      return distances.sort((a, b) => a - b)[150] ?? 0;
    };
    const close = nearestGap((await map(small, { minDist: 0 })).positions);
    const usual = nearestGap((await map(small)).positions);
    const apart = nearestGap((await map(small, { minDist: 0.8 })).positions);
    expect(close).toBeLessThan(usual);
    expect(usual).toBeLessThan(apart);
    expect(extent((await map(small, { repulsionStrength: 5 })).positions)).toBeGreaterThan(
      extent((await map(small, { repulsionStrength: 0.2 })).positions),
    );
  });

  it("are refused before any work where they have no meaning", async () => {
    const frames: LayoutFrame[] = [];
    const run = map(small, { minDist: 3 }, { onLayout: (frame) => frames.push(frame) });
    await expect(run).rejects.toBeInstanceOf(ComputeError);
    expect(frames).toEqual([]);
  });
});
