import { TENSOR_TYPES } from "../../../model/onnx/onnx-model.ts";
import { elementCount } from "../../../model/onnx/tensor-size.ts";
import { times } from "../../emit/arithmetic.ts";
import { keepWhereEqual } from "../../emit/comparison.ts";
import { expandTo, reshapeTo } from "../../emit/shape.ts";
import { atFirstInput } from "../at-first-input.ts";

/** GlobalAveragePool: all places of a channel get equal parts. */
export const globalAveragePool = atFirstInput(({ back, gradient, data }) => {
  const dims = back.shape(data);
  const part = times(back, gradient, back.number(1 / elementCount(dims.slice(2))));
  return expandTo(back, part, dims);
});

/** GlobalMaxPool: all of it goes to a channel's highest place, the first one where several are. */
export const globalMaxPool = atFirstInput(({ back, gradient, data }) => {
  const dims = back.shape(data);
  const [pictures = 1, channels = 1, ...sizes] = dims;
  const places = elementCount(sizes);
  const flat = reshapeTo(back, back.read(data), [pictures, channels, places]);
  // Compared as fractions, which every GPU can: they hold whole numbers up to 2^24.
  const highest = back.emit("Cast", [back.emit("ArgMax", [flat], { axis: 2, keepdims: 1 })], {
    to: TENSOR_TYPES.float32,
  });
  const numbers = back.floats(
    [places],
    Float32Array.from({ length: places }, (_, place) => place),
  );
  const kept = keepWhereEqual(back, highest, numbers, reshapeTo(back, gradient, [pictures, channels, 1]));
  return reshapeTo(back, kept, dims);
});
