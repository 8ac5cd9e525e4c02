import { ComputeError } from "../../../errors.ts";
import { damagedFile } from "../../../formats/file-error.ts";
import type { Hdf5Object } from "../../../formats/hdf5/hdf5-object.ts";
import type { KerasModel, KerasObject } from "../keras-model.ts";
import { assignWeights, leavesOf } from "./assign-weights.ts";
import { checkArchitecture } from "./check-architecture.ts";
import { layersOf, nameOf } from "./layer-weights.ts";
import { modernKernel, type Writer } from "./old-kernels.ts";
import { readConfig } from "./read-config.ts";
import { readWeight } from "./read-weight.ts";
import { storedModel, WeightTable } from "./stored-model.ts";

/**
 * An `.h5` of Keras 1.2, 2 or 3: the architecture in the attribute `model_config`, a group for each layer of the outermost model
 * in `model_weights`, the names of its weights in the attribute `weight_names`
 * (keras/src/legacy/saving/legacy_h5_format.py).
 */
export async function readH5(root: Hdf5Object, fileName: string): Promise<KerasModel> {
  const config = root.attributes.get("model_config");
  if (typeof config !== "string") throw withoutModel(root, fileName);
  const architecture = checkArchitecture(readConfig(config, fileName, "its model_config"), fileName);
  const stored = root.find("model_weights");
  if (stored === null) throw damagedFile(fileName, "it has no group model_weights");
  const told = (name: string): string => {
    const value = root.attributes.get(name) ?? stored.attributes.get(name);
    return typeof value === "string" ? value : "";
  };
  const writer = { version: told("keras_version"), backend: told("backend") };
  const weights = new WeightTable();
  const saved = new Set(namesIn(stored, "layer_names"));
  for (const layer of layersOf(architecture) ?? []) {
    const group = saved.has(nameOf(layer)) ? stored.find(nameOf(layer)) : null;
    await readLayer(group, layer, writer, weights, fileName);
  }
  return storedModel(writer.version, architecture, weights);
}

/** What the file has of one layer of the outermost model, shared out among the layers in it. */
async function readLayer(
  group: Hdf5Object | null,
  layer: KerasObject,
  writer: Writer,
  weights: WeightTable,
  fileName: string,
): Promise<void> {
  const listed = (group === null ? [] : namesIn(group, "weight_names")).map((name) => {
    const object = group?.find(name) ?? null;
    if (object === null) throw damagedFile(fileName, `it lists a weight ${name} that it hasn't got`);
    return { name: name.replace(/:\d+$/, ""), dims: object.dataset().dims, object };
  });
  const assigned = assignWeights(leavesOf(layer, []), listed, fileName);
  for (const [leaf, own] of assigned) {
    const read = [];
    for (const { weight, name } of own) {
      read.push(modernKernel(leaf.layer, await readWeight(weight.object, name, fileName), writer));
    }
    weights.set(leaf.path, read);
  }
}

/** A list of names: past 64 kB Keras cuts it in pieces, "layer_names0" and on. */
function namesIn(group: Hdf5Object, name: string): readonly string[] {
  const whole = group.attributes.get(name);
  if (whole !== undefined) return textsOf(whole);
  const found: string[] = [];
  for (let piece = group.attributes.get(`${name}0`), next = 1; piece !== undefined; next++) {
    found.push(...textsOf(piece));
    piece = group.attributes.get(`${name}${next}`);
  }
  return found;
}

/** An empty list has numbers for its type. */
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

function withoutModel(root: Hdf5Object, fileName: string): ComputeError {
  const isWeights =
    root.attributes.has("layer_names") ||
    root.attributes.has("layer_names0") ||
    ["layers", "_layer_checkpoint_dependencies", "vars"].some((name) => root.names.includes(name));
  return isWeights
    ? new ComputeError(
        "input",
        `${fileName} holds weights without the model.`,
        'Save both with model.save("name.keras").',
      )
    : new ComputeError("input", `${fileName} is HDF5, but no Keras model.`, "Give the file that model.save wrote.");
}
