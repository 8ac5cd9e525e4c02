import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { formatCount, formatCounted } from "../../theme/numbers.ts";

/** As far as a model on show (`ShownModel`) tells what answers for it. */
interface Answering {
  readonly layers: readonly ModelLayer[];
  readonly facts: { readonly outputs: readonly string[] };
}

/** Of more their number is told. */
const MOST_NAMED = 12;

/** How many numbers the model's first answer has for a picture; null where that is no list of them. */
export function countClasses({ layers, facts }: Answering): number | null {
  const shape = answering(layers, facts.outputs)?.shape;
  return shape?.length === 2 ? (shape[1] ?? null) : null;
}

/** "classes adeno, benign and 998 more": what a layer's answers are called, where they are the model's; else empty. */
export function classWords(layer: ModelLayer, shown: Answering | null, classes: readonly string[] | null): string {
  if (!shown || !classes || classes.length !== countClasses(shown)) return "";
  const answer = answering(shown.layers, shown.facts.outputs);
  if (!answer || !layer.outputs.includes(answer)) return "";
  const named = classes.slice(0, MOST_NAMED).join(", ");
  const more = classes.length - MOST_NAMED;
  return `classes ${named}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}

/** Why names of classes are not shown; empty where they are, and where there are none. */
export function misnamedClasses(shown: Answering, classes: readonly string[] | null): string {
  const answers = countClasses(shown);
  if (!classes || answers === null || classes.length === answers) return "";
  return `${formatCounted(classes.length, "name")} in classes for ${formatCounted(answers, "answer")} of the model: they are not shown.`;
}

function answering(layers: readonly ModelLayer[], [first]: readonly string[]) {
  const answer = layers.flatMap(({ outputs }) => outputs).findLast(({ tensor }) => tensor === first);
  return answer ?? layers.at(-1)?.outputs[0];
}
