import { numberOf } from "../../../model/layers/attribute-values.ts";
import { minus, over, plus, times } from "../../emit/arithmetic.ts";
import { reshapeTo } from "../../emit/shape.ts";
import { numberByNumber } from "./number-by-number.ts";

/**
 * LRN (Krizhevsky et al., 2012), y = x s^-beta with s = bias + alpha / size times the squares of channels beside:
 * s^-beta dy - 2 alpha beta / size times x times the sum of y dy / s over the channels that x counts for. Sums over
 * channels are products with a matrix of bands.
 */
export const localResponseNormalization = numberByNumber(({ node, back, dy, x, y }) => {
  const dims = back.shape(node.inputs[0] ?? "");
  const [batch = 1, channels = 1, ...places] = dims;
  const size = numberOf(node, "size", 1);
  const share = numberOf(node, "alpha", 1e-4) / size;
  const beta = numberOf(node, "beta", 0.75);
  const before = Math.floor((size - 1) / 2);
  const flat = (tensor: string) =>
    reshapeTo(back, tensor, [batch, channels, places.reduce((product, length) => product * length, 1)]);
  const banded = (tensor: string, first: number, last: number, factor: number) =>
    back.emit("MatMul", [back.floats([channels, channels], band(channels, first, last, factor)), tensor]);
  const [gradient, input] = [flat(dy), flat(x)];
  const sums = plus(
    back,
    banded(times(back, input, input), before, size - 1 - before, share),
    back.number(numberOf(node, "bias", 1)),
  );
  const own = times(back, gradient, back.emit("Pow", [sums, back.number(-beta)]));
  const others = over(back, times(back, gradient, flat(y)), sums);
  const rest = times(back, input, banded(others, size - 1 - before, before, 2 * share * beta));
  return reshapeTo(back, minus(back, own, rest), dims);
});

/** A row a channel: the factor from so many before it to so many behind it. */
function band(channels: number, before: number, behind: number, factor: number): Float32Array {
  const matrix = new Float32Array(channels * channels);
  for (let channel = 0; channel < channels; channel++)
    matrix.fill(
      factor,
      channel * channels + Math.max(0, channel - before),
      channel * channels + Math.min(channels, channel + behind + 1),
    );
  return matrix;
}
