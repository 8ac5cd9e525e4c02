import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomAt } from "../../../src/compute/random.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import type { FuzzyGraph } from "../../../src/compute/umap/graph/fuzzy-graph.ts";
import { settleLayout } from "../../../src/compute/umap/layout/settle-layout.ts";
import { type UmapOptions, umapDefaults } from "../../../src/compute/umap/options.ts";
import { measureQuality, qualityDefaults } from "../../../src/compute/umap/quality/measure-quality.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { clusteredRows, uniform } from "../../unit/compute/random.ts";
import { digits } from "../../unit/compute/umap/digits.ts";
import { graphOf, hubGraph, startOf } from "./graphs.ts";
import type { AskedLayout } from "./layout-page.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("layout-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

interface Asked extends Omit<AskedLayout, "graph" | "start" | "firstEpoch"> {
  readonly graph: FuzzyGraph;
  readonly start: Float32Array<ArrayBuffer>;
  readonly firstEpoch?: number;
}

const plain = ({ rows, starts, columns, weights }: FuzzyGraph) => ({
  rows,
  starts: [...starts],
  columns: [...columns],
  weights: [...weights],
});

const onGpu = ({ graph, start, ...rest }: Asked) =>
  opened.page.evaluate((asked) => window.layOut(asked), {
    firstEpoch: 0,
    ...rest,
    graph: plain(graph),
    start: [...start],
  });

const onCpu = ({ graph, start, firstEpoch = 0, epochs, options }: Asked) =>
  settleLayout(
    graph,
    start,
    firstEpoch,
    epochs,
    { ...umapDefaults, ...options },
    {},
    new Pace(undefined),
    callerAlone(1),
  );

const scattered = (rows: number, nComponents: number) =>
  Float32Array.from({ length: rows * nComponents }, (_, place) => 10 * randomAt(3, place));

/**
 * How far one layout is from the other once both are centred, of unit size, and one is turned onto the other: the root
 * of the sum of squared distances that are left (Procrustes; 0 for the same, 1 for unrelated ones).
 */
function procrustes(a: Float32Array, b: Float32Array): number {
  const [p, q] = [a, b].map((layout) => {
    const mean = [0, 1].map((axis) => layout.filter((_, place) => place % 2 === axis).reduce((x, y) => x + y, 0));
    const centred = Array.from(layout, (value, place) => value - (2 * (mean[place % 2] ?? 0)) / layout.length);
    const size = Math.hypot(...centred);
    return centred.map((value) => value / size);
  });
  const product = [0, 0, 0, 0];
  for (let place = 0; place < a.length; place += 2)
    for (const each of [0, 1, 2, 3])
      product[each] = (product[each] ?? 0) + (p?.[place + (each >> 1)] ?? 0) * (q?.[place + (each & 1)] ?? 0);
  const [xx = 0, xy = 0, yx = 0, yy = 0] = product;
  const squares = xx * xx + xy * xy + yx * yx + yy * yy;
  // Singular values s, t of a 2 x 2 matrix: (s + t)^2 = squares + 2 |determinant|.
  const sum = Math.sqrt(squares + 2 * Math.abs(xx * yy - xy * yx));
  return Math.sqrt(Math.max(0, 1 - sum * sum));
}

describe("a quotient on the GPU", () => {
  it.each([1, 1 + 2 ** -22, 1 - 2 ** -22])(
    "is rounded to the nearest, where the GPU's own is off by %f",
    async (wrong) => {
      const next = uniform(4);
      const pairs: number[] = [
        0, 3, 1, 3, -1, 3, 1, 1, 16777215, 16777216, 16777216, 16777215, 1e-20, 1e-37, 1e38, 1e-37,
      ];
      while (pairs.length < 40_000) {
        const wide = () => (1 + next()) * 2 ** Math.floor(40 * next() - 20);
        const close = Math.fround(1 + next());
        pairs.push(wide() * (next() < 0.5 ? -1 : 1), wide(), close, close + 2 ** -23 * Math.floor(8 * next() - 4));
      }
      const single = Float32Array.from(pairs);
      const expected = Float32Array.from(
        { length: single.length / 2 },
        (_, at) => (single[2 * at] ?? 0) / (single[2 * at + 1] ?? 0),
      );
      const found = await opened.page.evaluate(([all, factor]) => window.divideAll(all, factor), [
        [...single],
        wrong,
      ] as const);
      expect([...expected].filter((quotient, at) => quotient !== found[at])).toEqual([]);
    },
  );
});

