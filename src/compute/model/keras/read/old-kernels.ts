import type { KerasObject, KerasWeight } from "../keras-model.ts";
import { WEIGHT_BYTES } from "../weight-bytes.ts";

/** Classes whose kernels Theano turned round: it convolves, all others correlate. */
const TURNED = /^(Conv[123]D|Conv[23]DTranspose|Convolution[123]D|AtrousConvolution[12]D|Deconvolution2D)$/;

/** What wrote a file, as it says: Keras 1 where it says nothing. */
export interface Writer {
  readonly version: string;
  /** "" where it doesn't say. */
  readonly backend: string;
}

/**
 * A kernel as Keras lays it out since version 2, rows, columns, channels in, channels out: Keras 1 had others, and Theano
 * turned them round (`preprocess_weights_for_loading` of Keras 2.3, which does the same). Copies what it changes alone.
 */
export function modernKernel(layer: KerasObject, weight: KerasWeight, { version, backend }: Writer): KerasWeight {
  if (!weight.name.endsWith("kernel")) return weight;
  const isFirst = version === "" || version.startsWith("1.");
  const laid = isFirst ? laidOut(layer, weight) : weight;
  if (backend !== "theano" || !TURNED.test(layer.class_name)) return laid;
  const along = laid.dims.map((_, axis) => axis);
  return rearranged(laid, along, laid.dims.length - 2);
}

function laidOut({ class_name, config }: KerasObject, weight: KerasWeight): KerasWeight {
  const isChannelsFirst = config.dim_ordering === "th";
  if (weight.dims.length !== 4) return weight;
  switch (class_name) {
    case "Convolution1D":
    case "AtrousConvolution1D": {
      // In two dimensions, one of them 1; before 1.1 with the filters first.
      const isOwn = weight.dims[0] === config.filter_length && weight.dims[1] === 1;
      const { dims, ...flat } = isOwn ? weight : rearranged(weight, [2, 3, 1, 0], 0);
      return { ...flat, dims: dims.filter((_, axis) => axis !== 1) };
    }
    case "Convolution2D":
    case "AtrousConvolution2D":
    case "SeparableConvolution2D":
      return isChannelsFirst ? rearranged(weight, [2, 3, 1, 0], 0) : weight;
    case "Deconvolution2D":
      return rearranged(weight, isChannelsFirst ? [2, 3, 0, 1] : [0, 1, 3, 2], 0);
    default:
      return weight;
  }
}

/** With its axes in another order, then the first `turned` of them the other way round. */
function rearranged(weight: KerasWeight, order: readonly number[], turned: number): KerasWeight {
  const { dims: from, bytes, type } = weight;
  const size = WEIGHT_BYTES[type];
  const strides = from.map((_, axis) => from.slice(axis + 1).reduce((product, length) => product * length, size));
  const dims = order.map((axis) => from[axis] ?? 1);
  const moved = new Uint8Array(bytes.length);
  let to = 0;
  const write = (along: number, at: number): void => {
    if (along === order.length) {
      moved.set(bytes.subarray(at, at + size), to);
      to += size;
      return;
    }
    const [length, stride] = [dims[along] ?? 1, strides[order[along] ?? 0] ?? size];
    for (let step = 0; step < length; step++) {
      write(along + 1, at + stride * (along < turned ? length - 1 - step : step));
    }
  };
  write(0, 0);
  return { ...weight, dims, bytes: moved };
}
