import { ComputeError } from "../../errors.ts";
import { TENSOR_TYPES } from "../onnx/onnx-model.ts";
import type { Ort, OrtTensor } from "./ort.ts";

/** What the engine answers, in single precision whatever the graph's own type. */
export interface TensorValues {
  readonly dims: readonly number[];
  readonly data: Float32Array<ArrayBuffer>;
}

/** What the engine is asked with. */
export interface Feed {
  readonly name: string;
  /** A number of `TENSOR_TYPES`. */
  readonly type: number;
  readonly dims: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/** @throws ComputeError "input" for types that no picture can be turned into. */
export function tensorOf(ort: Ort, { name, type, dims, values }: Feed): OrtTensor {
  switch (type) {
    case TENSOR_TYPES.float32:
      return new ort.Tensor("float32", values, dims);
    case TENSOR_TYPES.float16:
      return new ort.Tensor("float16", Uint16Array.from(values, halfOf), dims);
    case TENSOR_TYPES.float64:
      return new ort.Tensor("float64", Float64Array.from(values), dims);
    case TENSOR_TYPES.uint8:
      return new ort.Tensor("uint8", Uint8Array.from(values), dims);
    case TENSOR_TYPES.int8:
      return new ort.Tensor("int8", Int8Array.from(values), dims);
    case TENSOR_TYPES.int32:
      return new ort.Tensor("int32", Int32Array.from(values), dims);
    case TENSOR_TYPES.int64:
      return new ort.Tensor(
        "int64",
        BigInt64Array.from([...values], (value) => BigInt(Math.trunc(value))),
        dims,
      );
    case TENSOR_TYPES.bool:
      return new ort.Tensor("bool", Uint8Array.from(values, Math.sign), dims);
  }
  throw new ComputeError(
    "input",
    `The input "${name}" takes numbers of ONNX type ${type}, which pictures can't be turned into.`,
    "Export the model with an input in float32.",
  );
}

/** The numbers of a tensor that lies in the processor's memory; those of float32 are not copied. */
export function valuesOf(tensor: OrtTensor): TensorValues {
  const { dims, type, data } = tensor;
  if (data instanceof Float32Array) return { dims, data: data as Float32Array<ArrayBuffer> };
  // Where there is no Float16Array the engine answers with the bits.
  if (type === "float16" && data instanceof Uint16Array) return { dims, data: Float32Array.from(data, floatOf) };
  if (type === "string") return { dims, data: new Float32Array(data.length).fill(Number.NaN) };
  return { dims, data: Float32Array.from(data as ArrayLike<number>, Number) };
}

const scratch = new DataView(new ArrayBuffer(4));

/** A half's bits as a number (IEEE 754 binary16). */
function floatOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The nearest half's bits, ties to even. */
function halfOf(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | roundToEven(size * 2 ** 24);
  const exponent = ((bits >>> 23) & 255) - 127;
  return sign | (((exponent + 15) << 10) + roundToEven((size / 2 ** exponent - 1) * 1024));
}

function roundToEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}
