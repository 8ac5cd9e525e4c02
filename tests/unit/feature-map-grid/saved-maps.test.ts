import { describe, expect, it } from "vitest";
import { channelStatistics } from "../../../src/compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../../src/compute/feature-maps/feature-maps.ts";
import { patchOf } from "../../../src/compute/feature-maps/receptive-field.ts";
import { packMaps, unpackMaps } from "../../../src/widgets/feature-map-grid/data/saved-maps.ts";
import type { ShownMaps } from "../../../src/widgets/feature-map-grid/data/shown-maps.ts";

/** Ramps, each channel with a range of its own. */
function shownMaps(channels: number, side: number): ShownMaps {
  const places = side * side;
  const data = Float32Array.from(
    { length: channels * places },
    (_, at) => (Math.floor(at / places) + 1) * ((at % places) / places) - 0.25,
  );
  const layer: MapLayer = {
    name: "ramp",
    tensor: "ramp",
    type: "Conv",
    index: 3,
    height: side,
    width: side,
    channels,
    shape: [channels, side, side],
    skipped: 0,
    data,
    statistics: channelStatistics(data, channels, places),
    field: { rows: { start: 0, step: 1, size: 3 }, columns: { start: 0, step: 1, size: 3 } },
  };
  const pixels = { width: 2, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255) };
  const input = { data: new Float32Array(6), width: 2, height: 1, channels: 3, layout: "NHWC" } as const;
  return {
    model: "net.onnx",
    processor: "WebGPU",
    reason: "Quicker.",
    colorOrder: "RGB",
    pictures: [{ key: "a", name: "a.png", number: 0, pixels, maps: { input, layers: [layer] } }],
  };
}

const reopen = async (shown: ShownMaps) =>
  (await unpackMaps(await packMaps({ shown, settings: {} }))).shown.pictures[0];

describe("maps in a saved notebook", () => {
  it("are as they were to a two-hundred-and-fifty-fifth of each channel's range, their statistics to the bit", async () => {
    const shown = shownMaps(3, 20);
    const [before] = shown.pictures[0].maps.layers;
    const kept = await reopen(shown);
    const [after] = kept.maps.layers;
    expect(kept.pixels).toEqual(shown.pictures[0].pixels);
    expect(after?.statistics.mean).toEqual(before?.statistics.mean);
    expect(after?.statistics.range).toEqual(before?.statistics.range);
    expect(after?.field).toEqual(before?.field);
    for (const [at, value] of (before?.data ?? []).entries()) {
      const range = Math.floor(at / 400) + 1;
      expect(Math.abs(value - (after?.data[at] ?? 0))).toBeLessThanOrEqual((range / 255) * 0.501);
    }
  });

  it("that are too many are smaller, and each of their pixels saw what those saw that it stands for", async () => {
    const kept = await reopen(shownMaps(64, 250));
    const [layer] = kept.maps.layers;
    expect(layer).toMatchObject({ height: 125, width: 125, channels: 64 });
    const size = { height: 252, width: 252 };
    expect(patchOf(layer?.field ?? null, 1, 0, size)).toEqual({ top: 2, left: 0, height: 4, width: 4 });
  });

  it("that are damaged are refused", async () => {
    await expect(unpackMaps(Uint8Array.of(1, 2, 3))).rejects.toThrow("The saved picture can't be read");
  });
});
