import type { ComputeError } from "../../../compute/errors.ts";

/** Files that are asked for, and why. */
export interface AskedFiles {
  readonly cause: string;
  readonly remedy: string;
}

export const anyModel: AskedFiles = {
  cause: "Drop a model here, or choose its files.",
  remedy: "An .onnx (together with the .onnx.data beside it), .h5 or .keras file. It stays in this page.",
};

/** What a model lacks, by its name. */
export function missingFiles({ reason }: ComputeError): AskedFiles {
  return { cause: reason, remedy: "Drop here what is missing, or choose it." };
}
