import { ComputeError } from "../../../compute/errors.ts";
import type { DeclaredPreprocessing } from "../../../compute/features/preprocess/declared-preprocessing.ts";
import type { PartialAttribution } from "../../../compute/saliency/attribution.ts";
import { sizesAtPlaces, sumsAtPlaces } from "../../../compute/saliency/normalize-map.ts";
import type { SaliencyMethod } from "../../../compute/saliency/saliency-method.ts";
import type { PageModel } from "../../models/page-model.ts";
import type { RunJob } from "../../work/one-run.ts";
import type { AskedMethod, SaliencyOverlayProps } from "../props.ts";
import type { SeenPicture } from "./see-picture.ts";
import type { ShownMap } from "./shown-saliency.ts";

/** What is asked of a picture. */
export interface AskedMap extends AskedMethod, Pick<SaliencyOverlayProps, "options" | "of"> {
  readonly classIdx: number;
  readonly preprocessing: DeclaredPreprocessing;
}

/** Segments have values with a sign, and no channels. */
const OF_SEGMENTS: ReadonlySet<SaliencyMethod> = new Set(["xrai", "xrai_fast"]);

/**
 * One map of a picture.
 *
 * @param onPartial Hears of it while it is made.
 * @throws {ComputeError} as `PageModel.saliency`.
 */
export async function makeMap(
  model: PageModel,
  { input }: SeenPicture,
  { method, smooth, classIdx, options, of, preprocessing }: AskedMap,
  job: RunJob,
  onPartial: (map: ShownMap) => void,
): Promise<ShownMap> {
  const runs = [{ name: method, method, smooth }];
  const unknown = { score: null, baselineScore: null, completeness: null, layer: null, notes: [] };
  const hear = ({ raw }: { readonly raw: PartialAttribution | null }): void => {
    if (raw) onPartial({ ...unscaled(method, raw), isPartial: true, ...unknown });
  };
  const asked = { target: { class: classIdx }, of, runs, options, raw: true };
  const set = await model.saliency(input, asked, preprocessing, { ...job, onPartial: hear });
  const [made] = set.runs;
  const [map] = made?.maps ?? [];
  if (!made || !map?.raw) throw new ComputeError("internal", "There is no map.");
  const { score, baselineScore = null, completeness = null, raw } = map;
  const { layer, notes } = made;
  return { ...unscaled(method, raw), isPartial: false, score, baselineScore, completeness, layer, notes };
}

function unscaled(
  method: SaliencyMethod,
  attribution: PartialAttribution,
): Pick<ShownMap, "height" | "width" | "strength" | "signed"> {
  const { height, width } = attribution.shape;
  const signed = new Float32Array(sumsAtPlaces(attribution));
  const strength = OF_SEGMENTS.has(method) ? signed : new Float32Array(sizesAtPlaces(attribution));
  return { height, width, strength, signed };
}
