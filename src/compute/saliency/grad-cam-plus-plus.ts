import type { Attribution, SaliencyJob } from "./attribution.ts";
import { type ClassActivationOptions, classActivation, weightedMaps } from "./class-activation.ts";
import type { LayerAnswer, LayerDifferentiable } from "./differentiable.ts";

/** pytorch-grad-cam's, against a division by 0. */
const TINY = 1e-6;

/**
 * Grad-CAM++ (Chattopadhyay and others 2017, arXiv 1710.11063, equations 7 and 19): a map's weight is the sum of the
 * gradients above 0, each times g² / (2 g² + g³ times the sum of the map). The paper differentiates exp(score), which
 * multiplies every weight with the same number; pytorch-grad-cam, whose formula this is, leaves that out, as a map of
 * shares doesn't show it.
 *
 * @param picture - As the model takes it.
 */
export function gradCamPlusPlus(
  picture: Float32Array<ArrayBuffer>,
  layer: LayerDifferentiable,
  options: ClassActivationOptions = {},
  job: SaliencyJob = {},
): Promise<Attribution> {
  const weigh = (answer: LayerAnswer) => weightedMaps(answer, weightsOf(answer));
  return classActivation(picture, layer, "Grad-CAM++", weigh, options, job);
}

function weightsOf({ activations, gradients, channels, height, width }: LayerAnswer): Float64Array<ArrayBuffer> {
  const places = height * width;
  return Float64Array.from({ length: channels }, (_, channel) => {
    let total = 0;
    for (let place = 0; place < places; place++) total += activations[channel * places + place] ?? 0;
    let weight = 0;
    for (let place = 0; place < places; place++) {
      const gradient = gradients[channel * places + place] ?? 0;
      if (gradient <= 0) continue;
      const square = gradient * gradient;
      weight += (gradient * square) / (2 * square + total * square * gradient + TINY);
    }
    return weight;
  });
}
