import type { ChannelAxis } from "../model-layer.ts";
import { activationLayout } from "./activation-layout.ts";

/** How a layer's answer to one picture becomes maps. */
export interface MapLayout {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Places at the beginning that no map shows. */
  readonly skipped: number;
  /** Numbers from one channel to the next, and from one place to the next. */
  readonly channelStep: number;
  readonly placeStep: number;
}

/**
 * Read an answer's dimensions as maps. Of two dimensions besides the batch the places are a sequence: a square where their
 * number is that of one, or one more (a class token, which comes first and is left out), else a column. More than two that
 * are no channels: the last is the maps' width.
 *
 * @param dims - With the batch.
 * @throws {ComputeError} kind "input" where the first dimension is not the batch of `pictures`.
 */
export function layOutMaps(
  { layer, channels }: { readonly layer: string; readonly channels: ChannelAxis },
  dims: readonly number[],
  pictures: number,
): MapLayout {
  const { channels: count, places, channelStep, placeStep } = activationLayout({ layer, channels }, dims, pictures);
  const steps = { channels: count, channelStep, placeStep };
  const own = dims.slice(1);
  if (own.length < 2) return { ...steps, height: 1, width: 1, skipped: 0 };
  if (own.length === 2) return { ...steps, ...squareOf(places) };
  const width = (channelStep === 1 ? own.at(-2) : own.at(-1)) ?? 1;
  return { ...steps, height: width > 0 ? places / width : 0, width, skipped: 0 };
}

function squareOf(places: number): Pick<MapLayout, "height" | "width" | "skipped"> {
  for (const skipped of [0, 1]) {
    const side = Math.sqrt(places - skipped);
    if (side > 1 && Number.isInteger(side)) return { height: side, width: side, skipped };
  }
  return { height: places, width: 1, skipped: 0 };
}

/**
 * The maps themselves, channel first: the answer's own numbers where they lie so and are all of them.
 *
 * @param data - An answer to one picture or several, of which the first is taken.
 */
export function mapsOf(data: Float32Array<ArrayBuffer>, layout: MapLayout): Float32Array<ArrayBuffer> {
  const { channels, height, width, skipped, channelStep, placeStep } = layout;
  const places = height * width;
  const length = channels * places;
  const isInOrder = skipped === 0 && (placeStep === 1 || (places === 1 && channelStep === 1));
  if (isInOrder) return data.length === length ? data : data.slice(0, length);
  const maps = new Float32Array(length);
  for (let channel = 0, to = 0; channel < channels; channel++) {
    let from = channel * channelStep + skipped * placeStep;
    for (let place = 0; place < places; place++, from += placeStep) maps[to++] = data[from] ?? 0;
  }
  return maps;
}
