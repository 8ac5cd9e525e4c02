import { ComputeError } from "../../errors.ts";
import { readNumber } from "../keras/convert/weights/weight-floats.ts";
import { WEIGHT_BYTES } from "../keras/weight-bytes.ts";
import type { OnnxTensor } from "./onnx-model.ts";
import { typeName } from "./tensor-size.ts";

/** A tensor of which single numbers are read: weights stay where the file has them. */
export interface Numbers {
  readonly dims: readonly number[];
  /** The number at a place counted row-major. */
  at(index: number): number;
}

/** Numbers of an array in single precision. */
export function numbersIn({ dims, data }: { readonly dims: readonly number[]; readonly data: Float32Array }): Numbers {
  return { dims, at: (index) => data[index] ?? Number.NaN };
}

/**
 * A weight's numbers.
 *
 * @param beside - Files that the model's weights lie in, by the location that the graph names.
 * @returns null for a type that is packed or unknown here.
 * @throws ComputeError "internal" where the file that the weight lies in is not there.
 */
export function numbersOf(
  { name, type, dims, data }: OnnxTensor,
  beside: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Numbers | null {
  const kind = typeName(type);
  if (!isWeightType(kind)) return null;
  const bytes = data.kind === "here" ? data.bytes : beside.get(data.location);
  if (!bytes) throw new ComputeError("internal", `The numbers of "${name}" are not there.`);
  const start = bytes.byteOffset + (data.kind === "here" ? 0 : data.offset);
  const view = new DataView(bytes.buffer, start, bytes.byteOffset + bytes.byteLength - start);
  if (kind === "float32") return { dims, at: (index) => view.getFloat32(index * 4, true) };
  return { dims, at: (index) => readNumber(view, kind, index) };
}

function isWeightType(kind: string): kind is keyof typeof WEIGHT_BYTES {
  return Object.hasOwn(WEIGHT_BYTES, kind);
}
