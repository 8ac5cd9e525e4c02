import { ComputeError } from "../../../../errors.ts";
import type { GraphBuilder } from "../graph/graph-builder.ts";
import { cast, type Layouts } from "../graph/layouts.ts";
import type { Wire } from "../graph/wire.ts";
import type { LayerOptions } from "../layer-options.ts";
import type { LayerWeights } from "../weights/layer-weights.ts";

/** One call of one layer, as its emitter sees it. */
export interface LayerCall {
  /** As `describeLayer` has it: the beginning of an error's sentence. */
  readonly layer: string;
  readonly className: string;
  readonly graph: GraphBuilder;
  readonly layouts: Layouts;
  readonly options: LayerOptions;
  readonly weights: LayerWeights;
  /** Every tensor among the arguments, in order. */
  readonly inputs: readonly Wire[];
  /** Arguments by place and by name, with wires where tensors stood. */
  readonly args: readonly unknown[];
  readonly named: Readonly<Record<string, unknown>>;
  /** 1, 2 or 3. */
  readonly kerasMajor: number;
}

/** What a layer's call became. */
export interface LayerAnswer {
  readonly outputs: readonly Wire[];
  /** For one picture; 0 where left out, null where only a run can tell. */
  readonly multiplyAdds?: number | null;
  readonly kernel?: readonly number[];
  readonly stride?: readonly number[];
}

/** Writes a layer's call into the graph; throws ComputeError "input" for options that cannot be. */
export type Emitter = (call: LayerCall) => LayerAnswer;

export function isWire(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && "tensor" in value && "moved" in value;
}

/** The call's tensor of that place, in single precision. */
export function inputOf(call: LayerCall, index = 0): Wire {
  return cast(call.graph, anyInput(call, index), "float32");
}

/** The call's tensor of that place, of whatever type. */
export function anyInput(call: LayerCall, index = 0): Wire {
  const wire = call.inputs[index];
  if (wire) return wire;
  throw new ComputeError(
    "input",
    `${call.layer} is called with ${call.inputs.length} tensors, expected at least ${index + 1}.`,
    "Save the model again with the Keras that made it.",
  );
}

export function answer(output: Wire, facts: Omit<LayerAnswer, "outputs"> = {}): LayerAnswer {
  return { outputs: [output], ...facts };
}

/** The error for something that Keras has and this converter has not. */
export function cannot(call: Pick<LayerCall, "layer">, what: string): ComputeError {
  return new ComputeError(
    "input",
    `${call.layer} ${what}, which is not converted.`,
    'Export the model from Python with model.export(path, format="onnx").',
  );
}

/** The number of a dimension that a layer must know. */
export function known(call: Pick<LayerCall, "layer">, dim: number | null | undefined, what: string): number {
  if (typeof dim === "number") return dim;
  throw new ComputeError(
    "input",
    `${call.layer} needs to know its ${what}, which the model leaves open.`,
    "Give the input's shape.",
  );
}
