import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import { decodeProps, misread, type Origin, type ReferenceDecoders, record } from "../host/decode-props.ts";
import { embeddedRoute } from "../host/embedded-route.ts";
import { isImageSource, isNumericSource } from "../host/sources.ts";
import { Transfer } from "../host/transfer.ts";
import { type ActivationSource, activationSource } from "./activation-source.ts";
import type { AskedFeatures } from "./asked-features.ts";
import { droppedModel } from "./dropped-models.ts";
import { type Backend, isModelSource, type ModelFileSource, type ModelSource } from "./model-source.ts";

type Written = Readonly<Record<string, unknown>>;

/** What a page reads of models that Python refers to. */
export const modelDecoders: ReferenceDecoders = { $model: decodeModel, $activations: decodeActivations };

/**
 * A model: `{key, name, files: [{name, bytes: {$array}}], backend?, shape?, classes?}`, or `{key, name, widget}` for one that a
 * reader dropped on the widget which shares its models under that id.
 *
 * @throws {ComputeError} "internal" for what is no model.
 */
function decodeModel({ key, name, files, widget, backend, shape, classes }: Written, origin: Origin): ModelSource {
  if (typeof key !== "string" || typeof name !== "string") throw misread("a model");
  if (typeof widget === "string") return droppedModel(widget, key, name);
  if (!Array.isArray(files)) throw misread("a model");
  const declared = {
    ...(isBackend(backend) && { backend }),
    ...(Array.isArray(shape) && { shape: shape.map(Number) }),
    ...(Array.isArray(classes) && { classes: classes.map(String) }),
  };
  const sources = files.map((file: unknown) => fileSource(String(record(file).name), record(file).bytes, origin));
  return { key, name, files: sources, ...declared };
}

/** A file on its way by itself: what comes is its reader's, and not kept here beside the worker's. */
function fileSource(name: string, written: unknown, { route }: Origin): ModelFileSource {
  const { key, shape } = record(record(written).$array);
  const bytes = Array.isArray(shape)
    ? shape.reduce((product: number, length) => product * Number(length), 1)
    : Number.NaN;
  if (typeof key !== "string" || !(bytes >= 0)) throw misread("a model's file");
  return { name, bytes, read: (job) => new Transfer(key, bytes).join(embeddedRoute(key, route), job) };
}

/**
 * Activations: `{model: {$model}, images: {$images} or {$array}, options, preprocessing, part}`.
 *
 * @throws {ComputeError} as `decodeModel`.
 */
function decodeActivations({ options, preprocessing, part, ...written }: Written, origin: Origin): ActivationSource {
  const model = decodeProps(written.model, origin);
  const images = decodeProps(written.images, origin);
  if (!isModelSource(model) || !(isImageSource(images) || isNumericSource(images))) throw misread("activations");
  const request = {
    model,
    images,
    options: (options ?? {}) as AskedFeatures,
    preprocessing: (preprocessing ?? {}) as DeclaredPreprocessing,
  };
  return activationSource(request, origin, part === "predictions" ? "predictions" : "activations");
}

function isBackend(value: unknown): value is Backend {
  return value === "auto" || value === "webgpu" || value === "wasm";
}
