import { findLayer } from "../model/layers/find-layer.ts";
import type { FoundLayer } from "../model/layers/found-layer.ts";
import type { ModelLayer } from "../model/model-layer.ts";
import { checkNumber } from "../option-checks.ts";
import type { WantedLayers } from "./feature-maps.ts";

/**
 * The layers that are meant, each once, with the first of their answers (or the one that a tensor's name asks for).
 *
 * @param layers - With their shapes.
 * @param batch - How many pictures the graph takes at a time; null for any number.
 * @param canBeHad - Whether a tensor can be had of a picture alone: of those that are counted the others are passed over.
 * @throws {ComputeError} kind "input" for a number below 1, and for what is no layer.
 */
export function chooseLayers(
  layers: readonly ModelLayer[],
  wanted: WantedLayers,
  batch: number | null,
  canBeHad: (tensor: string) => boolean,
): readonly FoundLayer[] {
  if (typeof wanted === "number") checkNumber("layers", wanted, { integer: true, least: 1 });
  if (wanted === null || typeof wanted === "number")
    return layers
      .flatMap((layer) => answerOf(layer, batch))
      .filter(({ output }) => canBeHad(output.tensor))
      .slice(0, wanted ?? layers.length);
  const found = wanted.map((name) => findLayer(layers, name));
  return found.filter(({ output }, at) => found.findIndex((other) => other.output === output) === at);
}

/** A layer that counts: one that answers with something for each picture, and is not the picture itself. */
function answerOf(layer: ModelLayer, batch: number | null): readonly FoundLayer[] {
  const [output] = layer.outputs;
  if (!output?.shape || layer.type === "InputLayer") return [];
  const [first] = output.shape;
  return first === null || first === (batch ?? 1) ? [{ layer, output }] : [];
}
