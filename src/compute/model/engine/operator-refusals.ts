import { ComputeError } from "../../errors.ts";
import { nodesHolding } from "../onnx/nodes-holding.ts";
import type { OnnxModel, OnnxNode } from "../onnx/onnx-model.ts";

/** What onnxruntime-web 1.30 says of operators that it doesn't have: operator, version and node's name; */
export const NO_KERNEL = /Could not find an implementation for ([\w.:]+)\((\d+)\) node with name '(.*?)'/;
/** operator of ONNX, and opset; */
export const UNKNOWN = /No Op registered for (\S+) with domain_version of (\d+)/;
/** domain and operator. */
export const UNREGISTERED = /Fatal error: (\S*?):(\w+)\(-?\d+\) is not a registered function/;

/**
 * The operators for want of which the engine has refused a model.
 *
 * @returns By the operator of the graph that is or holds it; none where it was refused for something else.
 */
export function refusedOperators(thrown: unknown, model: OnnxModel): ReadonlyMap<OnnxNode, OnnxNode> {
  const isRefused = refusalIn(ComputeError.from(thrown).details);
  return isRefused ? nodesHolding(model, isRefused) : new Map();
}

function refusalIn(message: string): ((node: OnnxNode) => boolean) | null {
  const [, kernel = "", , name] = NO_KERNEL.exec(message) ?? [];
  // Others of its type may have a kernel, for other numbers.
  if (name !== undefined) return (node) => node.name === name && node.opType === kernel.split(/[.:]/).pop();
  const [, unknown] = UNKNOWN.exec(message) ?? [];
  if (unknown !== undefined) return ({ opType, domain }) => opType === unknown && domain === "";
  const [, domain, unregistered] = UNREGISTERED.exec(message) ?? [];
  if (unregistered === undefined) return null;
  return (node) => node.opType === unregistered && node.domain === (domain === "ai.onnx" ? "" : domain);
}
