import { ComputeError } from "../../../errors.ts";
import { figure } from "../../../formats/file-error.ts";
import type { Hdf5Object } from "../../../formats/hdf5/hdf5-object.ts";
import type { KerasWeight } from "../keras-model.ts";

const TYPES: readonly KerasWeight["type"][] = [
  "float16",
  "float32",
  "float64",
  "bfloat16",
  "int8",
  "int32",
  "int64",
  "uint8",
  "bool",
];

/**
 * A dataset as a weight.
 *
 * @param name - From its layer inwards.
 * @throws {ComputeError} when its numbers are of a type that no weight has.
 */
export async function readWeight(object: Hdf5Object, name: string, fileName: string): Promise<KerasWeight> {
  const dataset = object.dataset();
  const { dims } = dataset;
  const told = dataset.type.kind === "number" ? dataset.type.name : dataset.type.kind;
  // Two opaque bytes each, and a note beside them: so h5py keeps bfloat16.
  const isNoted = object.attributes.get("dtype") === "bfloat16" && dataset.type.size === 2;
  const type = isNoted ? "bfloat16" : TYPES.find((known) => known === told);
  if (type === undefined) {
    const kind = dataset.type.kind === "other" ? dataset.type.name : told;
    throw new ComputeError(
      "input",
      `Weight ${object.path} of ${fileName} is ${kind}, ${figure(dataset.byteLength)} bytes, which no weight is.`,
      "Save the model again from Keras.",
    );
  }
  return { name, type, dims, bytes: await dataset.read() };
}
