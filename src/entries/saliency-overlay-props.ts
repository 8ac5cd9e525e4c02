import { takesSmooth } from "../compute/saliency/saliency-method.ts";
import { modelPictures, shapedSource } from "./model-pictures.ts";
import type { OverlayMethod, SaliencyOverlayInput } from "./saliency-overlay-input.ts";

/** Names that are the widget's own; all others are options of methods. */
const DRAWN = [
  "imageNames",
  "of",
  "mapNames",
  "arrangement",
  "colormap",
  "under",
  "blend",
  "opacity",
  "percentile",
  "contours",
  "top",
  "title",
  "theme",
] as const satisfies readonly (keyof SaliencyOverlayInput)[];

/**
 * An input as the widget takes it. What a caller left out stays out: an update changes what it names.
 *
 * @param given All that was given so far: options go together, as do methods and whether they are smoothed.
 */
export function overlayProps(
  changed: Partial<SaliencyOverlayInput>,
  given: SaliencyOverlayInput,
): Record<string, unknown> {
  const { model, images, classIdx, method, smooth, shown, maps } = changed;
  const options = optionsOf(given);
  return {
    ...Object.fromEntries(DRAWN.flatMap((name) => (changed[name] === undefined ? [] : [[name, changed[name]]]))),
    ...(Object.keys(optionsOf(changed)).length > 0 && { options }),
    ...(images !== undefined && { images: modelPictures(images) }),
    ...(model !== undefined && { model: model?.source ?? null, preprocessing: model?.declared ?? null }),
    ...(classIdx !== undefined && { classIdx: classIdx === null ? null : listed(classIdx) }),
    ...((method !== undefined || smooth !== undefined) && { methods: methodsOf(given) }),
    ...(shown !== undefined && { shown: shown === null ? null : listed(shown) }),
    ...(maps !== undefined && { maps: shapedSource(maps) }),
  };
}

function optionsOf(input: Partial<SaliencyOverlayInput>): Record<string, unknown> {
  const own = new Set<string>([...DRAWN, "model", "images", "classIdx", "method", "smooth", "shown", "maps"]);
  const { rule, xBaseline, segments, ...others } = Object.fromEntries(
    Object.entries(input).filter(([name, value]) => !own.has(name) && value !== undefined),
  ) as Partial<SaliencyOverlayInput>;
  return {
    ...others,
    ...(rule !== undefined && { method: rule }),
    ...(xBaseline !== undefined && { xBaseline: typeof xBaseline === "string" ? xBaseline : shapedSource(xBaseline) }),
    ...(segments !== undefined && { segments: shapedSource(segments) }),
  };
}

function methodsOf({ method = "integrated_gradients", smooth = false }: SaliencyOverlayInput) {
  return listed<OverlayMethod>(method).map((each) =>
    typeof each === "string"
      ? { method: each, smooth: smooth && takesSmooth(each) }
      : { method: each.method, smooth: each.smooth ?? false },
  );
}

function listed<Item>(given: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(given) ? (given as readonly Item[]) : [given as Item];
}
