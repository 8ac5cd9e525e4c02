import type { ShownPicture } from "../../compute/feature-maps/feature-maps.ts";
import type { Preprocessing } from "../../compute/features/preprocess/preprocessing.ts";

/** A picture to be drawn: red, green, blue and opacity, a byte each, row after row. */
export interface InputPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Values that a little rounding has moved beyond a byte are of a byte still. */
const ROUNDING = 2;

/** What is done to a number of one of the channels, to have it from 0 to 255. */
type ToByte = (value: number, channel: number) => number;

/**
 * What the model saw, as a reader knows pictures: what was done to prepare it is undone. Where that is not what was done
 * (numbers that were prepared elsewhere, each picture standardised by its own figures) its range tells what it is.
 *
 * @param measured The picture whose range it is: of one that was made from another, such as a blurred one, that other.
 */
export function inputPixels(
  input: ShownPicture,
  preprocessing: Preprocessing | null,
  measured: ShownPicture = input,
): InputPixels {
  const { data, height, width, channels, layout } = input;
  const places = height * width;
  const toByte = byteOf(measured, preprocessing);
  const isTurned = preprocessing?.channels === "BGR" && channels === 3;
  const pixels = new Uint8ClampedArray(places * 4).fill(255);
  for (let color = 0; color < 3; color++) {
    const channel = channels < 3 ? 0 : isTurned ? 2 - color : color;
    for (let place = 0; place < places; place++) {
      const value = data[layout === "NHWC" ? place * channels + channel : channel * places + place] ?? 0;
      pixels[place * 4 + color] = toByte(value, channel);
    }
  }
  return { width, height, data: pixels };
}

function byteOf(input: ShownPicture, preprocessing: Preprocessing | null): ToByte {
  const undo = preprocessing?.standardize ? null : preprocessing && undoing(preprocessing);
  if (undo && rangeOf(input, undo).every((end) => end >= -ROUNDING && end <= 255 + ROUNDING)) return undo;
  const [least, most] = rangeOf(input, (value) => value);
  if (least >= 0 && most <= 1) return (value) => value * 255;
  if (least >= -1 && most <= 1) return (value) => (value + 1) * 127.5;
  if (least >= 0 && most <= 255) return (value) => value;
  return (value) => (255 * (value - least)) / (most - least || 1);
}

function undoing({ scale, mean, deviation }: Preprocessing): ToByte {
  const figure = (figures: readonly number[], channel: number, none: number) => figures[channel] ?? figures[0] ?? none;
  return (value, channel) => (value * figure(deviation, channel, 1) + figure(mean, channel, 0)) / scale;
}

function rangeOf({ data, height, width, channels, layout }: ShownPicture, toByte: ToByte): readonly [number, number] {
  const places = height * width;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < data.length; at++) {
    const value = toByte(data[at] ?? 0, layout === "NHWC" ? at % channels : Math.floor(at / places));
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
