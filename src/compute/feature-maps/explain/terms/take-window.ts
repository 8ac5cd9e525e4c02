import type { LayerRun } from "../layer/layer-run.ts";
import { stridesOf } from "../layer/tensor-places.ts";
import type { WindowSide } from "../pixel-explanation.ts";
import type { OpenTerms } from "./take-along.ts";

/** Part of a picture that lies channels first. */
export interface WantedWindow {
  /** Which of the tensor's pictures. */
  readonly picture: number;
  readonly firstChannel: number;
  readonly channels: number;
  /** Along each of the one or two sides. */
  readonly sides: readonly WindowSide[];
}

const ONE: WindowSide = { first: 0, count: 1, step: 1 };

/**
 * The numbers in a window of a tensor (pictures, channels, height, width), or (pictures, channels, length), which lies as rows of one
 * column; all weights are 0.
 */
export function takeWindow(
  run: LayerRun,
  tensor: string,
  { picture, firstChannel, channels, sides }: WantedWindow,
): OpenTerms {
  const numbers = run.values(tensor);
  const [rows = ONE, columns = ONE] = sides;
  const [pictureStep = 1, channelStep = 1, rowStep = 1, columnStep = 1] = stridesOf(numbers.dims);
  const [, , height = 1, width = 1] = numbers.dims;
  const size = channels * rows.count * columns.count;
  const values = new Float32Array(size);
  const padded = new Uint8Array(size);
  let index = 0;
  for (let channel = firstChannel; channel < firstChannel + channels; channel++)
    for (let row = 0; row < rows.count; row++)
      for (let column = 0; column < columns.count; column++, index++) {
        const y = rows.first + row * rows.step;
        const x = columns.first + column * columns.step;
        if (y < 0 || y >= height || x < 0 || x >= width) padded[index] = 1;
        else values[index] = numbers.at(picture * pictureStep + channel * channelStep + y * rowStep + x * columnStep);
      }
  const source = run.graph.sourceOf(tensor);
  return { source, firstChannel, channels, rows, columns, values, padded, weights: new Float32Array(size) };
}
