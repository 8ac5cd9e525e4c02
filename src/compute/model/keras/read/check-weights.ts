import { ComputeError } from "../../../errors.ts";
import { figure } from "../../../formats/file-error.ts";
import type { KerasObject } from "../keras-model.ts";
import { type ExpectedWeight, nameOf } from "./layer-weights.ts";

/** Whether a shape is one that a weight can have. */
export function fits({ dims }: ExpectedWeight, found: readonly number[]): boolean {
  if (dims === null) return true;
  return dims.length === found.length && dims.every((size, along) => size === null || size === found[along]);
}

/** @throws {ComputeError} when a layer has fewer or more weights than its class, or of other shapes. */
export function checkWeights(
  layer: KerasObject,
  expected: readonly ExpectedWeight[],
  found: readonly { readonly dims: readonly number[] }[],
  fileName: string,
): void {
  const who = `Layer ${nameOf(layer)} (${layer.class_name}) of ${fileName}`;
  if (found.length !== expected.length) {
    const names = expected.map(({ name }) => name).join(", ");
    const cause = `${who} has ${found.length} weights, not ${expected.length}${names ? ` (${names})` : ""}.`;
    throw new ComputeError("input", cause, "Save it built, unquantised and without adapters.");
  }
  for (const [place, weight] of expected.entries()) {
    const dims = found[place]?.dims ?? [];
    if (fits(weight, dims)) continue;
    const shape = dims.map(figure).join(" x ");
    const wanted = (weight.dims ?? []).map((size) => (size === null ? "any" : figure(size))).join(" x ");
    throw new ComputeError("input", `${who} has a ${weight.name} of ${shape}, not ${wanted}.`, "Save the model again.");
  }
}
