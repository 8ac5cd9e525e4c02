import { ComputeError } from "../../compute/errors.ts";
import type { WantedLayers } from "../../compute/feature-maps/feature-maps.ts";
import { CHANNEL_ORDERS, type ChannelOrder } from "../../compute/feature-maps/order-channels.ts";
import { NORMALIZATIONS, type Normalize } from "../../compute/feature-maps/stretch.ts";
import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import { checkChoice, checkNumber, wrongOption } from "../../compute/option-checks.ts";
import { isImageSource, isNumericSource } from "../host/sources.ts";
import { isModelSource, type ModelSource } from "../models/model-source.ts";
import type { ModelPictures } from "../models/page-model.ts";
import { formatCounted } from "../theme/numbers.ts";

export const colormaps = ["viridis", "inferno", "cividis", "grey"] as const;

export type Colormap = (typeof colormaps)[number];

/** Pictures in a row, at most. */
export const MOST_COLUMNS = 64;

/** Everything that a caller may give. */
export interface FeatureMapGridProps {
  /** null: only a saved picture is there. */
  readonly model: ModelSource | null;
  /** Pictures as they come, or numbers that are taken as prepared. */
  readonly images: ModelPictures | null;
  /** A name for each of them. */
  readonly imageNames: readonly string[] | null;
  readonly layers: WantedLayers;
  /** Pictures in a row; null: 16 where they have room, else 8. */
  readonly columns: number | null;
  readonly normalize: Normalize;
  /** "signed" has colours of its own. */
  readonly colormap: Colormap;
  readonly sort: ChannelOrder;
  /** The number of the picture on show. */
  readonly image: number;
  /** The number of a second one beside it; null: none. */
  readonly compare: number | null;
  /** What is declared of how pictures are prepared; the rest is the file's own, or assumed. */
  readonly preprocessing: DeclaredPreprocessing | null;
  readonly title: string | null;
  readonly theme: "auto" | "light" | "dark";
  /** A packed picture from a saved notebook. */
  readonly saved: Uint8Array<ArrayBuffer> | null;
}

export const featureMapGridDefaults: FeatureMapGridProps = {
  model: null,
  images: null,
  imageNames: null,
  layers: 8,
  columns: null,
  normalize: "zscore",
  colormap: "viridis",
  sort: "index",
  image: 0,
  compare: null,
  preprocessing: null,
  title: null,
  theme: "auto",
  saved: null,
};

const known = new Set(Object.keys(featureMapGridDefaults));

/**
 * Check what a caller wrote and fill in the defaults.
 *
 * @throws {ComputeError} on an unknown name, on no model or picture, and on wrong shapes and values. Whether there is such a
 * layer is known when the model is open.
 */
export function acceptProps(input: Readonly<Record<string, unknown>>): FeatureMapGridProps {
  const unknown = Object.keys(input).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new ComputeError("input", `unknown option: "${unknown}".`, `Known are ${[...known].join(", ")}.`);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const props = { ...featureMapGridDefaults, ...given } as FeatureMapGridProps;
  const { model, images, imageNames, layers, columns, saved } = props;
  if (model !== null && !isModelSource(model))
    throw new ComputeError("input", "model is no model.", "Pass an .onnx, .h5 or .keras file.");
  if (!model && !saved) throw new ComputeError("input", "There is no model.", "Pass an .onnx, .h5 or .keras file.");
  if (images !== null && !isImageSource(images) && !isNumericSource(images))
    throw new ComputeError("input", "images are no pictures.", "Pass one picture or several.");
  const count = picturesIn(props);
  if (count === 0 && !saved) throw new ComputeError("input", "There is no picture.", "Pass one at least.");
  if (imageNames !== null && !(Array.isArray(imageNames) && imageNames.every((name) => typeof name === "string")))
    throw new ComputeError("input", "imageNames is no list of names.", "Pass one name a picture.");
  if (imageNames !== null && images !== null && imageNames.length !== count)
    throw new ComputeError(
      "input",
      `${formatCounted(imageNames.length, "name")} for ${formatCounted(count, "picture")}.`,
      "Pass one name a picture.",
    );
  if (!isWanted(layers))
    throw wrongOption(
      "layers",
      "how many of the first layers, their names or numbers, or null",
      JSON.stringify(layers),
    );
  if (columns !== null) checkNumber("columns", columns, { integer: true, least: 1, most: MOST_COLUMNS });
  checkChoice("normalize", props.normalize, NORMALIZATIONS);
  checkChoice("colormap", props.colormap, colormaps);
  checkChoice("sort", props.sort, CHANNEL_ORDERS);
  const most = { integer: true, least: 0, most: count > 0 ? count - 1 : Number.MAX_SAFE_INTEGER } as const;
  checkNumber("image", props.image, most);
  if (props.compare !== null) checkNumber("compare", props.compare, most);
  return props;
}

/** How many pictures were passed; 0 where only a saved one is there. */
export function picturesIn({ images }: Pick<FeatureMapGridProps, "images">): number {
  if (!images) return 0;
  return isImageSource(images) ? images.length : (images.shape[0] ?? 0);
}

function isWanted(layers: unknown): layers is WantedLayers {
  if (layers === null) return true;
  if (typeof layers === "number") return Number.isInteger(layers) && layers > 0;
  const isName = (name: unknown) => typeof name === "string" || (typeof name === "number" && Number.isInteger(name));
  return Array.isArray(layers) && layers.length > 0 && layers.every(isName);
}
