import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Job } from "../../../src/compute/job.ts";
import { affordableSample } from "../../../src/compute/umap/quality/affordable-sample.ts";
import { version } from "../../../src/version.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { MapQuality } from "../../../src/widgets/umap-scatter/map-quality.ts";
import type { ScatterSession } from "../../../src/widgets/umap-scatter/session.ts";

const WORKER = Symbol.for(`layerscope.compute@${version}`);
const page = globalThis as { [WORKER]?: unknown };

interface Call {
  readonly input: object;
  readonly job: Job;
  answer(quality: object): void;
}

/** Calls that the worker has been asked for and has not answered. */
let calls: Call[] = [];

function measured(rows = 10, columns = 4): MapQuality {
  const points = sourceOf(new Float32Array(rows * columns), [rows, columns]);
  const layout = {
    positions: new Float32Array(20),
    settling: false,
    preview: false,
    origin: { kind: "umap", data: points.key, options: { metric: "cosine" } },
  };
  const host = { signal: new AbortController().signal };
  const session = { layout, host, props: { points, metric: "euclidean" }, keptNeighbors: null, hasOwnMap: true };
  return new MapQuality(session as unknown as ScatterSession, () => {});
}

async function called(count: number): Promise<Call> {
  await expect.poll(() => calls.length).toBe(count);
  const call = calls[count - 1];
  if (!call) throw new Error("no call");
  return call;
}

beforeEach(() => {
  calls = [];
  page[WORKER] = {
    call: (_name: string, input: object, job: Job) =>
      new Promise((answer, refuse) => {
        calls.push({ input, job, answer });
        job.signal?.addEventListener("abort", () => refuse(new DOMException("Stopped.", "AbortError")));
      }),
  };
});
afterEach(() => {
  delete page[WORKER];
});

describe("the quality of a map", () => {
  it("stays forgotten when the worker's last word of it comes after another map", async () => {
    const quality = measured();
    void quality.measure();
    const { job } = await called(1);
    job.onProgress?.({ stage: "Comparing", done: 1, total: 2, unit: "rows" });
    expect(quality.share).toBe(0.5);
    quality.forget();
    job.onProgress?.({ stage: "Comparing", done: 2, total: 4, unit: "rows" });
    expect(quality.share).toBeNull();
  });

  it("is measured once for all who ask meanwhile, and ends with the last who gives it up", async () => {
    const quality = measured();
    const [first, second] = [new AbortController(), new AbortController()];
    const asked = [quality.measure({ signal: first.signal }), quality.measure({ signal: second.signal })];
    const call = await called(1);
    first.abort();
    expect(call.job.signal?.aborted).toBe(false);
    call.answer({ preservation: 0.5 });
    expect(await Promise.all(asked)).toEqual([{ preservation: 0.5 }, { preservation: 0.5 }]);
    expect(calls).toHaveLength(1);
    quality.forget();
    const again = quality.measure({ signal: second.signal });
    const { job } = await called(2);
    second.abort();
    expect(job.signal?.aborted).toBe(true);
    expect(await again).toBeNull();
  });

  it("is by the metric of the map on show, whatever has been set since", async () => {
    void measured().measure();
    expect((await called(1)).input).toMatchObject({ options: { metric: "cosine" } });
  });

  it("is measured on 5,000 rows at most, and on as many of a large table as take a few seconds", async () => {
    void measured(10).measure();
    expect((await called(1)).input).toMatchObject({ options: { sample: 5000, seed: 42 } });
    void measured(100_000, 128).measure();
    expect((await called(2)).input).toMatchObject({ options: { sample: 1875 } });
  });
});

describe("the rows that quality is measured on", () => {
  it("are fewer the more there are to compare with, and never fewer than 100", () => {
    expect(affordableSample(20_000, 256, 5000)).toBe(5000);
    expect(affordableSample(1_000_000, 32, 5000)).toBe(468);
    expect(affordableSample(1_000_000, 512, 5000)).toBe(100);
    expect(affordableSample(1_000_000, 32, 50)).toBe(50);
  });
});
