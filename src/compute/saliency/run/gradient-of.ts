import type { Gradients } from "../../gradient/gradient-runner.ts";
import type { GradientAnswer } from "./gradient-task.ts";

/** What was answered to one picture. */
export function gradientOf({ scores, gradients, activations }: Gradients): GradientAnswer {
  return { score: scores[0] ?? Number.NaN, gradient: gradients, activations: activations ?? new Float32Array() };
}
