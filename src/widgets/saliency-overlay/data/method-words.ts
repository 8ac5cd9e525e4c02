import type { SaliencyMethod } from "../../../compute/saliency/saliency-method.ts";
import type { AskedMethod } from "../props.ts";

/** What methods are called. */
export const METHOD_WORDS: Readonly<Record<SaliencyMethod, string>> = {
  vanilla: "vanilla gradients",
  gradient_x_input: "gradient × input",
  integrated_gradients: "integrated gradients",
  guided_integrated_gradients: "guided integrated gradients",
  blur_integrated_gradients: "blur integrated gradients",
  xrai: "XRAI",
  xrai_fast: "XRAI, fast",
  gradcam: "Grad-CAM",
  gradcam_plus_plus: "Grad-CAM++",
  layercam: "LayerCAM",
  occlusion: "occlusion",
};

/** "integrated gradients", "vanilla gradients, smoothed". */
export function methodWords({ method, smooth }: AskedMethod): string {
  return smooth ? `${METHOD_WORDS[method]}, smoothed` : METHOD_WORDS[method];
}
