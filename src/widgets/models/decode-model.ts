import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import type { HostServices } from "../host/contract.ts";
import { isImageSource, isNumericSource } from "../host/sources.ts";
import { type ActivationPart, type ActivationSource, activationSource } from "./activation-source.ts";
import { droppedModel } from "./dropped-models.ts";
import { type Backend, isModelSource, type ModelFileSource, type ModelSource } from "./model-source.ts";
import type { AskedFeatures } from "./page-model.ts";

type Written = Readonly<Record<string, unknown>>;

/**
 * A model as Python writes it, under `$model`: `{key, name, files: [{name, bytes}], backend?, shape?}`, or `{widget}` for
 * one that a reader dropped on the widget of that id.
 *
 * @param fileOf Makes a file of what stands for its bytes (`{$array}` of bytes).
 * @returns null for what is none.
 * @throws {ComputeError} "input" where nothing was dropped there yet.
 */
export function decodeModel(
  { key, name, files, widget, backend, shape }: Written,
  fileOf: (name: string, bytes: unknown) => ModelFileSource | null,
): ModelSource | null {
  const declared = {
    ...(isBackend(backend) && { backend }),
    ...(Array.isArray(shape) && { shape: shape.map(Number) }),
  };
  if (typeof widget === "string") return { ...droppedModel(widget), ...declared };
  if (typeof key !== "string" || typeof name !== "string" || !Array.isArray(files)) return null;
  const made = files.map((file: Written) => fileOf(String(file.name), file.bytes));
  const all = made.filter((file) => file !== null);
  return all.length === made.length ? { key, name, files: all, ...declared } : null;
}

/**
 * Activations as Python writes them, under `$activations`: `{model, images, options, preprocessing, part}`, whose `model`
 * and `images` are sources by now.
 *
 * @returns null for what are none.
 */
export function decodeActivations(
  { model, images, options, preprocessing, part }: Written,
  host: Pick<HostServices, "load">,
): ActivationSource | null {
  if (!isModelSource(model) || !(isImageSource(images) || isNumericSource(images))) return null;
  const request = {
    model,
    images,
    options: (options ?? {}) as AskedFeatures,
    preprocessing: (preprocessing ?? {}) as DeclaredPreprocessing,
  };
  return activationSource(request, host, part === "predictions" ? "predictions" : ("activations" as ActivationPart));
}

function isBackend(value: unknown): value is Backend {
  return value === "auto" || value === "webgpu" || value === "wasm";
}
