import { ComputeError } from "../../../errors.ts";
import type { KerasObject } from "../keras-model.ts";
import { checkWeights, fits } from "./check-weights.ts";
import { allWeightsOf, type ExpectedWeight, layersOf, nameOf } from "./layer-weights.ts";

/** A layer that has no layers of its own, and where it is. */
export interface Leaf {
  readonly layer: KerasObject;
  readonly path: readonly string[];
}

/** A weight as the file lists it. */
export interface ListedWeight {
  /** As listed, without TensorFlow's ":0". */
  readonly name: string;
  readonly dims: readonly number[];
}

/** A listed weight and the name that it has from its layer inwards. */
export interface AssignedWeight<Weight> {
  readonly weight: Weight;
  readonly name: string;
}

/** The layers in a layer of the outermost model, itself where it is no model. */
export function leavesOf(layer: KerasObject, above: readonly string[]): readonly Leaf[] {
  const path = [...above, nameOf(layer)];
  const layers = layersOf(layer);
  return layers === null ? [{ layer, path }] : layers.flatMap((inner) => leavesOf(inner, path));
}

/**
 * Whose each weight of an `.h5` group is. Keras loads them by their order, and lists a nested model's as all that training
 * changes and then all others; but how it ordered frozen layers differs by version, so names come first: "conv/kernel",
 * with whatever scopes before it.
 *
 * @throws {ComputeError} when neither names nor order give every layer its weights.
 */
export function assignWeights<Weight extends ListedWeight>(
  leaves: readonly Leaf[],
  listed: readonly Weight[],
  fileName: string,
): ReadonlyMap<Leaf, readonly AssignedWeight<Weight>[]> {
  const expected = new Map(leaves.map((leaf) => [leaf, allWeightsOf(leaf.layer)]));
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined && expected.get(only) === null) {
    return new Map([[only, listed.map((weight) => ({ weight, name: nameInside(weight.name, only) }))]]);
  }
  const byName = assignByName(expected, listed);
  if (byName !== null) return byName;
  if (leaves.length === 1 && only !== undefined) checkWeights(only.layer, expected.get(only) ?? [], listed, fileName);
  return assignByOrder(expected, listed, fileName);
}

type Expected = ReadonlyMap<Leaf, readonly ExpectedWeight[] | null>;
type Assigned<Weight> = Map<Leaf, AssignedWeight<Weight>[]>;

function assignByName<Weight extends ListedWeight>(
  expected: Expected,
  listed: readonly Weight[],
): Assigned<Weight> | null {
  const bySuffix = indexBySuffix(listed);
  const left = new Set(listed);
  const assigned: Assigned<Weight> = new Map();
  const unknown: Leaf[] = [];
  for (const [leaf, weights] of expected) {
    if (weights === null) unknown.push(leaf);
    const own: AssignedWeight<Weight>[] = [];
    for (const one of weights ?? []) {
      const weight = findByName(leaf, one, bySuffix);
      if (weight === null || !left.delete(weight) || !fits(one, weight.dims)) return null;
      own.push({ weight, name: one.name });
    }
    assigned.set(leaf, own);
  }
  for (const leaf of unknown) {
    const inside = [...left].filter(({ name }) => `/${name}`.includes(`/${nameOf(leaf.layer)}/`));
    for (const weight of inside) left.delete(weight);
    assigned.set(
      leaf,
      inside.map((weight) => ({ weight, name: nameInside(weight.name, leaf) })),
    );
  }
  return left.size === 0 ? assigned : null;
}

/** Weights by every end of their names that begins at a slash. */
function indexBySuffix<Weight extends ListedWeight>(listed: readonly Weight[]): ReadonlyMap<string, readonly Weight[]> {
  const index = new Map<string, Weight[]>();
  for (const weight of listed) {
    for (let from = 0; from >= 0; from = weight.name.indexOf("/", from) + 1 || -1) {
      const suffix = weight.name.slice(from);
      index.set(suffix, [...(index.get(suffix) ?? []), weight]);
    }
  }
  return index;
}

/** By the longest part of the layer's path that leads to one weight alone; old names and Keras 1's "conv_W" too. */
function findByName<Weight>(
  { path }: Leaf,
  { name, oldNames }: ExpectedWeight,
  bySuffix: ReadonlyMap<string, readonly Weight[]>,
): Weight | null {
  const parts = name.split("/").slice(0, -1);
  const names = [name, ...oldNames.map((old) => [...parts, old].join("/"))];
  // A TimeDistributed layer of Keras 2 says nothing of the layer in it.
  if (parts.length > 0) names.push(name.slice(name.lastIndexOf("/") + 1));
  for (const [place] of path.entries()) {
    const scope = path.slice(place).join("/");
    for (const candidate of names.flatMap((one) => [`${scope}/${one}`, `${scope}_${one}`])) {
      const found = bySuffix.get(candidate);
      if (found?.length === 1) return found[0] ?? null;
    }
  }
  return null;
}

/** In the order in which Keras itself loads them; a layer of a class that is not known is taken to have none. */
function assignByOrder<Weight extends ListedWeight>(
  expected: Expected,
  listed: readonly Weight[],
  fileName: string,
): Assigned<Weight> {
  const slots = [...expected].flatMap(([leaf, weights]) => (weights ?? []).map((weight) => ({ leaf, weight })));
  const isTrained = ({ leaf, weight }: (typeof slots)[number]) =>
    weight.isTrained && leaf.layer.config.trainable !== false;
  const ordered = [...slots.filter(isTrained), ...slots.filter((slot) => !isTrained(slot))];
  const hasAll = ordered.length === listed.length;
  const assigned: Assigned<Weight> = new Map([...expected.keys()].map((leaf) => [leaf, []]));
  const placed = new Map(ordered.map((slot, place) => [slot.weight, listed[place]]));
  for (const { leaf, weight } of slots) {
    const found = placed.get(weight);
    if (!hasAll || found === undefined || !fits(weight, found.dims)) throw unassigned(leaf, fileName);
    assigned.get(leaf)?.push({ weight: found, name: weight.name });
  }
  return assigned;
}

/** What is left of a listed name behind its layer's. */
function nameInside(name: string, { layer }: Leaf): string {
  const scope = `${nameOf(layer)}/`;
  const at = `/${name}`.lastIndexOf(`/${scope}`);
  return at < 0 ? name.slice(name.indexOf("/") + 1) : name.slice(at + scope.length);
}

function unassigned({ layer, path }: Leaf, fileName: string): ComputeError {
  const cause = `${fileName} lists no weights that are those of layer ${path.join("/")} (${layer.class_name}).`;
  return new ComputeError("input", cause, 'Save it again with model.save("name.keras").');
}
