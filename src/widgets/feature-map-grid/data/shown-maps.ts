import { countDead } from "../../../compute/feature-maps/channel-statistics.ts";
import type { FeatureMaps, MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import type { InputPixels } from "../../models/input-pixels.ts";

/** What a model's layers answered to one picture, and the picture. */
export interface PictureMaps {
  /** The same for the same picture. */
  readonly key: string;
  readonly name: string;
  readonly maps: FeatureMaps;
  readonly pixels: InputPixels;
  /** Its number among those that were passed; null: a reader gave it. */
  readonly number: number | null;
}

/** What is on show of a model. */
export interface ShownMaps {
  /** Its file's name. */
  readonly model: string;
  /** "WebGPU" or "WebAssembly", and why that. */
  readonly processor: string;
  readonly reason: string;
  /** In which order the input has its colours; null: it has none. */
  readonly colorOrder: "RGB" | "BGR" | null;
  /** The picture, and a second one where two are compared. */
  readonly pictures: readonly [PictureMaps] | readonly [PictureMaps, PictureMaps];
}

/** A channel of a layer by its row among those on show. */
export interface GridChannel {
  readonly layer: number;
  readonly channel: number;
}

/** The layers, as the first picture has them: what they are, and how large, is the same for all. */
export function layersOf(shown: ShownMaps | null): readonly MapLayer[] {
  return shown?.pictures[0].maps.layers ?? [];
}

/** The names of the pictures on show. */
export function picturesWords({ pictures }: ShownMaps): string {
  return pictures.map(({ name }) => name).join(" and ");
}

/** How many channels there are in all. */
export function countChannels(shown: ShownMaps | null): number {
  return layersOf(shown).reduce((sum, { channels }) => sum + channels, 0);
}

/** Channels of a layer that are the same everywhere, for every picture on show. */
export function deadIn({ statistics, height, width }: MapLayer): number {
  return countDead(statistics, height * width);
}

/** Bytes that the numbers of some maps take. */
export function bytesOfMaps({ input, layers }: FeatureMaps): number {
  return layers.reduce((sum, { data }) => sum + data.byteLength, input.data.byteLength);
}
