import type { FieldAlongAxis } from "../../../compute/feature-maps/receptive-field.ts";
import { levelPixels } from "./color-levels.ts";
import type { DetailContent } from "./mount-detail.ts";

/** Opacity of a channel's largest value; its smallest is not seen. */
const DENSEST = 0.85;

/**
 * Lay a channel over the picture that is drawn already, which turns grey: each place where the middle of what it saw lies,
 * its colour the denser the larger its value.
 */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  { layer, channel, colors, input }: Pick<DetailContent, "layer" | "channel" | "colors" | "input">,
): void {
  turnGrey(context, input);
  const places = layer.height * layer.width;
  const least = layer.statistics.minimum[channel] ?? 0;
  const span = (layer.statistics.maximum[channel] ?? 0) - least;
  const values = layer.data.subarray(channel * places, (channel + 1) * places);
  const levels = Uint8Array.from(values, (value) => (span > 0 ? Math.round(((value - least) / span) * 255) : 0));
  const pixels = levelPixels(levels, colors);
  for (let at = 0; at < places; at++) pixels[at * 4 + 3] = (levels[at] ?? 0) * DENSEST;
  const heat = new OffscreenCanvas(layer.width, layer.height);
  heat.getContext("2d")?.putImageData(new ImageData(pixels, layer.width, layer.height), 0, 0);
  const [top, height] = extent(layer.field?.rows, layer.height, input.height);
  const [left, width] = extent(layer.field?.columns, layer.width, input.width);
  context.imageSmoothingEnabled = true;
  context.drawImage(heat, left, top, width, height);
}

/** Where the places of a map lie on the input, and how much of it they take: each as much as one step to the next. */
function extent(field: FieldAlongAxis | undefined, places: number, pixels: number): readonly [number, number] {
  if (!field || !(field.step > 0)) return [0, pixels];
  return [field.start + field.size / 2 - field.step / 2, field.step * places];
}

/** By hand: not every browser has filters of canvases. */
function turnGrey(context: CanvasRenderingContext2D, { height, width }: DetailContent["input"]): void {
  const picture = context.getImageData(0, 0, width, height);
  const { data } = picture;
  for (let at = 0; at < data.length; at += 4) {
    const grey = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    data[at] = grey;
    data[at + 1] = grey;
    data[at + 2] = grey;
  }
  context.putImageData(picture, 0, 0);
}
