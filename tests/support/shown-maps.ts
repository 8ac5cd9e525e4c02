import { channelStatistics } from "../../src/compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../src/compute/feature-maps/feature-maps.ts";
import { randomAt } from "../../src/compute/random.ts";
import type { ShownMaps } from "../../src/widgets/feature-map-grid/data/shown-maps.ts";

/** A layer to be made: its name, and channels × height × width. */
export interface LayerAsked {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Channels that are the same everywhere. */
  readonly dead?: readonly number[];
}

/** The lab's eight layers: 704 channels, a quarter as high and wide. */
export const labLayers: readonly LayerAsked[] = [
  ["conv2d", 32, 148],
  ["max_pooling2d", 32, 74],
  ["conv2d_1", 64, 72],
  ["max_pooling2d_1", 64, 36],
  ["conv2d_2", 128, 34],
  ["max_pooling2d_2", 128, 17],
  ["conv2d_3", 128, 15],
  ["max_pooling2d_3", 128, 7],
].map(([name, channels, side]) => ({
  name: String(name),
  channels: Number(channels),
  height: Math.ceil(Number(side) / 4),
  width: Math.ceil(Number(side) / 4),
}));

/** Maps of numbers from −1 to 1, the same for the same seed. */
export function shownMaps(asked: readonly LayerAsked[], seed = 1): ShownMaps {
  const input = { data: new Float32Array(12), height: 2, width: 2, channels: 3, layout: "NHWC" } as const;
  const pixels = { width: 2, height: 2, data: new Uint8ClampedArray(16).fill(255) };
  const layers = asked.map((layer, index) => madeLayer(layer, index, seed));
  const picture = { key: "picture", name: "dog.jpg", maps: { input, layers }, pixels, number: 0 };
  return { model: "lab.h5", processor: "WebAssembly", reason: "", colorOrder: "RGB", pictures: [picture] };
}

function madeLayer(asked: LayerAsked, index: number, seed: number): MapLayer {
  const { name, channels, height, width, dead = [] } = asked;
  const places = height * width;
  const data = Float32Array.from({ length: channels * places }, (_, at) => randomAt(seed * 100 + index, at));
  for (const channel of dead) data.fill(0.5, channel * places, (channel + 1) * places);
  return {
    name,
    tensor: name,
    type: "Conv2D",
    index,
    height,
    width,
    channels,
    shape: [height, width, channels],
    skipped: 0,
    data,
    statistics: channelStatistics(data, channels, places),
    field: { rows: { start: 0, step: 1, size: 3 }, columns: { start: 0, step: 1, size: 3 } },
  };
}
