import { ComputeError } from "../../../errors.ts";
import { damagedFile } from "../../../formats/file-error.ts";
import { type Hdf5Object, openHdf5 } from "../../../formats/hdf5/hdf5-object.ts";
import type { ZipArchive } from "../../../formats/zip/zip-archive.ts";
import type { KerasModel, KerasObject, KerasWeight } from "../keras-model.ts";
import { checkArchitecture } from "./check-architecture.ts";
import { checkWeights } from "./check-weights.ts";
import { groupsOfLayers, SEEDS } from "./groups-of-layers.ts";
import { layersOf, nameOf, weightsOfLayer } from "./layer-weights.ts";
import { readConfig } from "./read-config.ts";
import { readWeight } from "./read-weight.ts";
import { storedModel, WeightTable } from "./stored-model.ts";

/** Deeper than any layer has parts. */
const DEEPEST = 32;

/**
 * A `.keras` file: a zip of `config.json`, `metadata.json` and `model.weights.h5`, in which a layer's group is named by its
 * class and a running number (keras/src/saving/saving_lib.py).
 */
export async function readArchive(archive: ZipArchive, fileName: string): Promise<KerasModel> {
  const json = async (name: string): Promise<unknown> => {
    const bytes = await archive.read(name);
    return bytes === null ? null : readConfig(new TextDecoder().decode(bytes), fileName, name);
  };
  const metadata = await json("metadata.json");
  const { keras_version: version } = (metadata ?? {}) as { keras_version?: unknown };
  const architecture = checkArchitecture(await json("config.json"), fileName);
  const stored = await archive.read("model.weights.h5");
  if (stored === null) throw weightsElsewhere(archive, fileName);
  const weights = new WeightTable();
  await readModel(openHdf5(stored, fileName), architecture, [], weights, fileName);
  return storedModel(typeof version === "string" ? version : "", architecture, weights);
}

async function readModel(
  group: Hdf5Object,
  model: KerasObject,
  path: readonly string[],
  weights: WeightTable,
  fileName: string,
): Promise<void> {
  const layers = layersOf(model) ?? [];
  const groups = groupsOfLayers(group, layers, fileName);
  for (const layer of layers) {
    const inner = groups.get(layer);
    if (inner === undefined) continue;
    const here = [...path, nameOf(layer)];
    if (layersOf(layer) !== null) await readModel(inner, layer, here, weights, fileName);
    else weights.set(here, await readLayer(inner, layer, "", fileName));
  }
}

/** A layer's own weights, then those of its parts. */
async function readLayer(
  group: Hdf5Object,
  layer: KerasObject,
  before: string,
  fileName: string,
): Promise<KerasWeight[]> {
  const known = weightsOfLayer(layer);
  if (known === null) return readUnknown(group, before, fileName);
  const variables = group.find("vars");
  const found: KerasWeight[] = [];
  for (const [place, number] of numbersIn(variables).entries()) {
    const object = variables?.find(number);
    if (!object) continue;
    found.push(await readWeight(object, before + (known.own[place]?.name ?? number), fileName));
  }
  checkWeights(layer, known.own, found, fileName);
  for (const part of known.parts) {
    // Keras 2 kept what it calls private.
    const inner = group.find(part.attribute) ?? group.find(`_${part.attribute}`);
    if (inner === null) throw damagedFile(fileName, `layer ${nameOf(layer)} has no weights of its ${part.name}`);
    found.push(...(await readLayer(inner, part.layer, `${before}${part.name}/`, fileName)));
  }
  return found;
}

/** All that is in the group of a class that is not known here, by Keras' numbers. */
async function readUnknown(
  group: Hdf5Object,
  before: string,
  fileName: string,
  deepest = DEEPEST,
): Promise<KerasWeight[]> {
  const found: KerasWeight[] = [];
  if (deepest === 0) throw damagedFile(fileName, `a layer of it has more than ${DEEPEST} layers inside one another`);
  for (const name of group.names) {
    const child = group.find(name);
    if (child === null || name === SEEDS) continue;
    if (name !== "vars") {
      found.push(...(await readUnknown(child, `${before}${ownName(child) ?? name}/`, fileName, deepest - 1)));
      continue;
    }
    for (const number of numbersIn(child)) {
      const object = child.find(number);
      if (object !== null) found.push(await readWeight(object, before + number, fileName));
    }
  }
  return found;
}

/** "0", "1", "10": in the order of numbers, which HDF5 doesn't keep. */
const numbersIn = (variables: Hdf5Object | null): readonly string[] =>
  [...(variables?.names ?? [])].sort((a, b) => Number(a) - Number(b));

/** The name of what a group belongs to, which Keras notes since 3.8. */
function ownName(group: Hdf5Object): string | null {
  const name = group.find("vars")?.attributes.get("name");
  return typeof name === "string" ? name : null;
}

function weightsElsewhere(archive: ZipArchive, fileName: string): ComputeError {
  const isSharded = archive.names.includes("model.weights.json");
  const cause = isSharded
    ? "has its weights in several files, which are not read here"
    : "has no model.weights.h5 in it";
  return new ComputeError("input", `${fileName} ${cause}.`, 'Save it with model.save("name.keras").');
}
