import { describe, expect, it } from "vitest";
import { columnsOf, originOf } from "../../../src/compute/features/feature-block.ts";
import { writeActivations } from "../../../src/compute/features/write-activations.ts";
import { activationLayout, isMap } from "../../../src/compute/model/layers/activation-layout.ts";
import type { ChannelAxis } from "../../../src/compute/model/model-layer.ts";
import { softmax } from "../../../src/compute/softmax.ts";

/** Two channels of six places: 0 to 5, and 10 to 15. */
const channelsFirst = Float32Array.from([0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15]);
const channelsLast = Float32Array.from([0, 10, 1, 11, 2, 12, 3, 13, 4, 14, 5, 15]);

function written(
  data: Float32Array,
  channels: ChannelAxis,
  dims: readonly number[],
  pooling: "avg" | "max" | null,
  last: boolean,
): number[] {
  const layout = activationLayout({ layer: "layer", channels }, dims, 1);
  const into = new Float32Array(14).fill(-1);
  writeActivations(data, 0, layout, pooling, last, into, 1);
  const end = 1 + (pooling === null ? 12 : 2);
  expect([into[0], into[end]]).toEqual([-1, -1]);
  return [...into.subarray(1, end)];
}

describe("a layer's activations", () => {
  it("are pooled over their places, whichever way they lie", () => {
    for (const [data, channels, dims] of [
      [channelsFirst, "first", [1, 2, 2, 3]],
      [channelsLast, "last", [1, 2, 3, 2]],
    ] as const) {
      expect(written(data, channels, dims, "avg", false)).toEqual([2.5, 12.5]);
      expect(written(data, channels, dims, "max", true)).toEqual([5, 15]);
    }
  });

  it("stand in the order that is asked for where they are not", () => {
    for (const [data, channels, dims] of [
      [channelsFirst, "first", [1, 2, 2, 3]],
      [channelsLast, "last", [1, 2, 3, 2]],
    ] as const) {
      expect(written(data, channels, dims, null, true)).toEqual([...channelsLast]);
      expect(written(data, channels, dims, null, false)).toEqual([...channelsFirst]);
    }
  });

  it("are means in double precision, and what is no number stays none", () => {
    const many = new Float32Array(40_000).fill(16_777_215);
    const layout = { channels: 1, places: 40_000, channelStep: 40_000, placeStep: 1 };
    const into = new Float32Array(1);
    writeActivations(many, 0, layout, "avg", false, into, 0);
    expect(into[0]).toBe(16_777_215);
    many[7] = Number.NaN;
    for (const pooling of ["avg", "max"] as const) {
      writeActivations(many, 0, layout, pooling, false, into, 0);
      expect(into[0]).toBeNaN();
    }
  });

  it("of vectors and sequences have their channels last; of maps that say nothing, second", () => {
    expect(activationLayout({ layer: "l", channels: null }, [2, 7], 2)).toMatchObject({ channels: 7, places: 1 });
    expect(activationLayout({ layer: "l", channels: null }, [2, 5, 7], 2)).toMatchObject({ channels: 7, places: 5 });
    expect(activationLayout({ layer: "l", channels: null }, [2, 7, 3, 4], 2)).toMatchObject({
      channels: 7,
      places: 12,
    });
    expect(isMap(null, [2, 5, 7])).toBe(false);
    expect(isMap("last", [2, 5, 7])).toBe(true);
    expect(isMap("first", [2, 7])).toBe(false);
  });

  it("must be something for each picture", () => {
    expect(() => activationLayout({ layer: "windows", channels: null }, [128, 49, 32], 2)).toThrow(
      'The layer "windows" answers with (128, 49, 32) to 2 pictures, not with something for each.',
    );
  });

  it("know where each column comes from", () => {
    const blocks = [
      { layer: "a", start: 0, channels: 2, places: 6, channelsLast: false },
      { layer: "b", start: 12, channels: 2, places: 6, channelsLast: true },
      { layer: "c", start: 24, channels: 3, places: 1, channelsLast: false },
    ];
    expect(columnsOf(blocks)).toBe(27);
    expect(originOf(blocks, 7)).toEqual({ layer: "a", channel: 1, place: 1 });
    expect(originOf(blocks, 15)).toEqual({ layer: "b", channel: 1, place: 1 });
    expect(originOf(blocks, 26)).toEqual({ layer: "c", channel: 2, place: 0 });
    expect(() => originOf(blocks, 27)).toThrow(RangeError);
  });
});

it("logits become probabilities, however large they are", () => {
  const rows = Float32Array.of(1000, 1001, 0, 0);
  softmax(rows, 2);
  expect(rows[0]).toBeCloseTo(1 / (1 + Math.E), 6);
  expect(rows.subarray(2)).toEqual(Float32Array.of(0.5, 0.5));
});
