import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Job } from "../../../src/compute/job.ts";
import { version } from "../../../src/version.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { MapQuality } from "../../../src/widgets/umap-scatter/map-quality.ts";
import type { ScatterSession } from "../../../src/widgets/umap-scatter/session.ts";

const WORKER = Symbol.for(`layerscope.compute@${version}`);
const page = globalThis as { [WORKER]?: unknown };

interface Call {
  readonly job: Job;
  answer(quality: object): void;
}

/** Calls that the worker has been asked for and has not answered. */
let calls: Call[] = [];

function measured(): MapQuality {
  const points = sourceOf(new Float32Array(40), [10, 4]);
  const layout = {
    positions: new Float32Array(20),
    settling: false,
    preview: false,
    origin: { kind: "umap", points: points.key, options: { metric: "cosine" } },
  };
  const host = { signal: new AbortController().signal };
  const session = { layout, host, props: { points, metric: "euclidean" }, keptNeighbors: null };
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
    call: (_name: string, _input: object, job: Job) =>
      new Promise((answer, refuse) => {
        calls.push({ job, answer });
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
});
