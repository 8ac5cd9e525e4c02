import { ComputeError } from "../../errors.ts";
import type { SaliencySource } from "../attribute.ts";
import type { PictureShape } from "../differentiable.ts";
import { layerAnswer } from "../target-layer.ts";
import { FreeLanes } from "./free-lanes.ts";
import type { GradientLane } from "./gradient-task.ts";
import type { PlannedGradient } from "./planned-gradient.ts";

/** A model's gradient, run by lanes, as methods ask for it. */
export function modelSource(
  { layer, plan: { atDims, batch } }: PlannedGradient,
  shape: PictureShape,
  lanes: readonly GradientLane[],
): SaliencySource {
  const free = new FreeLanes(lanes);
  const run = (picture: Float32Array<ArrayBuffer>) => free.with((lane) => lane(picture));
  return {
    differentiable: async () => ({
      shape,
      lanes: lanes.length,
      gradient: run,
      score: async (picture) => (await run(picture)).score,
    }),
    layer: async () => ({
      shape,
      lanes: lanes.length,
      answer: async (picture) => {
        if (!layer) throw new ComputeError("internal", "No layer was planned for.");
        const { score, gradient, activations } = await run(picture);
        const [first = 1, ...others] = atDims;
        return layerAnswer(layer, [first / batch, ...others], { score, gradients: gradient, activations });
      },
    }),
  };
}
