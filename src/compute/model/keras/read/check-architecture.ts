import { ComputeError } from "../../../errors.ts";
import { damagedFile } from "../../../formats/file-error.ts";
import type { KerasObject } from "../keras-model.ts";
import { isKerasObject, layersOf, nameOf } from "./layer-weights.ts";

/** Models within models, deeper than anybody nests them. */
const DEEPEST = 32;
/** Whose classes the file can be rebuilt with. */
const KERAS = /^(keras|tf_keras|tensorflow|builtins)(\.|$)/;

/**
 * The outermost model as Keras 3 would write its frame: `config` an object with its layers, which Sequential models of
 * Keras before 2.2.3 have as a bare list.
 *
 * @throws {ComputeError} when it is no model, or one whose code is not in the file, by name.
 */
export function checkArchitecture(value: unknown, fileName: string): KerasObject {
  const model = framed(value);
  if (model === null) throw damagedFile(fileName, "its architecture is no Keras model");
  if (layersOf(model) === null) throw unknownModel(model, fileName);
  return checkLayers(model, fileName, DEEPEST);
}

function framed(value: unknown): KerasObject | null {
  if (isKerasObject(value)) return value;
  const { class_name, config, ...others } = (value ?? {}) as { class_name?: unknown; config?: unknown };
  if (class_name !== "Sequential" || !Array.isArray(config)) return null;
  const name = "name" in others ? others.name : "sequential";
  return { class_name, config: { name, layers: config }, ...others };
}

function checkLayers(model: KerasObject, fileName: string, deepest: number): KerasObject {
  if (deepest === 0) throw damagedFile(fileName, `it has more than ${DEEPEST} models inside one another`);
  if (!Array.isArray(model.config.layers)) return model;
  const layers = model.config.layers.map((value: unknown) => {
    const layer = framed(value);
    if (layer === null) throw damagedFile(fileName, `a layer of ${nameOf(model)} has no class and config`);
    if (isForeign(layer)) throw unknownLayer(layer, fileName);
    return checkLayers(layer, fileName, deepest - 1);
  });
  const names = layers.map(nameOf);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw damagedFile(fileName, `two layers of ${nameOf(model)} are called ${twice}`);
  return { ...model, config: { ...model.config, layers } };
}

/** True of a class that somebody wrote and registered: its name may be one of Keras' own. */
function isForeign({ class_name, module, registered_name }: KerasObject): boolean {
  if (class_name.includes(">")) return true;
  return typeof registered_name === "string" && !(typeof module === "string" && KERAS.test(module));
}

const EXPORT = "Export the model to ONNX, which has the code in it.";

function registeredAs({ class_name, registered_name }: KerasObject): string {
  const isTelling = typeof registered_name === "string" && registered_name !== class_name;
  return isTelling ? `${class_name} (registered as ${registered_name})` : class_name;
}

function unknownLayer(layer: KerasObject, fileName: string): ComputeError {
  const cause = `Layer ${nameOf(layer)} of ${fileName} is a ${registeredAs(layer)}, whose code is not in the file.`;
  return new ComputeError("input", cause, EXPORT);
}

function unknownModel(model: KerasObject, fileName: string): ComputeError {
  const cause = `${fileName} holds a ${registeredAs(model)}, a model of somebody's own class whose code is not in it.`;
  return new ComputeError("input", cause, EXPORT);
}
