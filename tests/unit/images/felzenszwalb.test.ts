import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { PictureLayout } from "../../../src/compute/images/picture-layout.ts";
import { resizeCubic } from "../../../src/compute/images/resize/resize-cubic.ts";
import { dilateRuns } from "../../../src/compute/images/segmentation/dilate-runs.ts";
import { felzenszwalb } from "../../../src/compute/images/segmentation/felzenszwalb.ts";
import { normalizeRange } from "../../../src/compute/images/segmentation/normalize-range.ts";
import { orderByCost } from "../../../src/compute/images/segmentation/order-by-cost.ts";
import { runsOfLabels } from "../../../src/compute/images/segmentation/pixel-runs.ts";
import type { Progress } from "../../../src/compute/job.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import { channelsFirst, face, golden } from "./segmentation-goldens.ts";

const hashOf = (numbers: Int32Array) =>
  createHash("sha256")
    .update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
    .digest("hex")
    .slice(0, 16);

/** As the script has it. */
function tiers(height: number, width: number): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: height * width * 3 }, (_, place) => {
    const row = Math.floor(place / 3 / width);
    const column = Math.floor(place / 3) % width;
    return [Math.floor(row / 9) % 4, Math.floor((row + column) / 13) % 3, 0][place % 3] ?? 0;
  }).map((value) => value / 4);
}

async function pictureOf(name: string, { height, width }: PictureLayout): Promise<Float64Array<ArrayBuffer>> {
  if (name === "tiers") return tiers(height, width);
  const stretched = normalizeRange(face.values);
  return name === "larger" ? resizeCubic(stretched, face.layout, { height, width }) : stretched;
}

describe("segments are those of scikit-image", () => {
  it.each(golden.segmented)("$name, $height × $width, sigma $sigma, at least $minSize pixels", async (told) => {
    const layout = { height: told.height, width: told.width, channels: 3, channelsLast: true };
    const labels = await felzenszwalb(await pictureOf(told.name, layout), layout, told);
    expect(labels.map((each) => Math.max(...each) + 1)).toEqual(told.segments);
    expect(labels.map(hashOf)).toEqual(told.sha256);
  });

  it("where each channel is a plane of its own too", async () => {
    const [told] = golden.segmented;
    if (!told) throw new Error("No goldens.");
    const planes = channelsFirst(normalizeRange(face.values), face.layout);
    const labels = await felzenszwalb(planes, { ...face.layout, channelsLast: false }, told);
    expect(labels.map(hashOf)).toEqual(told.sha256);
  });

  it.each(golden.dilated)("made larger by a disk of radius $radius", async ({ radius, areas, sha256 }) => {
    const stretched = normalizeRange(face.values);
    const [labels] = await felzenszwalb(stretched, face.layout, { scales: [100], sigma: 0.8, minSize: 60 });
    const dilate = dilateRuns(face.layout, radius);
    const larger = runsOfLabels(labels ?? new Int32Array(), face.layout.width).map(dilate);
    expect(larger.map(({ area }) => area)).toEqual(areas);
    const pixels = face.layout.height * face.layout.width;
    const masks = new Int32Array(larger.length * pixels);
    for (const [index, { bounds }] of larger.entries())
      for (let place = 0; place < bounds.length; place += 2)
        masks.fill(1, index * pixels + (bounds[place] ?? 0), index * pixels + (bounds[place + 1] ?? 0));
    expect(hashOf(masks)).toBe(sha256);
  });
});

it("numbers are put in order whatever their size, equal ones as they came", async () => {
  const costs = Float64Array.of(3, 0, 1e300, 0.1, 3, 5e-324, 0, 0.1 + 2 ** -56, Number.POSITIVE_INFINITY, 3);
  const order = [...(await orderByCost(costs, new Pace(undefined)))];
  expect(order).toEqual([...costs.keys()].sort((one, other) => (costs[one] ?? 0) - (costs[other] ?? 0) || one - other));
});

it("a picture of one value is one segment", async () => {
  const layout = { height: 9, width: 7, channels: 1, channelsLast: true };
  const values = normalizeRange(new Float32Array(63).fill(5));
  expect(values).toEqual(new Float32Array(63).fill(-1));
  const [labels] = await felzenszwalb(values, layout, { scales: [50], sigma: 0.8, minSize: 20 });
  expect(labels).toEqual(new Int32Array(63));
});

it("tells how far it is and stops when told to", async () => {
  const stop = new AbortController();
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => {
    told.push(progress);
    if (progress.done === 2) stop.abort();
  };
  const cutting = felzenszwalb(
    normalizeRange(face.values),
    face.layout,
    { scales: [50, 100, 150], sigma: 0.8, minSize: 60 },
    { signal: stop.signal, onProgress },
  );
  await expect(cutting).rejects.toMatchObject({ kind: "cancelled" });
  expect(told.map(({ done, total }) => [done, total])).toEqual([
    [0, 3],
    [1, 3],
    [2, 3],
  ]);
});
