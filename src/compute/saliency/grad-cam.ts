import type { Attribution, SaliencyJob } from "./attribution.ts";
import { type ClassActivationOptions, classActivation, weightedMaps } from "./class-activation.ts";
import type { LayerAnswer, LayerDifferentiable } from "./differentiable.ts";

/**
 * Grad-CAM (Selvaraju and others 2016, arXiv 1610.02391; PAIR's `GradCam`): a layer's maps, each weighted with the mean of
 * the score's gradient over it.
 *
 * @param picture - As the model takes it.
 */
export function gradCam(
  picture: Float32Array<ArrayBuffer>,
  layer: LayerDifferentiable,
  options: ClassActivationOptions = {},
  job: SaliencyJob = {},
): Promise<Attribution> {
  return classActivation(
    picture,
    layer,
    "Grad-CAM",
    (answer) => weightedMaps(answer, meanGradients(answer)),
    options,
    job,
  );
}

function meanGradients({ gradients, channels, height, width }: LayerAnswer): Float64Array<ArrayBuffer> {
  const places = height * width;
  return Float64Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let place = 0; place < places; place++) sum += gradients[channel * places + place] ?? 0;
    return sum / places;
  });
}
