import { describe, expect, it } from "vitest";
import { localChannel } from "../../../../src/compute/runtime/local-channel.ts";
import { WorkerPool } from "../../../../src/compute/runtime/worker-pool.ts";
import type { FuzzyGraph } from "../../../../src/compute/umap/graph/fuzzy-graph.ts";
import { umap } from "../../../../src/compute/umap/index.ts";
import { shareRows } from "../../../../src/compute/umap/layout/shared-layout.ts";
import { type UmapOptions, umapDefaults } from "../../../../src/compute/umap/options.ts";
import type { LayoutFrame, UmapJob } from "../../../../src/compute/umap/result.ts";
import { clusteredRows } from "../random.ts";

const points = { data: clusteredRows(1500, 12, 5, 1), rows: 1500, columns: 12 };
const bits = (positions: Float32Array<ArrayBuffer>) => Buffer.from(positions.buffer).toString("base64");

/** As many hands as asked for; all that passes between them is cloned or transferred, as between real workers. */
function map(workers: number, options: Partial<UmapOptions> = {}, job: UmapJob = {}) {
  const pool = new WorkerPool(localChannel, 0);
  const run = umap(
    points,
    { ...umapDefaults, nEpochs: 60, ...options, workers },
    { ...job, crew: (size) => pool.crew(size) },
  );
  return { pool, run };
}

describe("a map computed by several workers", () => {
  it.each([2, 3] as const)("has the same bits for 1, 2, 3 and 4 of them, in %i dimensions", async (nComponents) => {
    const alone = await umap(points, { ...umapDefaults, nEpochs: 60, nComponents }, {});
    for (const workers of [1, 2, 3, 4]) {
      const { positions, epoch } = await map(workers, { nComponents }).run;
      expect(epoch).toBe(60);
      expect(bits(positions)).toBe(bits(alone.positions));
    }
  });

  it("is seen settling, in frames of all rows", async () => {
    const frames: LayoutFrame[] = [];
    const { positions } = await map(3, { nEpochs: 2000 }, { onLayout: (frame) => frames.push(frame) }).run;
    const rounds = frames.slice(1).map(({ epoch }) => epoch);
    expect(rounds[0]).toBe(0);
    expect(rounds.length).toBeGreaterThan(2);
    expect(rounds).toEqual([...new Set(rounds)].sort((a, b) => a - b));
    expect(frames.every((frame) => frame.positions.length === positions.length)).toBe(true);
    const moved = (row: number) => frames.at(1)?.positions[2 * row] !== frames.at(-1)?.positions[2 * row];
    expect([0, 700, 1499].every(moved)).toBe(true);
  });

  it("stops at a round when cancelled, goes on with the same bits, and leaves no hand at work", async () => {
    const whole = await map(2, { nEpochs: 3000 }).run;
    const controller = new AbortController();
    const { pool, run } = map(
      2,
      { nEpochs: 3000 },
      {
        signal: controller.signal,
        onProgress: ({ stage, done }) => stage === "Laying out" && done > 40 && controller.abort(),
      },
    );
    const part = await run;
    expect(part.epoch).toBeGreaterThan(40);
    expect(part.epoch).toBeLessThan(3000);
    await expect.poll(() => pool.running).toBe(0);
    const rest = await map(3, { nEpochs: 3000 }, { resume: part, neighbors: part.neighbors ?? undefined }).run;
    expect(bits(rest.positions)).toBe(bits(whole.positions));
  });

  it("fails with kind lost when one of them dies, and the others are let go", async () => {
    const deaths: ((message: string) => void)[] = [];
    const pool = new WorkerPool(
      () => ({ ...localChannel(), onLoss: (listener: (message: string) => void) => deaths.push(listener) }),
      0,
    );
    const run = umap(
      points,
      { ...umapDefaults, nEpochs: 5000, workers: 2 },
      {
        crew: (size) => pool.crew(size),
        onProgress: ({ stage, done }) => stage === "Laying out" && done > 10 && deaths.at(-1)?.("out of memory"),
      },
    );
    await expect(run).rejects.toMatchObject({ kind: "lost", details: "out of memory" });
    await expect.poll(() => pool.running).toBe(0);
  });
});

