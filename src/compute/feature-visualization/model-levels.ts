import type { PictureLayout } from "../images/picture-layout.ts";

/** What a model takes for black and for white, a number for each channel. */
export interface BlackAndWhite {
  readonly black: readonly number[];
  readonly white: readonly number[];
}

/** Between a picture's levels, from black (0) to white (1), and the numbers that a model takes for them. */
export interface ModelLevels {
  /** A picture as the model takes it. */
  numbersOf(levels: Float64Array): Float32Array<ArrayBuffer>;
  /** A gradient at what the model takes, as one at the levels. */
  gradientOf(gradient: Float32Array): Float64Array;
}

export function modelLevels(
  { black, white }: BlackAndWhite,
  { height, width, channels, channelsLast }: PictureLayout,
): ModelLevels {
  const places = height * width;
  const channelOf = (index: number) => (channelsLast ? index % channels : Math.floor(index / places));
  const span = (channel: number) => (white[channel] ?? 1) - (black[channel] ?? 0);
  return {
    numbersOf: (levels) =>
      Float32Array.from(levels, (level, index) => (black[channelOf(index)] ?? 0) + level * span(channelOf(index))),
    gradientOf: (gradient) => Float64Array.from(gradient, (value, index) => value * span(channelOf(index))),
  };
}
