import type { ActivationSource } from "../models/activation-source.ts";
import { formatCount, formatCounted } from "../theme/numbers.ts";

/** Layers that are named; of more their number is told. */
const MOST_NAMED = 3;

/** "64 rows × 1,280 activations of postconv (mobilenet.onnx, WebAssembly)"; empty until they are read. */
export function caption({ part, shape, facts }: ActivationSource): string {
  if (!facts) return "";
  const [rows = 0, columns = 0] = shape;
  const { layers, model, processor } = facts;
  const named = layers.length > MOST_NAMED ? `${formatCount(layers.length)} layers` : layers.join(", ");
  const of = part === "activations" ? ` of ${named}` : "";
  return `${formatCounted(rows, "row")} × ${formatCount(columns)} ${part}${of} (${model}, ${processor})`;
}
