import { ComputeError } from "../../errors.ts";
import type { LayerOutput, ModelLayer } from "../model-layer.ts";
import { nearestNames } from "./nearest-names.ts";

/** A layer and that of its answers which was asked for: the first, but where a tensor was named. */
export interface FoundLayer {
  readonly layer: ModelLayer;
  readonly output: LayerOutput;
}

/**
 * The layer that somebody means.
 *
 * @param wanted - A number counts from the first layer, a negative one from the last, as in Python. Text is a layer's
 * name, a tensor's, or the path of a PyTorch module, which stands for the last operator in it.
 * @throws ComputeError "input" for what is no layer, with the nearest names.
 */
export function findLayer(layers: readonly ModelLayer[], wanted: string | number): FoundLayer {
  const found = typeof wanted === "number" ? layers.at(indexIn(layers, wanted)) : layerNamed(layers, wanted);
  const output = found?.outputs.find(({ tensor }) => tensor === wanted) ?? found?.outputs[0];
  if (found && output) return { layer: found, output };
  const near = nearestNames(
    String(wanted),
    layers.flatMap(({ name, module }) => (module === "" ? [name] : [name, module])),
  );
  throw new ComputeError(
    "input",
    `The model has no layer "${wanted}".`,
    near.length > 0 ? `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?` : "Take one of the layer table.",
  );
}

function indexIn(layers: readonly ModelLayer[], wanted: number): number {
  if (Number.isInteger(wanted) && wanted >= -layers.length && wanted < layers.length) return wanted;
  throw new ComputeError(
    "input",
    `There is no layer ${wanted}: the model has ${layers.length} layers.`,
    `Take 0 to ${layers.length - 1}, or -${layers.length} to -1 from the end.`,
  );
}

function layerNamed(layers: readonly ModelLayer[], wanted: string): ModelLayer | undefined {
  return (
    layers.find(({ name }) => name === wanted) ??
    layers.find(({ outputs }) => outputs.some(({ tensor }) => tensor === wanted)) ??
    (wanted === "" ? undefined : layers.findLast(({ module }) => isInModule(module, wanted)))
  );
}

/** Whether a path is a module's own or one inside it. */
export function isInModule(path: string, module: string): boolean {
  return path === module || path.startsWith(`${module}.`);
}
