import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  channelStatistics,
  channelStrengths,
  countDead,
  isDead,
} from "../../../src/compute/feature-maps/channel-statistics.ts";
import { orderChannels } from "../../../src/compute/feature-maps/order-channels.ts";
import { patchOf } from "../../../src/compute/feature-maps/receptive-field.ts";
import { type Normalize, stretchChannel } from "../../../src/compute/feature-maps/stretch.ts";
import { fillWithNoise } from "../model/keras-convert/keras-goldens.ts";

interface Drawn {
  readonly height: number;
  readonly width: number;
  readonly drawn: string;
}

const packed = readFileSync(new URL("../../reference/models/feature-maps.json.gz", import.meta.url));
const madeUp = JSON.parse(gunzipSync(packed).toString())["made up"] as readonly Drawn[];

/** As make-feature-map-goldens.py makes them. */
function maps({ height, width }: Drawn): Float32Array<ArrayBuffer> {
  const places = height * width;
  const rows = [0, 1, 2].map((channel) => {
    const values = new Float64Array(places);
    fillWithNoise(values, `map ${height} ${width} ${channel}`, 0, 1);
    return values;
  });
  const [around = [], far = [], rest = []] = rows;
  return Float32Array.from([
    ...around,
    ...Array.from(far, (value) => value + 1000),
    ...Array.from(rest, (value) => Math.max(value - 0.5, 0)),
    ...new Float64Array(places),
    ...new Float64Array(places).fill(0.1),
  ]);
}

function levels(data: Float32Array<ArrayBuffer>, channels: number, channel: number, normalize: Normalize): number[] {
  const into = new Uint8Array(data.length / channels);
  stretchChannel(data, channelStatistics(data, channels, into.length), channel, normalize, into);
  return [...into];
}

describe("the levels of a channel", () => {
  it.each(madeUp)("are NumPy's of the lab's formula, byte for byte: $height x $width", (golden) => {
    const data = maps(golden);
    const right = Buffer.from(golden.drawn, "base64");
    const places = data.length / 5;
    const rightOf = (channel: number) => Array.from({ length: places }, (_, place) => right[place * 5 + channel]);
    for (const channel of [0, 1, 2, 3]) expect(levels(data, 5, channel, "zscore")).toEqual(rightOf(channel));
  });

  it("are 0 where all is the same, whatever single precision makes of the mean", () => {
    for (const value of [0.1, 0.3, 0.7, 1.1, 2.3, 12.7])
      for (const { height, width } of madeUp) {
        const same = new Float32Array(height * width).fill(value);
        expect(levels(same, 1, 0, "zscore").every((level) => level === 0)).toBe(true);
      }
  });

  it("are 0 where a channel is dead", () => {
    const data = maps(madeUp.at(-1) ?? { height: 0, width: 0, drawn: "" });
    const places = data.length / 5;
    const statistics = channelStatistics(data, 5, places);
    expect([0, 1, 2, 3, 4].map((channel) => isDead(statistics, channel, places))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(countDead(statistics, places)).toBe(2);
    expect(new Set(levels(data, 5, 3, "zscore"))).toEqual(new Set([0]));
  });

  it("go from the channel's least to its most, from the layer's, or around 0", () => {
    const data = Float32Array.from([-1, 0, 1, 3, 0, 0.5, 0.25, 1]);
    expect(levels(data, 2, 0, "minmax")).toEqual([0, 64, 128, 255]);
    expect(levels(data, 2, 1, "minmax")).toEqual([0, 128, 64, 255]);
    expect(levels(data, 2, 1, "layer")).toEqual([64, 96, 80, 128]);
    expect(levels(data, 2, 0, "signed")).toEqual([86, 128, 170, 255]);
  });

  it("of a map of one place say how it stands in its layer, for it has no deviation", () => {
    const data = Float32Array.from([2, 3, 4, 2]);
    for (const normalize of ["zscore", "minmax", "layer"] as const)
      expect([0, 1, 2, 3].map((channel) => levels(data, 4, channel, normalize)[0])).toEqual([0, 128, 255, 0]);
    expect(countDead(channelStatistics(data, 4, 1), 1)).toBe(0);
  });

  it("are 0 for what is no number", () => {
    const data = Float32Array.from([0, Number.NaN, 1, 2]);
    expect(levels(data, 1, 0, "minmax")).toEqual([0, 0, 128, 255]);
    expect(levels(data, 1, 0, "zscore")).toEqual([0, 0, 0, 0]);
  });
});

describe("a layer's channels", () => {
  const statistics = channelStatistics(Float32Array.from([0, 0, 3, 3, 0, 1, 4, 0, 0, -2, -2, -2]), 3, 4);

  it("have least, most, mean, deviation and the share of zeros", () => {
    expect([...statistics.minimum]).toEqual([0, 0, -2]);
    expect([...statistics.maximum]).toEqual([3, 4, 0]);
    expect([...statistics.mean]).toEqual([1.5, 1.25, -1.5]);
    expect(statistics.deviation[0]).toBe(1.5);
    expect(statistics.deviation[1]).toBeCloseTo(Math.sqrt(43) / 4, 6);
    expect([...statistics.zeros]).toEqual([0.5, 0.5, 0.25]);
    expect(statistics.range).toEqual({ minimum: -2, maximum: 4 });
  });

  it("have a strength: the root of the mean square beside the layer's largest", () => {
    const [first, second, third] = [18 / 4, 17 / 4, 12 / 4];
    const strengths = channelStrengths(statistics);
    expect(strengths[0]).toBe(1);
    expect(strengths[1]).toBeCloseTo(Math.sqrt(second / first), 6);
    expect(strengths[2]).toBeCloseTo(Math.sqrt(third / first), 6);
    expect([...channelStrengths(channelStatistics(new Float32Array(8), 2, 4))]).toEqual([0, 0]);
  });

  it("are sorted by what they have most of, those alike as the model has them", () => {
    const other = channelStatistics(Float32Array.from([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]), 3, 4);
    expect([...orderChannels(statistics, "index")]).toEqual([0, 1, 2]);
    expect([...orderChannels(statistics, "mean")]).toEqual([0, 1, 2]);
    expect([...orderChannels(statistics, "max")]).toEqual([1, 0, 2]);
    expect([...orderChannels(statistics, "zeros")]).toEqual([0, 1, 2]);
    expect([...orderChannels(statistics, "difference", other)]).toEqual([2, 0, 1]);
    expect([...orderChannels(statistics, "difference")]).toEqual([0, 1, 2]);
    const broken = channelStatistics(Float32Array.from([Number.NaN, 0, 5, 5, 1, 1]), 3, 2);
    expect([...orderChannels(broken, "mean")]).toEqual([1, 2, 0]);
  });
});

it("the patch of a place is cut at the picture's edges; without a field it is the picture", () => {
  const field = { rows: { start: -2, step: 2, size: 5 }, columns: { start: 0, step: 1 / 3, size: 2 } };
  const picture = { height: 10, width: 9 };
  expect(patchOf(field, 0, 3, picture)).toEqual({ top: 0, left: 1, height: 3, width: 2 });
  expect(patchOf(field, 4, 1, picture)).toEqual({ top: 6, left: 1, height: 4, width: 1 });
  expect(patchOf(field, 9, 0, picture)).toMatchObject({ height: 0 });
  expect(patchOf(null, 3, 3, picture)).toEqual({ top: 0, left: 0, height: 10, width: 9 });
});
