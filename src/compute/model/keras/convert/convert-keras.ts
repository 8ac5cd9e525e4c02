import { ComputeError } from "../../../errors.ts";
import type { LayerOutput, ModelLayer } from "../../model-layer.ts";
import type { OnnxModel } from "../../onnx/onnx-model.ts";
import type { KerasModel } from "../keras-model.ts";
import { checkLayers } from "./check-layers.ts";
import { ModelEmitter } from "./emit-model.ts";
import { GraphBuilder } from "./graph/graph-builder.ts";
import type { Shape, Wire, WireType } from "./graph/wire.ts";
import { outputOf } from "./layer-rows.ts";
import { brokenArchitecture, readShape } from "./plan/config-checks.ts";
import type { ModelPlan } from "./plan/model-plan.ts";
import { readPlan } from "./plan/read-plan.ts";

/** A tensor that the model takes or gives, in Keras' own layout. */
export interface ModelTensor extends LayerOutput {
  readonly dtype: WireType;
}

export interface ConvertedKeras {
  /** As the file names the model. */
  readonly name: string;
  readonly onnx: OnnxModel;
  /** As Keras' summary has them, nested models' layers in their place under the model's path. */
  readonly layers: readonly ModelLayer[];
  /** The nested models themselves; their parameters are those of their layers. */
  readonly nested: readonly ModelLayer[];
  /** Named as the graph's inputs are. */
  readonly inputs: readonly ModelTensor[];
  readonly outputs: readonly ModelTensor[];
  /** What a reader should know of the conversion, a sentence each. */
  readonly notes: readonly string[];
}

export interface ConversionOptions {
  /** Shapes of the inputs, batch included, for models that leave theirs open; null keeps what the file says. */
  readonly inputShapes?: readonly (Shape | null)[];
}

/**
 * Write a Keras model as an ONNX graph (opset 20) that answers as Keras' `predict` does, in single precision.
 *
 * @throws ComputeError "input" for layers that are not converted, all of them in one sentence, and for broken files.
 */
export function convertKeras(model: KerasModel, options: ConversionOptions = {}): ConvertedKeras {
  const plan = readPlan(model.architecture);
  checkLayers(plan);
  const graph = new GraphBuilder();
  const emitter = new ModelEmitter(graph, model, Number.parseInt(model.kerasVersion, 10) || 2);
  const wires = inputsOf(plan).map((input, index) => {
    const shape = options.inputShapes?.[index] ?? input.shape;
    if (!shape)
      throw new ComputeError(
        "input",
        `The file does not say the shape of input "${input.name}".`,
        "Give the input's shape.",
      );
    return graph.input(input.name, input.type, shape);
  });
  const answered = emitter.emit(plan, { wires, from: [] }, [], !plan.trainable);
  const outputs = emitter.asInKeras(answered.wires);
  if (outputs.length === 0) throw brokenArchitecture("it has no outputs");
  const onnx = graph.build(plan.name, outputs);
  return {
    name: plan.name,
    onnx,
    layers: [...emitter.rows.values()],
    nested: [...emitter.nested.values()],
    inputs: wires.map((wire) => describe(wire)),
    outputs: outputs.map((wire, index) =>
      describe({ ...wire, tensor: onnx.graph.outputs[index]?.name ?? wire.tensor }),
    ),
    notes: notesOf(plan),
  };
}

function describe(wire: Wire): ModelTensor {
  return { ...outputOf(wire, false), dtype: wire.type };
}

interface ModelInput {
  readonly name: string;
  readonly shape: Shape | null;
  readonly type: WireType;
}

/** The outermost model's inputs, as its input layers say; a Sequential model's may be a nested model's. */
function inputsOf(plan: ModelPlan): ModelInput[] {
  if (plan.sequential) {
    const inner = plan.layers[0]?.model;
    if (!plan.sequential.shape && inner) return inputsOf(inner);
    return [{ name: "input", shape: plan.sequential.shape, type: typeOf(plan.sequential.dtype) }];
  }
  return plan.inputs.map((name) => {
    const config = plan.layers.find((layer) => layer.name === name)?.config ?? {};
    const shape = readShape(config.batch_shape ?? config.batch_input_shape);
    return { name, shape, type: typeOf(config.dtype) };
  });
}

/** The graph's type for Keras' of an input. */
function typeOf(dtype: unknown): WireType {
  const types: readonly WireType[] = ["int32", "int64", "uint8", "int8", "bool"];
  return types.find((type) => type === dtype) ?? "float32";
}

function notesOf(plan: ModelPlan): string[] {
  const notes: string[] = [];
  const policies = new Set<string>();
  const classes = new Set<string>();
  const visit = ({ layers }: ModelPlan): void => {
    for (const { config, model, className } of layers) {
      const policy = policyOf(config.dtype);
      if (policy !== null) policies.add(policy);
      if (model && !["Functional", "Sequential", "Model"].includes(className)) classes.add(className);
      if (model) visit(model);
    }
  };
  visit(plan);
  if (!["Functional", "Sequential", "Model"].includes(plan.className)) classes.add(plan.className);
  if (policies.size > 0) notes.push(`Trained in ${[...policies].join(" and ")}, computed in float32.`);
  if (classes.size > 0)
    notes.push(`Classes of its own (${[...classes].join(", ")}) are taken as the graph of layers that they say.`);
  return notes;
}

/** A precision other than single: "mixed_float16", "bfloat16"; null else. */
function policyOf(dtype: unknown): string | null {
  const name =
    typeof dtype === "object" && dtype !== null && "config" in dtype
      ? (dtype.config as { name?: unknown } | null)?.name
      : dtype;
  return typeof name === "string" && /float16|float64/.test(name) ? name : null;
}
