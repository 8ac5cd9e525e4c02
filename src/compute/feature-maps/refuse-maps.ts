import { ComputeError } from "../errors.ts";
import { MOST_BYTES } from "../model/engine/session-bytes.ts";
import type { FoundLayer } from "../model/layers/found-layer.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import { elementCount } from "../model/onnx/tensor-size.ts";

/**
 * @param onOthers - Tensors that stand on more than the picture.
 * @param names - What else the model takes.
 * @throws {ComputeError} kind "input" for a layer that can't be had of a picture alone.
 */
export function refuseOtherInputs(
  chosen: readonly FoundLayer[],
  onOthers: ReadonlySet<string>,
  names: readonly string[],
): void {
  const found = chosen.find(({ output }) => onOthers.has(output.tensor));
  if (!found) return;
  throw new ComputeError(
    "input",
    `The layer "${found.layer.name}" stands on more than the picture: on ${names.map((name) => `"${name}"`).join(" or ")}.`,
    "Take a layer before that comes in.",
  );
}

/**
 * @param bytes - What the model itself takes.
 * @param chosen - Layers with their shapes.
 * @throws {ComputeError} kind "memory" for more than a page has: the engine holds the answers, and the maps that are made
 * of them lie beside.
 */
export function refuseTooMuch(
  { name, format }: Pick<LoadedModel, "name" | "format">,
  bytes: number,
  chosen: readonly FoundLayer[],
): void {
  let numbers = 0;
  let channels = 0;
  for (const { output } of chosen) {
    const sizes = (output.shape ?? []).slice(1).map((size) => size ?? 1);
    numbers += elementCount(sizes);
    const isFirst = format === "onnx" && sizes.length > 2 && output.channels !== "last";
    channels += (isFirst ? sizes[0] : sizes.at(-1)) ?? 1;
  }
  const maps = 4 * numbers;
  if (bytes + 2 * maps <= MOST_BYTES) return;
  const layers = chosen.length === 1 ? "1 layer" : `${chosen.length.toLocaleString("en")} layers`;
  throw new ComputeError(
    "memory",
    `The maps of ${layers} (${channels.toLocaleString("en")} channels) take ${gigabytes(maps)} twice while they are made, ${name} ${gigabytes(bytes)}; a page has ${gigabytes(MOST_BYTES)}.`,
    "Choose fewer layers.",
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
