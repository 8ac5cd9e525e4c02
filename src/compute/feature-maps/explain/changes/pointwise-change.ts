import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { LayerGraph } from "../layer/layer-graph.ts";
import type { LayerRun } from "../layer/layer-run.ts";
import type { TensorSpot } from "../layer/pass-through.ts";
import { broadcastIndex, placeAt } from "../layer/tensor-places.ts";
import type { Changed } from "./change.ts";
import { numberFormula, X } from "./formula.ts";
import { pointwiseOf, type Written } from "./pointwise.ts";

const OPERATIONS: Readonly<Record<string, string>> = {
  Relu: "ReLU",
  LeakyRelu: "leaky ReLU",
  PRelu: "PReLU",
  Elu: "ELU",
  Selu: "SELU",
  Celu: "CELU",
  ThresholdedRelu: "thresholded ReLU",
  Gelu: "GELU",
  HardSigmoid: "hard sigmoid",
  HardSwish: "hard swish",
  Clip: "limits",
  Add: "shift",
  Sub: "shift",
  Mul: "scale",
  Div: "scale",
  Neg: "sign",
};

/**
 * What operators that work on each number by itself make of one number of one tensor: an operator alone, or several that
 * stand on the same number, as x times sigmoid(x) does.
 *
 * @returns null where they stand on several tensors, or on something else.
 */
export function pointwiseChange(run: LayerRun, node: OnnxNode, { tensor, index }: TensorSpot): Changed | null {
  const source = soleSource(run.graph, node);
  if (source === null) return null;
  const place = placeAt(run.values(tensor).dims, index);
  const dependent = node.inputs.filter((name) => run.graph.isDependent(name));
  const isAlone = dependent.length === 1 && dependent[0] === source;
  const isShift = isAlone && (node.opType === "Add" || (node.opType === "Sub" && node.inputs[0] === source));
  const apply = (x: number) => writeOut(run, tensor, source, place, { value: x, formula: X });
  const operation = isAlone ? (OPERATIONS[node.opType] ?? node.opType.toLowerCase()) : "activation";
  return {
    from: { tensor: source, index: broadcastIndex(run.values(source).dims, place) },
    changes: [{ operation, kind: "elementwise", apply, shift: isShift ? apply(0).value : null }],
  };
}

/** The one tensor that an operator's answer is made of, number by number; null where there are several. */
function soleSource(graph: LayerGraph, node: OnnxNode): string | null {
  const open = new Set(takenBy(graph, node));
  if (!pointwiseOf(node)) return null;
  while (open.size > 1) {
    const makers = [...open].map((name) => ({ name, maker: graph.maker(name) }));
    const latest = makers.reduce((last, one) => (orderOf(graph, one.maker) > orderOf(graph, last.maker) ? one : last));
    if (!latest.maker || !pointwiseOf(latest.maker)) return null;
    open.delete(latest.name);
    for (const name of takenBy(graph, latest.maker)) open.add(name);
  }
  return [...open][0] ?? null;
}

function orderOf(graph: LayerGraph, node: OnnxNode | null): number {
  return node ? graph.orderOf(node) : -1;
}

function takenBy(graph: LayerGraph, node: OnnxNode): readonly string[] {
  return node.inputs.filter((name) => graph.isDependent(name));
}

/** A tensor's number at a place, from the number of `source` there. */
function writeOut(run: LayerRun, tensor: string, source: string, place: readonly number[], x: Written): Written {
  if (tensor === source) return x;
  const node = run.graph.isDependent(tensor) ? run.graph.maker(tensor) : null;
  if (node) {
    const taken = node.inputs.map((name) => (name === "" ? undefined : writeOut(run, name, source, place, x)));
    const written = pointwiseOf(node)?.(taken, node);
    if (written) return written;
  }
  const constant = run.constant(tensor);
  const value = constant ? constant.at(broadcastIndex(constant.dims, place)) : Number.NaN;
  return { value, formula: numberFormula(value) };
}
