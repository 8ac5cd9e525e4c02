import { ComputeError } from "../../compute/errors.ts";
import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import { checkChoice, checkNumber, wrongOption } from "../../compute/option-checks.ts";
import { SALIENCY_METHODS, type SaliencyMethod } from "../../compute/saliency/saliency-method.ts";
import { isImageSource, isNumericSource, type NumericSource } from "../host/sources.ts";
import { type AskedSaliencyOptions, SALIENCY_OPTIONS } from "../models/asked-saliency.ts";
import { isModelSource, type ModelSource } from "../models/model-source.ts";
import { countPictures, type ModelPictures } from "../models/page-model.ts";
import { formatCounted } from "../theme/numbers.ts";

/** How a map and its picture stand. */
export const ARRANGEMENTS = ["side", "overlay", "edge"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

export const SALIENCY_COLORMAPS = ["inferno", "oranges", "viridis", "signed", "grey"] as const;
export type SaliencyColormap = (typeof SALIENCY_COLORMAPS)[number];

/** What is seen through a map: its picture in grey, or nothing. */
export const UNDERLAYS = ["picture", "nothing"] as const;
export type Underlay = (typeof UNDERLAYS)[number];

/** "layerscope": the picture in grey, the map over it by its strength; "slideflow": Slideflow's bytes. */
export const BLENDS = ["layerscope", "slideflow"] as const;
export type Blend = (typeof BLENDS)[number];

/** One method, plain or smoothed. */
export interface AskedMethod {
  readonly method: SaliencyMethod;
  readonly smooth: boolean;
}

/** Everything that a caller may give. */
export interface SaliencyOverlayProps {
  /** null: maps are given, or only a saved picture is there. */
  readonly model: ModelSource | null;
  readonly images: ModelPictures | null;
  readonly imageNames: readonly string[] | null;
  /** Classes by their numbers or names; null: each picture's likeliest. */
  readonly classIdx: readonly (number | string)[] | null;
  readonly methods: readonly AskedMethod[];
  /** Of all methods; each takes its own. */
  readonly options: AskedSaliencyOptions;
  readonly of: "logits" | "probabilities";
  /** Numbers of the pictures on show; null: all of up to four, else the first. */
  readonly shown: readonly number[] | null;
  /** Maps that were made elsewhere: pictures × columns × height × width, 0 to 1. */
  readonly maps: NumericSource | null;
  /** The columns' names where maps are given. */
  readonly mapNames: readonly string[] | null;
  readonly arrangement: Arrangement;
  readonly colormap: SaliencyColormap;
  readonly under: Underlay;
  readonly blend: Blend;
  /** Of the map where it is strongest, 0 to 1. */
  readonly opacity: number;
  /** Of a hundred places so many lie below the map's brightest colour. */
  readonly percentile: number;
  /** Lines around what is above a quarter, a half and three quarters. */
  readonly contours: boolean;
  /** Show the map of the most salient so many per cent of the places alone; null: of all. */
  readonly top: number | null;
  readonly preprocessing: DeclaredPreprocessing | null;
  readonly title: string | null;
  readonly theme: "auto" | "light" | "dark";
  /** A packed picture from a saved notebook. */
  readonly saved: Uint8Array<ArrayBuffer> | null;
}

export const saliencyOverlayDefaults: SaliencyOverlayProps = {
  model: null,
  images: null,
  imageNames: null,
  classIdx: null,
  methods: [{ method: "integrated_gradients", smooth: false }],
  options: {},
  of: "logits",
  shown: null,
  maps: null,
  mapNames: null,
  arrangement: "side",
  colormap: "inferno",
  under: "picture",
  blend: "layerscope",
  opacity: 0.85,
  percentile: 99,
  contours: false,
  top: null,
  preprocessing: null,
  title: null,
  theme: "auto",
  saved: null,
};

const known = new Set(Object.keys(saliencyOverlayDefaults));
const KNOWN_OPTIONS: ReadonlySet<string> = new Set(SALIENCY_OPTIONS);

/**
 * Check what a caller wrote and fill in the defaults.
 *
 * @throws {ComputeError} on an unknown name, on nothing to show, and on wrong shapes and values. Whether there is such a class
 * is known when the model is open.
 */
export function acceptProps(input: Readonly<Record<string, unknown>>): SaliencyOverlayProps {
  const unknown = Object.keys(input).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new ComputeError("input", `unknown option: "${unknown}".`, `Known are ${[...known].join(", ")}.`);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const props = { ...saliencyOverlayDefaults, ...given } as SaliencyOverlayProps;
  checkSources(props);
  checkNames(props);
  checkAsked(props);
  checkDrawing(props);
  return props;
}

/** How many pictures were passed; 0 where only a saved one is there. */
export function picturesIn({ images }: Pick<SaliencyOverlayProps, "images">): number {
  return images ? countPictures(images) : 0;
}

function checkSources(props: SaliencyOverlayProps): void {
  const { model, images, maps, saved } = props;
  if (model !== null && !isModelSource(model))
    throw new ComputeError("input", "model is no model.", "Pass an .onnx, .h5 or .keras file.");
  if (!model && !maps && !saved)
    throw new ComputeError("input", "There is no model.", "Pass an .onnx, .h5 or .keras file, or maps.");
  if (images !== null && !isImageSource(images) && !isNumericSource(images))
    throw new ComputeError("input", "images are no pictures.", "Pass one picture or several.");
  const count = picturesIn(props);
  if (count === 0 && !saved) throw new ComputeError("input", "There is no picture.", "Pass one at least.");
  if (maps === null) return;
  if (!isNumericSource(maps))
    throw new ComputeError("input", "maps are no numbers.", "Pass pictures × columns × height × width of them.");
  if (maps.shape.length !== 4 || maps.shape[0] !== count || maps.shape.includes(0))
    throw new ComputeError(
      "input",
      `maps are of ${maps.shape.join(" × ")} for ${formatCounted(count, "picture")}.`,
      "Pass pictures × columns × height × width numbers.",
    );
}

function checkNames(props: SaliencyOverlayProps): void {
  const { imageNames, mapNames, images, maps } = props;
  const lists = [
    ["imageNames", imageNames, images && picturesIn(props), "picture"],
    ["mapNames", mapNames, maps && (maps.shape[1] ?? 0), "map"],
  ] as const;
  for (const [name, names, count, unit] of lists) {
    if (names === null) continue;
    if (!(Array.isArray(names) && names.every((each) => typeof each === "string")))
      throw new ComputeError("input", `${name} is no list of names.`, `Pass one name a ${unit}.`);
    if (count !== null && names.length !== count)
      throw new ComputeError(
        "input",
        `${formatCounted(names.length, "name")} for ${formatCounted(count, unit)}.`,
        `Pass one name a ${unit}.`,
      );
  }
}

function checkAsked(props: SaliencyOverlayProps): void {
  const { classIdx, methods, options, of, shown } = props;
  const isClass = (each: unknown) =>
    (typeof each === "number" && Number.isInteger(each) && each >= 0) || typeof each === "string";
  if (classIdx !== null && !(Array.isArray(classIdx) && classIdx.length > 0 && classIdx.every(isClass)))
    throw wrongOption("classIdx", "classes by their numbers or names, or null", JSON.stringify(classIdx));
  if (!Array.isArray(methods) || methods.length === 0)
    throw new ComputeError("input", "There is no method.", `Pass ${SALIENCY_METHODS.join(", ")}, or several.`);
  for (const { method } of methods) checkChoice("method", method, SALIENCY_METHODS);
  const unknown = Object.keys(options).find((name) => !KNOWN_OPTIONS.has(name));
  if (unknown !== undefined)
    throw new ComputeError("input", `unknown option: "${unknown}".`, `Methods take ${SALIENCY_OPTIONS.join(", ")}.`);
  checkChoice("of", of, ["logits", "probabilities"]);
  if (shown === null) return;
  if (!Array.isArray(shown) || shown.length === 0)
    throw wrongOption("shown", "numbers of pictures, or null", JSON.stringify(shown));
  const count = picturesIn(props);
  const most = count > 0 ? count - 1 : Number.MAX_SAFE_INTEGER;
  for (const number of shown) checkNumber("shown", number, { integer: true, least: 0, most });
}

function checkDrawing(props: SaliencyOverlayProps): void {
  const { arrangement, colormap, under, blend, opacity, percentile, top } = props;
  checkChoice("arrangement", arrangement, ARRANGEMENTS);
  checkChoice("colormap", colormap, SALIENCY_COLORMAPS);
  checkChoice("under", under, UNDERLAYS);
  checkChoice("blend", blend, BLENDS);
  checkNumber("opacity", opacity, { least: 0, most: 1 });
  checkNumber("percentile", percentile, { least: 1, most: 100 });
  if (top !== null) checkNumber("top", top, { least: 0, most: 100 });
}
