import type { PictureLayout } from "../images/picture-layout.ts";

/** A picture to be drawn: red, green, blue and opacity, a byte each, row after row. */
export interface LevelPixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
}

/**
 * Levels from black (0) to white (1) as pixels; of a picture that has not three colours the first channel as grey.
 *
 * @param isTurned - The channels are blue, green and red.
 */
export function levelPixels(levels: Float64Array, layout: PictureLayout, isTurned: boolean): LevelPixels {
  const { height, width, channels, channelsLast } = layout;
  const places = height * width;
  const data = new Uint8ClampedArray(places * 4).fill(255);
  for (let color = 0; color < 3; color++) {
    const channel = channels < 3 ? 0 : isTurned ? 2 - color : color;
    for (let place = 0; place < places; place++) {
      const level = levels[channelsLast ? place * channels + channel : channel * places + place] ?? 0;
      data[place * 4 + color] = level * 255;
    }
  }
  return { data, height, width };
}
