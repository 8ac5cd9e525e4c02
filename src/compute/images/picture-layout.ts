/** How a picture's numbers lie in memory. */
export interface PictureLayout {
  /** Rows. */
  readonly height: number;
  /** Pixels in a row. */
  readonly width: number;
  readonly channels: number;
  /** A pixel's channels lie side by side; else each channel is a plane of its own. */
  readonly channelsLast: boolean;
}

/** A picture's rows or columns as lines of numbers: `outer` blocks of `length` places, `inner` numbers lying between them. */
export interface LinesOf {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** The lines that run down a picture, one for each column and channel. */
export function linesDown({ height, width, channels, channelsLast }: PictureLayout): LinesOf {
  return channelsLast
    ? { outer: 1, length: height, inner: width * channels }
    : { outer: channels, length: height, inner: width };
}

/** The lines that run across a picture, one for each row and channel. */
export function linesAcross({ height, width, channels, channelsLast }: PictureLayout): LinesOf {
  return channelsLast
    ? { outer: height, length: width, inner: channels }
    : { outer: channels * height, length: width, inner: 1 };
}
