import { describe, expect, it, vi } from "vitest";
import type { SaliencySet } from "../../../src/compute/saliency/run/saliency-request.ts";
import type { Model } from "../../../src/entries/model.ts";
import { SaliencyMap } from "../../../src/entries/saliency-map.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { type AskedSaliency, readSaliencyRequest } from "../../../src/widgets/models/asked-saliency.ts";
import { packedSaliency } from "../../../src/widgets/models/packed-saliency.ts";
import type { ModelPictures } from "../../../src/widgets/models/page-model.ts";
import { unpackArrays } from "../../../src/widgets/work/pack-arrays.ts";

const asked: { readonly pictures: ModelPictures; readonly request: AskedSaliency }[] = [];

/** A map for each picture: its number everywhere, of 2 × 3 places. */
function answer(request: AskedSaliency, pictures: number): SaliencySet {
  const shape = { height: 2, width: 3, channels: 3, channelsLast: false };
  const map = (row: number) => ({
    values: new Float32Array(6).fill(row),
    height: 2,
    width: 3,
    raw: request.raw ? { values: new Float32Array(18).fill(-row), shape } : null,
    score: 2.5,
    baselineScore: 0.5,
    completeness: { sum: 1, difference: 2, error: -1 },
  });
  const maps = Array.from({ length: pictures }, (_, row) => map(row));
  const runs = request.runs.map(({ name }) => ({ name, maps, layer: "conv", notes: ["The logits."] }));
  return { runs, processor: "CPU", reason: "", workers: 1 };
}

vi.mock("../../../src/widgets/models/page-model.ts", async (original) => ({
  ...(await original<object>()),
  openModel: async () => ({
    saliency: async (pictures: ModelPictures, request: AskedSaliency) => {
      asked.push({ pictures, request });
      return answer(request, "shape" in pictures ? (pictures.shape[0] ?? 0) : pictures.length);
    },
  }),
}));

const model = { source: {}, declared: {} } as unknown as Model;
const picture = { data: new Float32Array(18), shape: [3, 2, 3] };

describe("SaliencyMap in JavaScript", () => {
  it("gives a map for a picture and a list for a list", async () => {
    const smap = new SaliencyMap(model, { class: 1, minus: 0 }, { of: "probabilities" });
    const one = await smap.gradcam(picture, { layer: "conv", workers: 2, smooth: true, nsamples: 3 });
    expect(one).toMatchObject({ shape: [2, 3], raw: null, score: 2.5, baselineScore: 0.5, layer: "conv" });
    expect(asked.at(-1)?.request).toEqual({
      target: { class: 1, minus: 0 },
      of: "probabilities",
      runs: [{ name: "gradcam", method: "gradcam", smooth: true }],
      options: { layer: "conv", nsamples: 3 },
      raw: undefined,
      workers: 2,
    });
    const several = await smap.vanilla({ data: new Float32Array(36), shape: [2, 3, 2, 3] });
    expect(Array.isArray(several) && several.map(({ data }) => data[0])).toEqual([0, 1]);
    expect((await smap.vanilla([new Blob(), new Blob(), new Blob()])).length).toBe(3);
  });

  it("knows methods by Slideflow's numbers and names", async () => {
    const smap = new SaliencyMap(model, 2);
    await smap.get(picture, SaliencyMap.BLUR_INTEGRATED_GRADIENTS_SMOOTH);
    expect(asked.at(-1)?.request.runs).toMatchObject([{ method: "blur_integrated_gradients", smooth: true }]);
    expect(() => smap.get(picture, 10)).toThrow("There is no method 10. Take 0 to 9, such as SaliencyMap.XRAI.");
    expect(Object.keys(await smap.all(picture))).toHaveLength(8);
    expect(asked.at(-1)?.request.target).toEqual({ class: 2 });
  });

  it("gives the signed attribution where it is asked for, in the shape in which the model takes pictures", async () => {
    const xBaseline = { data: [...new Float32Array(18)], shape: [3, 2, 3] };
    const { raw } = (await new SaliencyMap(model, 0).vanilla(picture, { raw: true, xBaseline })) as { raw: unknown };
    expect(raw).toMatchObject({ shape: [3, 2, 3] });
    expect(asked.at(-1)?.request.options?.xBaseline).toMatchObject({ shape: [3, 2, 3] });
  });
});

const facts = {
  name: "net.onnx",
  format: "onnx",
  inputs: [{ name: "x", type: 1, dims: [3, 2, 3], batch: null }],
} as const;
const runs = [{ name: "xrai", method: "xrai", smooth: false }] as const;
const read = (options: AskedSaliency["options"]) =>
  readSaliencyRequest({ target: { class: 0 }, runs, options }, facts, {});

describe("what is asked of saliency maps", () => {
  it("has its arrays read: a baseline in the model's layout, segments by their pixels", async () => {
    const last = Float32Array.from({ length: 18 }, (_, at) => at);
    const xBaseline = sourceOf(last, [2, 3, 3]);
    const labels = sourceOf(Int32Array.of(7, 7, 2, 7, 2, 2), [2, 3]);
    const { options, of, workers } = await read({ xBaseline, segments: labels, steps: 5 });
    expect([of, workers, options.steps]).toEqual(["logits", null, 5]);
    expect([...(options.xBaseline as Float32Array)].slice(0, 6)).toEqual([0, 3, 6, 9, 12, 15]);
    expect(options.segments?.map(({ area }) => area)).toEqual([3, 3]);
    const masks = sourceOf(Int32Array.of(1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1), [2, 2, 3]);
    expect((await read({ segments: masks })).options.segments?.map(({ area }) => area)).toEqual([1, 6]);
  });

  it("is refused where segments are of another size", async () => {
    await expect(read({ segments: sourceOf(new Int32Array(4), [2, 2]) })).rejects.toThrow(
      "segments are of 2 × 2; the model's pictures are of 2 × 3. Pass labels of the picture's height × width, or n masks of it.",
    );
  });

  it("is answered to Python in one piece", () => {
    const set = answer({ target: { class: 0 }, runs: [...runs, ...runs], raw: true }, 2);
    const { header, bytes } = packedSaliency(set);
    const arrays = unpackArrays({ arrays: header.arrays as never, bytes });
    expect([...arrays.keys()].slice(0, 3)).toEqual(["map/0/0", "raw/0/0", "map/0/1"]);
    expect([...(arrays.get("raw/1/1") ?? [])]).toEqual(new Array(18).fill(-1));
    expect(header.runs).toMatchObject([{ name: "xrai", layer: "conv", pictures: [{ score: 2.5 }, {}] }, {}]);
  });
});
