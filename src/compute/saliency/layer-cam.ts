import type { Attribution, SaliencyJob } from "./attribution.ts";
import { type ClassActivationOptions, classActivation } from "./class-activation.ts";
import type { LayerAnswer, LayerDifferentiable } from "./differentiable.ts";

/**
 * LayerCAM (Jiang and others 2021, doi 10.1109/TIP.2021.3089943; as pytorch-grad-cam has it): every number of a layer
 * times its own gradient where that is above 0, summed over the channels. Of use at early layers too, where a mean over a
 * map says little.
 *
 * @param picture - As the model takes it.
 */
export function layerCam(
  picture: Float32Array<ArrayBuffer>,
  layer: LayerDifferentiable,
  options: ClassActivationOptions = {},
  job: SaliencyJob = {},
): Promise<Attribution> {
  return classActivation(picture, layer, "LayerCAM", sumOfProducts, options, job);
}

function sumOfProducts({ activations, gradients, channels, height, width }: LayerAnswer): Float64Array<ArrayBuffer> {
  const places = height * width;
  const sums = new Float64Array(places);
  for (let index = 0; index < channels * places; index++) {
    const place = index % places;
    sums[place] = (sums[place] ?? 0) + Math.max(0, gradients[index] ?? 0) * (activations[index] ?? 0);
  }
  return sums;
}
