import { LayerOptions } from "../layer-options.ts";
import { cannot, type Emitter, type LayerCall } from "./layer-call.ts";
import { operationOf } from "./operations.ts";

/** Functions of TensorFlow as Keras 2 names them in `TFOpLambda` layers, by the operation of Keras 3. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  "__operators__.add": "Add",
  "__operators__.getitem": "GetItem",
  "math.add": "Add",
  "math.subtract": "Subtract",
  "math.multiply": "Multiply",
  "math.divide": "Divide",
  "math.truediv": "Divide",
  "math.pow": "Power",
  "math.maximum": "Maximum",
  "math.minimum": "Minimum",
  "math.negative": "Negative",
  "math.abs": "Absolute",
  "math.exp": "Exp",
  "math.log": "Log",
  "math.sqrt": "Sqrt",
  "math.rsqrt": "Rsqrt",
  "math.square": "Square",
  "math.erf": "Erf",
  "math.sigmoid": "Sigmoid",
  "math.tanh": "Tanh",
  "math.softplus": "Softplus",
  "math.reduce_mean": "Mean",
  "math.reduce_max": "Max",
  "math.reduce_min": "Min",
  "math.reduce_sum": "Sum",
  "nn.relu": "Relu",
  "nn.relu6": "Relu6",
  "nn.elu": "Elu",
  "nn.selu": "Selu",
  "nn.silu": "Silu",
  "nn.swish": "Silu",
  "nn.gelu": "Gelu",
  "nn.softmax": "Softmax",
  "nn.sigmoid": "Sigmoid",
  "nn.tanh": "Tanh",
  "nn.softplus": "Softplus",
  "linalg.matmul": "Matmul",
  clip_by_value: "Clip",
  concat: "Concatenate",
  expand_dims: "ExpandDims",
  squeeze: "Squeeze",
  stack: "Stack",
  reshape: "Reshape",
  transpose: "Transpose",
  cast: "Cast",
  identity: "StopGradient",
  stop_gradient: "StopGradient",
};

/** Operators of TensorFlow's graphs, as TensorFlow 2.1 to 2.3 wrote them in `TensorFlowOpLayer`s. */
const NODES: Readonly<Record<string, string>> = {
  Add: "Add",
  AddV2: "Add",
  Sub: "Subtract",
  Mul: "Multiply",
  RealDiv: "Divide",
  Maximum: "Maximum",
  Minimum: "Minimum",
  Pow: "Power",
  Neg: "Negative",
  Sqrt: "Sqrt",
  Square: "Square",
  Exp: "Exp",
  Relu: "Relu",
  Relu6: "Relu6",
  Sigmoid: "Sigmoid",
  Tanh: "Tanh",
};

/** The function that a layer of Keras 2 stands for, or "". */
export function functionOf(className: string, config: Readonly<Record<string, unknown>>): string {
  if (className === "SlicingOpLambda" || className === "TFOpLambda") return String(config.function ?? "");
  return String(nodeOf(config)?.op ?? "");
}

/** Whether the function is one of those that are converted. */
export function knowsFunction(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name) || Object.hasOwn(NODES, name);
}

function nodeOf({ node_def: node }: Readonly<Record<string, unknown>>): { op?: unknown } | null {
  if (typeof node === "object" && node !== null) return node;
  if (typeof node !== "string") return null;
  try {
    const parsed: unknown = JSON.parse(node);
    return typeof parsed === "object" ? parsed : null;
  } catch {
    return null;
  }
}

/** The operands of a `TensorFlowOpLayer`: its tensors, with its constants at their places between. */
function withConstants(call: LayerCall): unknown[] {
  const constants = call.options.config.constants;
  const operands: unknown[] = [...call.inputs];
  const entries = typeof constants === "object" && constants !== null ? Object.entries(constants) : [];
  for (const [place, value] of entries.sort(([a], [b]) => Number(a) - Number(b)))
    operands.splice(Number(place), 0, value);
  return operands;
}

/** A function of TensorFlow in a file of Keras 2, as the operation of Keras 3 that it is. */
export const emitOldOperation: Emitter = (call) => {
  const name = functionOf(call.className, call.options.config);
  const className = FUNCTIONS[name] ?? NODES[name] ?? "";
  const emitter = operationOf(className);
  if (!emitter) throw cannot(call, `calls "${name.slice(0, 60)}"`);
  const args = call.className === "TensorFlowOpLayer" ? withConstants(call) : call.args;
  const options = new LayerOptions(call.layer, { ...call.named });
  return emitter({ ...call, className, args, options });
};
