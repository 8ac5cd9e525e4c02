import type { Backward } from "../../backward.ts";
import { slice } from "../../emit/part.ts";
import { reshapeTo, transpose } from "../../emit/shape.ts";
import { overhang, placeAxes, type Windows } from "./windows.ts";

/**
 * The gradient of a convolution's kernels: what is slid over, convolved with the gradient of the windows, by steps that are
 * the kernel's gaps and with gaps that are its steps. Pictures take the place of channels, and channels that of pictures.
 *
 * @param wide - What is slid over, in single precision, of the dimensions `windows.wide`.
 * @param narrow - Numbers of windows, of the dimensions `windows.narrow`.
 * @returns [channels of `narrow`, channels of `wide` / group, ...kernel].
 */
export function kernelGradient(back: Backward, wide: string, narrow: string, windows: Windows): string {
  const { sides, group } = windows;
  const [pictures = 1, channels = 1, ...sizes] = windows.wide;
  const axes = placeAxes(windows.wide);
  const each = channels / group;
  const parts = reshapeTo(back, wide, [pictures, group, each, ...sizes]);
  const exchanged = transpose(back, parts, [2, 1, 0, ...axes.map((axis) => axis + 1)]);
  const beyond = sides.map((_, axis) => Math.max(0, overhang(windows, axis)));
  const correlated = back.emit(
    "Conv",
    [reshapeTo(back, exchanged, [each, group * pictures, ...sizes]), transpose(back, narrow, [1, 0, ...axes])],
    {
      strides: sides.map(({ dilation }) => dilation),
      dilations: sides.map(({ stride }) => stride),
      pads: [...sides.map(({ before }) => before), ...beyond],
      group,
    },
  );
  // Where the last window ends before what it slides over does, there are places for more of the kernel than there is.
  const kernel = sides.map((side) => side.kernel);
  const cut = slice(
    back,
    correlated,
    kernel.map(() => 0),
    kernel,
    axes,
  );
  return transpose(back, cut, [1, 0, ...axes]);
}