describe("a round of the layout on the GPU", () => {
  const rows = 700;
  const blobs = graphOf({ data: clusteredRows(rows, 20, 6, 5), rows, columns: 20 }, 200);

  it.each<[string, Partial<UmapOptions>]>([
    ["in two dimensions", {}],
    ["in three dimensions", { nComponents: 3 }],
    ["with another curve", { minDist: 0.6, spread: 1.7, repulsionStrength: 2.5, learningRate: 0.5 }],
    ["without random rows", { negativeSampleRate: 0 }],
    ["with many random rows", { negativeSampleRate: 17, seed: 2 ** 32 - 1 }],
  ])("is the CPU's to the bit, and so are ten, %s", async (_, options) => {
    const graph = await blobs;
    const start = scattered(rows, options.nComponents ?? 2);
    for (const [firstEpoch, epochs] of [
      [1, 2],
      [0, 10],
    ] as const) {
      const asked = { graph, start, firstEpoch, epochs, options };
      const { positions, error } = await onGpu(asked);
      expect(error).toBe("");
      const expected = (await onCpu(asked)).positions;
      expect(positions).not.toEqual([...start]);
      expect(positions).toEqual([...expected]);
    }
  });

  it("is the CPU's where a row is everybody's neighbour", async () => {
    const graph = hubGraph(9000);
    const asked = { graph, start: scattered(9000, 2), firstEpoch: 1, epochs: 2, options: { learningRate: 0.1 } };
    const { positions, error } = await onGpu(asked);
    expect(error).toBe("");
    expect(positions).toEqual([...(await onCpu(asked)).positions]);
  });

  it("is the CPU's however the graph and the work are cut", async () => {
    const graph = hubGraph(400);
    const start = scattered(400, 2);
    const expected = [...(await onCpu({ graph, start, epochs: 3, options: {} })).positions];
    for (const [pieces, panels, segments, submissions] of [
      [{ window: 1000, panelEntries: 1e6, budget: 1e6 }, 1, 1, 1],
      [{ window: 64, panelEntries: 600, budget: 1e6 }, 4, 9, 1],
      [{ window: 1, panelEntries: 1e6, budget: 1 }, 1, 399, 1251],
    ] as const) {
      const found = await opened.page.evaluate((asked) => window.layOutInPieces(...asked), [
        plain(graph),
        [...start],
        pieces,
      ] as const);
      expect(found).toEqual({ positions: expected, panels, segments, submissions });
    }
  });

  it("leaves rows without neighbours where they are", async () => {
    const lone = { rows: 3, starts: new Int32Array(4), columns: new Int32Array(0), weights: new Float32Array(0) };
    const start = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect((await onGpu({ graph: lone, start, epochs: 4, options: {} })).positions).toEqual([...start]);
  });
});

describe("a whole layout on the GPU", () => {
  const rounds = 500;
  const graph = graphOf(digits, rounds);
  const start = startOf(digits);

  it("is as true to the digits as the CPU's, and lies where it lies", async () => {
    const asked = { graph: await graph, start: await start, epochs: rounds, options: {} };
    const found = await onGpu(asked);
    const expected = await onCpu(asked);
    expect([found.error, found.epoch]).toEqual(["", rounds]);
    const positions = Float32Array.from(found.positions);
    const quality = { ...qualityDefaults, k: 15 };
    const onGpuIs = await measureQuality(digits, positions, quality);
    const onCpuIs = await measureQuality(digits, expected.positions, quality);
    expect(Math.abs(onGpuIs.trustworthiness - onCpuIs.trustworthiness)).toBeLessThan(0.002);
    expect(procrustes(positions, expected.positions)).toBeLessThan(0.05);
  });

  it("gives the same bits when it is done again, and when it was stopped and goes on", async () => {
    const asked = { graph: await graph, start: await start, epochs: 120, options: {} };
    const stopped = await onGpu({ ...asked, cancel: true });
    expect(stopped.error).toBe("");
    expect(stopped.epoch).toBeGreaterThan(0);
    expect(stopped.epoch).toBeLessThan(120);
    const whole = await onGpu(asked);
    const goneOn = await onGpu({
      ...asked,
      start: Float32Array.from(stopped.positions),
      firstEpoch: stopped.epoch,
    });
    expect(goneOn.positions).toEqual(whole.positions);
  });

  it("shows frames in order, the start first, at most 30 a second", async () => {
    const asked = { graph: await graph, start: await start, epochs: 60, options: {} };
    const { frames, second, shown, progress, positions: whole } = await onGpu(asked);
    expect(frames[0]).toBe(0);
    expect(frames.length).toBeGreaterThan(2);
    expect(frames.length).toBeLessThanOrEqual(2 + (shown / 1000) * 30);
    expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(60);
    // What a frame shows is the layout after so many rounds: going on from it changes nothing.
    const { epoch: firstEpoch, positions } = second;
    const goneOn = await onGpu({ ...asked, start: Float32Array.from(positions), firstEpoch });
    expect(goneOn.positions).toEqual(whole);
  });

  it("tells when the GPU is lost half way, and lays out on the next one", async () => {
    const asked = { graph: await graph, start: await start, epochs: 120, options: {} };
    expect((await onGpu({ ...asked, lose: true })).error).toMatch(/^lost: The GPU was lost\./);
    expect((await onGpu({ ...asked, epochs: 3 })).epoch).toBe(3);
  });
});
