import { checkChoice } from "../option-checks.ts";
import type { Attribution, SaliencyJob } from "./attribution.ts";
import { baselineOf } from "./baselines.ts";
import { type BlurIntegratedGradientsOptions, blurIntegratedGradients } from "./blur-integrated-gradients.ts";
import type { ClassActivationOptions } from "./class-activation.ts";
import type { Differentiable, LayerDifferentiable } from "./differentiable.ts";
import { gradCam } from "./grad-cam.ts";
import { gradCamPlusPlus } from "./grad-cam-plus-plus.ts";
import { gradientXInput } from "./gradient-x-input.ts";
import { type GuidedIntegratedGradientsOptions, guidedIntegratedGradients } from "./guided-integrated-gradients.ts";
import { type IntegratedGradientsOptions, integratedGradients } from "./integrated-gradients.ts";
import { layerCam } from "./layer-cam.ts";
import { type OcclusionOptions, occlusion } from "./occlusion.ts";
import { type NamedMethod, SALIENCY_METHODS, type SaliencyMethod } from "./saliency-method.ts";
import { type SmoothOptions, smooth } from "./smooth.ts";
import { vanilla } from "./vanilla.ts";
import { type XraiOptions, xrai } from "./xrai.ts";

type LayerMethod = "gradcam" | "gradcam_plus_plus" | "layercam";
type PictureMethod = Exclude<SaliencyMethod, LayerMethod>;

/** Options of all methods; each takes its own. */
export type SaliencyOptions = IntegratedGradientsOptions &
  GuidedIntegratedGradientsOptions &
  BlurIntegratedGradientsOptions &
  ClassActivationOptions &
  OcclusionOptions &
  SmoothOptions &
  Omit<XraiOptions, "algorithm">;

/** What is asked of a picture. */
export interface SaliencyAsked extends NamedMethod {
  readonly options: SaliencyOptions;
}

/** Where gradients come from; a session is opened when a method first wants it. */
export interface SaliencySource {
  /** At the picture. */
  differentiable(): Promise<Differentiable>;
  /** At the layer that Grad-CAM and its kin look at. */
  layer(): Promise<LayerDifferentiable>;
}

type MethodAt<Source> = (
  picture: Float32Array<ArrayBuffer>,
  source: Source,
  options: SaliencyOptions,
  job: SaliencyJob,
) => Promise<Attribution>;

const AT_PICTURE: Readonly<Record<PictureMethod, MethodAt<Differentiable>>> = {
  vanilla: (picture, differentiable, _, job) => vanilla(picture, differentiable, job),
  integrated_gradients: integratedGradients,
  guided_integrated_gradients: guidedIntegratedGradients,
  blur_integrated_gradients: blurIntegratedGradients,
  gradient_x_input: (picture, differentiable, _, job) => gradientXInput(picture, differentiable, job),
  occlusion,
  xrai: (picture, differentiable, options, job) => xrai(picture, differentiable, options, job),
  xrai_fast: (picture, differentiable, options, job) =>
    xrai(picture, differentiable, { ...options, algorithm: "fast" }, job),
};

const AT_LAYER: Readonly<Record<LayerMethod, MethodAt<LayerDifferentiable>>> = {
  gradcam: gradCam,
  gradcam_plus_plus: gradCamPlusPlus,
  layercam: layerCam,
};

/**
 * What each number or place of a picture has to do with a score, by any method, made smooth if wanted. A baseline that is
 * made of the picture is made once, of the picture without noise.
 *
 * @param picture - As the model takes it.
 * @throws ComputeError "input" for an unknown method or a wrong option, "cancelled", and whatever the source throws.
 */
export async function attribute(
  picture: Float32Array<ArrayBuffer>,
  source: SaliencySource,
  { method, smooth: isSmooth, options }: SaliencyAsked,
  job: SaliencyJob = {},
): Promise<Attribution> {
  checkChoice("method", method, SALIENCY_METHODS);
  if (isAtLayer(method)) {
    const atLayer = AT_LAYER[method];
    const layer = await source.layer();
    if (!isSmooth) return atLayer(picture, layer, options, job);
    const { shape, lanes } = layer;
    const one = { shape, lanes: 1, answer: (each: Float32Array<ArrayBuffer>) => layer.answer(each) };
    const score = async (each: Float32Array<ArrayBuffer>) => (await layer.answer(each)).score;
    return smooth(
      picture,
      { shape, lanes, attribute: (each, inner) => atLayer(each, one, options, inner), score },
      options,
      job,
    );
  }
  const atPicture = AT_PICTURE[method];
  const differentiable = await source.differentiable();
  const { shape, lanes } = differentiable;
  const fixed = { ...options, xBaseline: baselineOf(options.xBaseline ?? "zeros", picture, shape, options.colors) };
  if (!isSmooth) return atPicture(picture, differentiable, fixed, job);
  const score = (each: Float32Array<ArrayBuffer>) => differentiable.score(each);
  const one: Differentiable = { shape, lanes: 1, gradient: (each) => differentiable.gradient(each), score };
  return smooth(
    picture,
    { shape, lanes, attribute: (each, inner) => atPicture(each, one, fixed, inner), score },
    options,
    job,
  );
}

function isAtLayer(method: SaliencyMethod): method is LayerMethod {
  return Object.hasOwn(AT_LAYER, method);
}
