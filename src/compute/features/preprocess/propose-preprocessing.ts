import { ComputeError } from "../../errors.ts";
import { pictureValue } from "../../model/engine/model-inputs.ts";
import type { LoadedModel } from "../../model/loaded-model.ts";
import type { OnnxValue } from "../../model/onnx/onnx-model.ts";
import { kerasHabit } from "./keras-habits.ts";
import { type BatchLayout, type Preprocessing, preprocessingDefaults } from "./preprocessing.ts";

/** What a model's pictures are prepared by unless told otherwise, and how that is known. */
export interface ProposedPreprocessing {
  readonly preprocessing: Preprocessing;
  /** What the file itself doesn't say, in words that follow "Assumed: "; empty where it says all. */
  readonly assumed: string;
  /** The settings that those words are about. */
  readonly assumedSettings: readonly (keyof Preprocessing)[];
  /** By whose habit, in words that follow "mean as "; empty where it is about one setting alone. */
  readonly assumedFrom: string;
}

/** Of the training set ImageNet, for values from 0 to 1: what torchvision's models are trained with. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

type Assumption = Omit<ProposedPreprocessing, "preprocessing">;

const NOTHING: Assumption = { assumed: "", assumedSettings: [], assumedFrom: "" };
const UNIT_VALUES: Assumption = { assumed: "values from 0 to 1", assumedSettings: ["scale"], assumedFrom: "" };
const IMAGENET_VALUES: Assumption = {
  assumed: "ImageNet's mean and deviation, as torchvision's models take them",
  assumedSettings: ["mean", "deviation"],
  assumedFrom: "torchvision's models take it",
};

/**
 * Sensible settings from what the file says: size and layout from its input, the scale from layers that rescale (a Keras
 * Rescaling or Normalization before the first convolution), from the families of Keras Applications by their names, else by
 * the habit of what wrote it: PyTorch ImageNet's mean and deviation, all others 1/255.
 *
 * @throws {ComputeError} kind "input" when no input of the model takes pictures.
 */
export function proposePreprocessing(model: LoadedModel): ProposedPreprocessing {
  const input = pictureValue(model.onnx.graph);
  if (!input) throw new ComputeError("input", `${model.name} has no input.`, "Pass a model that takes pictures.");
  const { layout, channels, height, width } = pictureInput(input, model);
  const size = height !== null && width !== null ? { height, width } : null;
  const own = { ...preprocessingDefaults, layout, size, channels: channels === 1 ? "grey" : "RGB" } as const;
  if (rescalesItself(model)) return { preprocessing: { ...own, scale: 1 }, ...NOTHING };
  if (model.format === "keras") {
    const habit = channels === 3 ? kerasHabit(model.layers.map(({ name }) => name)) : null;
    if (habit)
      return {
        preprocessing: { ...own, ...habit.settings },
        assumed: `values as Keras' ${habit.family} takes them`,
        assumedSettings: ["channels", "scale", "mean", "deviation"],
        assumedFrom: `Keras' ${habit.family} takes it`,
      };
    return { preprocessing: own, ...UNIT_VALUES };
  }
  const isTorch = /torch/i.test(model.onnx.producer) && channels === 3;
  return {
    preprocessing: { ...own, resize: "bilinear", ...(isTorch ? IMAGENET : {}) },
    ...(isTorch ? IMAGENET_VALUES : UNIT_VALUES),
  };
}

interface PictureInput {
  readonly layout: BatchLayout;
  readonly channels: 1 | 3;
  readonly height: number | null;
  readonly width: number | null;
}

function pictureInput({ name, dims }: OnnxValue, model: LoadedModel): PictureInput {
  const shape = (dims ?? []).map((side) => (typeof side === "number" && side > 0 ? side : null));
  const [, second, third, last] = shape;
  if (shape.length === 4) {
    // A batch of one pixel's height and three columns is nobody's picture: channels are told by their number.
    if (model.format !== "keras" && (second === 1 || second === 3))
      return { layout: "NCHW", channels: second, height: third ?? null, width: last ?? null };
    if (last === 1 || last === 3)
      return { layout: "NHWC", channels: last, height: second ?? null, width: third ?? null };
    if (second === 1 || second === 3)
      return { layout: "NCHW", channels: second, height: third ?? null, width: last ?? null };
  }
  const told = dims ? dims.map((side) => side ?? "?").join(" × ") : "unknown";
  throw new ComputeError(
    "input",
    `${model.name} takes no pictures: its input ${name} has the shape ${told}.`,
    "Pass floats in that shape, or a model whose input has 1 or 3 channels.",
  );
}

/** Layers that bring values from 0 to 255 to the network's scale, before anything is learnt from them. */
function rescalesItself({ format, layers }: LoadedModel): boolean {
  if (format !== "keras") return false;
  const first = layers.findIndex(({ type, parameters }) => parameters > 0 && type !== "Normalization");
  return layers
    .slice(0, first < 0 ? layers.length : first)
    .some(({ type }) => type === "Rescaling" || type === "Normalization");
}
