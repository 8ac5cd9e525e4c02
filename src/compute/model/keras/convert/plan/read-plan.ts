import { ComputeError } from "../../../../errors.ts";
import type { KerasObject } from "../../keras-model.ts";
import { brokenArchitecture, isObject, isWhole, type JsonObject, readShape } from "./config-checks.ts";
import { modernLayer } from "./keras-one.ts";
import { AnswerRef, answersIn, type ModelPlan, type PlannedCall, type PlannedLayer } from "./model-plan.ts";
import { readCall } from "./read-call.ts";

/** Models in models in models: Keras' own go three deep. */
const DEEPEST = 24;
const MOST_LAYERS = 100_000;

/**
 * The layers of an architecture and how they are called, whichever Keras wrote it.
 *
 * @throws ComputeError "input" for what is neither Sequential nor Functional, and for a broken one.
 */
export function readPlan(architecture: KerasObject): ModelPlan {
  const budget = { layers: MOST_LAYERS };
  const plan = readModel(architecture, "", 0, budget);
  if (plan) return plan;
  throw new ComputeError(
    "input",
    `A model of class "${architecture.class_name}" says in Python code alone what it computes.`,
    'Export it from Python with model.export(path, format="onnx").',
  );
}

function readModel(object: JsonObject, name: string, depth: number, budget: { layers: number }): ModelPlan | null {
  const className = String(object.class_name ?? "");
  // Keras before 2.3 writes a Sequential model's configuration as a bare list.
  const config: unknown = Array.isArray(object.config) ? { layers: object.config } : object.config;
  if (!isObject(config) || !Array.isArray(config.layers)) return null;
  if (depth > DEEPEST) throw brokenArchitecture(`models are nested more than ${DEEPEST} deep`);
  budget.layers -= config.layers.length;
  if (budget.layers < 0) throw brokenArchitecture(`there are more than ${MOST_LAYERS} layers`);
  const objects = config.layers.map((layer: unknown): JsonObject => {
    if (!isObject(layer)) throw brokenArchitecture("a layer is no object");
    return modernLayer(layer);
  });
  const shared = {
    name: typeof config.name === "string" ? config.name : name,
    className,
    trainable: config.trainable !== false,
  };
  if (Array.isArray(config.output_layers) || isObject(config.output_layers))
    return { ...shared, ...readFunctional(objects, config, depth, budget), sequential: null };
  if (className !== "Sequential") return null;
  return { ...shared, ...readSequential(objects, config, depth, budget) };
}

function readLayer(
  object: JsonObject,
  calls: readonly PlannedCall[],
  depth: number,
  budget: { layers: number },
): PlannedLayer {
  const className = typeof object.class_name === "string" ? object.class_name : "";
  const config = isObject(object.config) ? object.config : {};
  const name = nameOf(object);
  const { module } = object;
  const foreign = typeof module === "string" && !/^(tf_)?keras(\.|$)/.test(module);
  return { name, className, foreign, config, calls, model: readModel(object, name, depth + 1, budget) };
}

function nameOf(object: JsonObject): string {
  const inner = isObject(object.config) ? object.config.name : undefined;
  const name = object.name ?? inner;
  if (typeof name === "string" && name !== "") return name;
  throw brokenArchitecture(`a layer of class "${String(object.class_name).slice(0, 60)}" has no name`);
}

function readFunctional(objects: readonly JsonObject[], config: JsonObject, depth: number, budget: { layers: number }) {
  const names = new Set(objects.map(nameOf));
  const layers = objects.map((object) => {
    const nodes = Array.isArray(object.inbound_nodes) ? object.inbound_nodes : [];
    return readLayer(
      object,
      nodes.map((node) => readCall(node, names)),
      depth,
      budget,
    );
  });
  const inputs = readRefs(config.input_layers).map((ref) => ref.layer);
  return renumberModels(layers, inputs, readRefs(config.output_layers));
}

/** Keras counts a nested model's calls from 1 where its own making was call 0: here all count from 0. */
function renumberModels(layers: readonly PlannedLayer[], inputs: readonly string[], outputs: readonly AnswerRef[]) {
  const models = new Map(layers.filter(({ model }) => model).map(({ name, calls }) => [name, calls.length]));
  const shifted = new Set<string>();
  for (const ref of [...layers.flatMap(({ calls }) => answersIn(calls)), ...outputs])
    if (models.get(ref.layer) === ref.call) shifted.add(ref.layer);
  const renumber = (value: unknown): unknown => {
    if (value instanceof AnswerRef)
      return shifted.has(value.layer) ? new AnswerRef(value.layer, value.call - 1, value.answer) : value;
    if (Array.isArray(value)) return value.map(renumber);
    if (isObject(value) && Object.getPrototypeOf(value) === Object.prototype) return renumberNamed(value);
    return value;
  };
  const renumberNamed = (named: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(named).map(([key, one]) => [key, renumber(one)]));
  if (shifted.size === 0) return { layers, inputs, outputs };
  return {
    layers: layers.map((layer) => ({
      ...layer,
      calls: layer.calls.map(({ args, named }) => ({ args: args.map(renumber), named: renumberNamed(named) })),
    })),
    inputs,
    outputs: outputs.map((ref) => renumber(ref) as AnswerRef),
  };
}

/** `["name", 0, 0]`, a list of such, or an object of such. */
function readRefs(value: unknown): AnswerRef[] {
  if (Array.isArray(value) && typeof value[0] === "string") {
    const [layer, call, answer] = value;
    if (isWhole(call) && isWhole(answer)) return [new AnswerRef(layer, call, answer)];
  }
  if (Array.isArray(value)) return value.flatMap(readRefs);
  if (isObject(value)) return Object.values(value).flatMap(readRefs);
  throw brokenArchitecture("the list of inputs or outputs names no layer");
}

function readSequential(objects: readonly JsonObject[], config: JsonObject, depth: number, budget: { layers: number }) {
  const isInput = (object: JsonObject) => object.class_name === "InputLayer";
  const rest = objects.filter((object) => !isInput(object));
  const layers = rest.map((object, index) => {
    const before = rest[index - 1];
    const args = before ? [new AnswerRef(nameOf(before), 0, 0)] : [];
    return readLayer(object, [{ args, named: {} }], depth, budget);
  });
  const last = layers.at(-1);
  const first = (objects.find(isInput) ?? rest[0])?.config;
  const input = isObject(first) ? first : {};
  const said = input.batch_shape ?? input.batch_input_shape ?? config.build_input_shape;
  // A type belongs to an input alone: a layer's own is what it computes in.
  const dtype = objects.some(isInput) && typeof input.dtype === "string" ? input.dtype : "float32";
  return {
    layers,
    inputs: [],
    outputs: last ? [new AnswerRef(last.name, 0, 0)] : [],
    sequential: { shape: readShape(said), dtype },
  };
}
