import { ComputeError } from "../../errors.ts";
import type { GradientPlan } from "../../gradient/gradient-plan.ts";
import type { ModelGradients } from "../../gradient/model-gradients.ts";
import type { OpenModel } from "../../model/engine/open-model.ts";
import type { FoundLayer } from "../../model/layers/found-layer.ts";
import { nearestNames } from "../../model/layers/nearest-names.ts";
import { SALIENCY_METHODS, type SaliencyMethod } from "../saliency-method.ts";
import { targetLayer } from "../target-layer.ts";
import type { SaliencyRequest } from "./saliency-request.ts";

/** What a method wants of a model. */
export interface PlannedGradient {
  readonly plan: GradientPlan;
  /** That Grad-CAM and its kin look at; null for methods that look at the picture. */
  readonly layer: FoundLayer | null;
}

const AT_LAYER: ReadonlySet<SaliencyMethod> = new Set(["gradcam", "gradcam_plus_plus", "layercam"]);

/**
 * What is to be run for a method: the score alone for occlusion, its gradient at a layer for Grad-CAM and its kin, at the
 * picture for all others.
 *
 * @throws ComputeError "input" for a class, a layer or a method that there isn't, and for what can't be differentiated.
 */
export async function planGradient(
  gradients: ModelGradients,
  open: OpenModel,
  { target, of, options }: Pick<SaliencyRequest, "target" | "of" | "options">,
  method: SaliencyMethod,
): Promise<PlannedGradient> {
  throwIfUnknown(method);
  const scored = { target, of };
  if (method === "occlusion") return { plan: await gradients.scorePlan(scored), layer: null };
  if (!AT_LAYER.has(method)) return { plan: await gradients.plan(scored), layer: null };
  const layer = targetLayer(await open.layers(), options.layer);
  return { plan: await gradients.plan({ ...scored, at: layer.output.tensor }), layer };
}

function throwIfUnknown(method: string): void {
  if ((SALIENCY_METHODS as readonly string[]).includes(method)) return;
  const near = nearestNames(method, SALIENCY_METHODS);
  throw new ComputeError(
    "input",
    `There is no saliency method "${method}".`,
    near.length > 0
      ? `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?`
      : `There are ${SALIENCY_METHODS.join(", ")}.`,
  );
}
