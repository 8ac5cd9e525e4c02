import { ComputeError } from "../../errors.ts";
import type { ModelLayer } from "../model-layer.ts";
import { findPostconv } from "./find-postconv.ts";
import type { FoundLayer } from "./found-layer.ts";
import { isInModule } from "./module-path.ts";
import { nearestNames } from "./nearest-names.ts";

/**
 * The layer that somebody means.
 *
 * @param wanted - A number counts from the first layer, a negative one from the last, as in Python. Text is a layer's
 * name, a tensor's, or the path of a PyTorch module, which stands for the last operator in it; "postconv" is what
 * `findPostconv` finds, unless a layer has that name.
 * @throws ComputeError "input" for what is no layer, with the nearest names.
 */
export function findLayer(layers: readonly ModelLayer[], wanted: string | number): FoundLayer {
  const found = typeof wanted === "number" ? layers.at(indexIn(layers, wanted)) : layerNamed(layers, wanted);
  const output = found?.outputs.find(({ tensor }) => tensor === wanted) ?? found?.outputs[0];
  if (found && output) return { layer: found, output };
  if (wanted === "postconv") return findPostconv(layers);
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