describe("a map whose neighbours several workers look for", () => {
  const rows = 2400;
  const wide = { data: clusteredRows(rows, 256, 9, 4), rows, columns: 256 };
  const options = { ...umapDefaults, nEpochs: 30, backend: "cpu" } as const;
  const mapWide = (workers: number, job: UmapJob, more: Partial<UmapOptions> = {}, start = localChannel) => {
    const pool = new WorkerPool(start, 0);
    return { pool, run: umap(wide, { ...options, ...more, workers }, { ...job, crew: (size) => pool.crew(size) }) };
  };

  it.each(["euclidean", "correlation"] as const)("has the same bits for 1, 2, 3 and 4 of them: %s", async (metric) => {
    const alone = await umap(wide, { ...options, metric }, {});
    for (const workers of [1, 2, 3, 4]) {
      const { positions, neighbors } = await mapWide(workers, {}, { metric }).run;
      expect(neighbors).toEqual(alone.neighbors);
      expect(bits(positions)).toBe(bits(alone.positions));
    }
  });

  it("shows the components before the neighbours are found, and tells how far these are, never backwards", async () => {
    const told: string[] = [];
    const done: number[] = [];
    await mapWide(2, {
      onLayout: ({ preview }) => preview && told.push("preview"),
      onProgress: ({ stage, done: count }) => {
        if (stage !== "Finding neighbours") return;
        told.push(stage);
        done.push(count);
      },
    }).run;
    expect(told[0]).toBe("preview");
    expect(done.length).toBeGreaterThan(3);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(rows);
  });

  it("is cancelled while they look, and leaves no hand at work", async () => {
    for (const least of [0, rows / 2]) {
      const controller = new AbortController();
      const { pool, run } = mapWide(2, {
        signal: controller.signal,
        onProgress: ({ stage, done }) => stage === "Finding neighbours" && done >= least && controller.abort(),
      });
      await expect(run).rejects.toMatchObject({ kind: "cancelled" });
      await expect.poll(() => pool.running).toBe(0);
    }
  });

  it("is cancelled with its preview, when one of them plans already", async () => {
    const controller = new AbortController();
    const { pool, run } = mapWide(2, { signal: controller.signal, onLayout: () => controller.abort() });
    await expect(run).rejects.toMatchObject({ kind: "cancelled" });
    await expect.poll(() => pool.running).toBe(0);
  });

  it("fails with kind lost when one of them dies, and the others are let go", async () => {
    const deaths: ((message: string) => void)[] = [];
    const { pool, run } = mapWide(
      2,
      { onProgress: ({ stage, done }) => stage === "Finding neighbours" && done > 0 && deaths[0]?.("out of memory") },
      {},
      () => ({ ...localChannel(), onLoss: (listener: (message: string) => void) => deaths.push(listener) }),
    );
    await expect(run).rejects.toMatchObject({ kind: "lost", details: "out of memory" });
    await expect.poll(() => pool.running).toBe(0);
  });
});

describe("the rows' shares", () => {
  const graph = (rows: number, entriesOf: (row: number) => number): FuzzyGraph => {
    const starts = new Int32Array(rows + 1);
    for (let row = 0; row < rows; row++) starts[row + 1] = (starts[row] ?? 0) + entriesOf(row);
    const total = starts[rows] ?? 0;
    return { rows, starts, columns: new Int32Array(total), weights: new Float32Array(total).fill(1) };
  };

  it("cover all rows once, in whole blocks of 256", () => {
    for (const [rows, hands] of [
      [10, 4],
      [1000, 3],
      [1024, 4],
      [5000, 8],
    ] as const) {
      const ranges = shareRows(
        graph(rows, () => 15),
        hands,
      );
      expect(ranges.length).toBe(Math.min(hands, Math.ceil(rows / 256)));
      expect(ranges[0]?.from).toBe(0);
      expect(ranges.at(-1)?.to).toBe(rows);
      for (const [place, { from, to }] of ranges.entries()) {
        expect(from % 256).toBe(0);
        expect(to).toBeGreaterThan(from);
        expect(ranges[place + 1]?.from ?? rows).toBe(to);
      }
    }
  });

  it("are of equal work, not of equal length", () => {
    const [first, second] = shareRows(
      graph(10_240, (row) => (row < 2560 ? 60 : 10)),
      2,
    );
    const work = (from = 0, to = 0) =>
      Math.max(0, Math.min(to, 2560) - from) * 60 + Math.max(0, to - Math.max(from, 2560)) * 10;
    expect(work(first?.from, first?.to) / work(second?.from, second?.to)).toBeCloseTo(1, 0);
    expect(first?.to).toBeLessThan(5120);
  });
});
