import { describe, expect, it } from "vitest";
import type { PictureLayout } from "../../../src/compute/images/picture-layout.ts";
import type { PictureSize } from "../../../src/compute/images/resize/numbers-of.ts";
import { resizeCubic } from "../../../src/compute/images/resize/resize-cubic.ts";
import { resizeLabels } from "../../../src/compute/images/resize/resize-labels.ts";
import { resizeLinear } from "../../../src/compute/images/resize/resize-linear.ts";
import { channelsFirst, formulaPicture, golden, largestDifference } from "./segmentation-goldens.ts";

type Resize = (values: Float64Array, layout: PictureLayout, size: PictureSize) => Float64Array | Promise<Float64Array>;
type ResizeSingle = (
  values: Float32Array,
  layout: PictureLayout,
  size: PictureSize,
) => Float32Array | Promise<Float32Array>;

describe.each([
  { name: "linear", resize: resizeLinear as Resize, resizeSingle: resizeLinear as ResizeSingle, cases: golden.linear },
  { name: "cubic", resize: resizeCubic as Resize, resizeSingle: resizeCubic as ResizeSingle, cases: golden.cubic },
])("a $name resize is scikit-image's", ({ resize, resizeSingle, cases }) => {
  it.each(cases)("$from to $to, $type, $added added", async ({ from, to, added, type, values }) => {
    const [height, width, channels] = from;
    const sizes = { height, width, channels };
    const picture = formulaPicture(sizes).map((value) => value + added);
    const size = { height: to[0], width: to[1] };
    const last = { ...sizes, channelsLast: true };
    if (type === "float32") {
      const resized = await resizeSingle(new Float32Array(picture), last, size);
      expect(resized).toBeInstanceOf(Float32Array);
      expect(largestDifference(resized, values)).toBeLessThan(2.5e-7);
      return;
    }
    expect(largestDifference(await resize(picture, last, size), values)).toBeLessThan(1e-14);
    const planes = await resize(channelsFirst(picture, sizes), { ...sizes, channelsLast: false }, size);
    const expected = channelsFirst(Float64Array.from(values), { ...size, channels });
    expect(largestDifference(planes, expected)).toBeLessThan(1e-14);
  });
});

it.each(golden.labels)("labels of $from pixels at $to are those that scikit-image picks", ({ from, to, labels }) => {
  const own = Int32Array.from({ length: from[0] * from[1] }, (_, place) => place);
  const sizes = [from, to].map(([height, width]) => ({ height, width })) as [PictureSize, PictureSize];
  expect([...resizeLabels(own, ...sizes)]).toEqual(labels);
});

it("a picture that has its size already keeps every bit, in an array of its own", async () => {
  const layout = { height: 4, width: 5, channels: 2, channelsLast: true };
  const picture = formulaPicture(layout);
  for (const resize of [resizeCubic, resizeLinear]) {
    const same = await resize(picture, layout, layout);
    expect(same).toEqual(picture);
    expect(same).not.toBe(picture);
  }
});
