import type { ModelLayer } from "../../../compute/model/model-layer.ts";

/** How many numbers the model's first answer has for a picture; null where that is no list of them. */
export function countClasses(layers: readonly ModelLayer[], outputs: readonly string[]): number | null {
  const [first] = outputs;
  const answer = layers.flatMap((layer) => layer.outputs).findLast(({ tensor }) => tensor === first);
  const shape = (answer ?? layers.at(-1)?.outputs[0])?.shape;
  return shape?.length === 2 ? (shape[1] ?? null) : null;
}
