import { ComputeError } from "../../../errors.ts";
import type { Hdf5Object } from "../../../formats/hdf5/hdf5-object.ts";
import type { KerasObject } from "../keras-model.ts";
import { allWeightsOf, layersOf, nameOf } from "./layer-weights.ts";

/** State of random layers, which no prediction needs. */
export const SEEDS = "seed_generator";
/** Where a model's layers stand: since 2.14, and in 2.12 and 2.13. */
const CONTAINERS = ["layers", "_layer_checkpoint_dependencies"];

interface LayerGroup {
  readonly group: Hdf5Object;
  /** Of the class, in snake case. */
  readonly kind: string;
  readonly number: number;
  /** The layer's own, where Keras noted it. */
  readonly name: string | null;
}

/**
 * Which group of a `.keras` file's weights is which layer's: by the layer's name where the group has it, otherwise by the
 * order within the class. Only layers that have weights are asked for: how Keras numbers the others differs by version
 * (2.13 counts each layer with weights twice).
 *
 * @throws {ComputeError} when a class has more layers with weights than the file has groups, or fewer.
 */
export function groupsOfLayers(
  model: Hdf5Object,
  layers: readonly KerasObject[],
  fileName: string,
): ReadonlyMap<KerasObject, Hdf5Object> {
  const container = CONTAINERS.map((name) => model.find(name)).find((group) => group !== null);
  const groups = (container?.names ?? []).flatMap((name) => describeGroup(container ?? null, name));
  const found = new Map<KerasObject, Hdf5Object>();
  const weighted = layers.filter((layer) => hasWeights(layer) !== false);
  const named = new Map(groups.map((one) => [one.name, one]));
  const isNamed = groups.some(({ name }) => name !== null);
  for (const kind of new Set(weighted.map(kindOf))) {
    const all = weighted.filter((layer) => kindOf(layer) === kind);
    const byName = all.map((layer) => named.get(nameOf(layer)));
    const inOrder = groups
      .filter((one) => one.kind === kind && holdsNumbers(one.group))
      .sort((a, b) => a.number - b.number);
    const chosen = isNamed && byName.every((one) => one?.kind === kind) ? byName : inOrder;
    const certain = all.filter(hasWeights);
    const ours = chosen.length === all.length ? all : certain;
    // A class that is not known is refused by its name where the model is converted.
    if (chosen.length !== ours.length && certain.length === 0) continue;
    if (chosen.length !== ours.length) throw otherCount(kind, all, chosen.length, fileName);
    for (const [place, layer] of ours.entries()) {
      const group = chosen[place]?.group;
      if (group !== undefined) found.set(layer, group);
    }
  }
  return found;
}

function describeGroup(container: Hdf5Object | null, name: string): LayerGroup[] {
  const group = container?.find(name) ?? null;
  const [, kind = name, number = "0"] = /^(.+?)(?:_(\d+))?$/.exec(name) ?? [];
  const own = group?.find("vars")?.attributes.get("name");
  return group === null ? [] : [{ group, kind, number: Number(number), name: typeof own === "string" ? own : null }];
}

/** Whether a layer has a group with numbers in it; null: of a class that is not known, one can't tell. */
function hasWeights(layer: KerasObject): boolean | null {
  const layers = layersOf(layer);
  if (layers === null) {
    const weights = allWeightsOf(layer);
    return weights === null ? null : weights.length > 0;
  }
  const inside = layers.map(hasWeights);
  return inside.includes(true) ? true : inside.includes(null) ? null : false;
}

/** Deeper than any layer has parts. */
const DEEPEST = 32;

/** True where there is a dataset somewhere under a group, seeds apart. */
function holdsNumbers(group: Hdf5Object, deepest = DEEPEST): boolean {
  return group.names.some((name) => {
    const child = name === SEEDS || deepest === 0 ? null : group.find(name);
    return child !== null && (child.isDataset || holdsNumbers(child, deepest - 1));
  });
}

/** Keras' own snake case, `keras.src.utils.naming.to_snake_case`: "Conv2DTranspose" is "conv2d_transpose". */
const kindOf = ({ class_name }: KerasObject): string =>
  class_name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

function otherCount(kind: string, layers: readonly KerasObject[], found: number, fileName: string): ComputeError {
  const [first] = layers;
  const names = layers.length === 1 && first !== undefined ? `layer ${nameOf(first)}` : `${layers.length} layers`;
  const cause = `${fileName} has weights for ${found} layers of class ${kind}, its architecture has ${names}.`;
  return new ComputeError("input", cause, 'Save it again with model.save("name.keras").');
}
