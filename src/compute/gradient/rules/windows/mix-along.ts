import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { reshapeTo } from "../../emit/shape.ts";

/** An operator that mixes the numbers along an axis by constant shares: `y[k]` is the sum of `shares[k * from + i] * x[i]`. */
export interface Mixture {
  readonly axis: number;
  readonly from: number;
  readonly to: number;
  /** `to` rows of `from` numbers. */
  readonly shares: Float32Array;
}

/**
 * The derivative of mixing along several axes, one after the other: products with the shares' transposes.
 *
 * @param dims - The gradient's dimensions: `to` along the mixtures' axes.
 * @returns With `from` along them.
 */
export function unmix(back: Backward, gradient: string, dims: readonly number[], mixtures: readonly Mixture[]): string {
  const now = [...dims];
  return mixtures.reduce((mixed, mixture) => {
    const next = unmixOne(back, mixed, now, mixture);
    now[mixture.axis] = mixture.from;
    return next;
  }, gradient);
}

function unmixOne(back: Backward, gradient: string, dims: readonly number[], mixture: Mixture): string {
  const { axis, from, to, shares } = mixture;
  const behind = dims.length - 1 - axis;
  if (behind === 0) return back.emit("MatMul", [gradient, back.floats([to, from], shares)]);
  const transposed = Float32Array.from(shares, (_, at) => shares[(at % to) * from + Math.floor(at / to)] ?? 0);
  const matrix = back.floats([from, to], transposed);
  if (behind === 1) return back.emit("MatMul", [matrix, gradient]);
  const rows = reshapeTo(back, gradient, [-1, to, elementCount(dims.slice(axis + 1))]);
  return reshapeTo(back, back.emit("MatMul", [matrix, rows]), dims.with(axis, from));
}
