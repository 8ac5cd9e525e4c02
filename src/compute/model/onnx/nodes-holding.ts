import { withThoseInside } from "./all-operators.ts";
import type { OnnxModel, OnnxNode } from "./onnx-model.ts";

/**
 * Operators of the graph that are of a kind, or hold one that is: in a graph inside them, or in a local function that
 * they call.
 *
 * @returns By the operator of the graph, one of that kind.
 */
export function nodesHolding(model: OnnxModel, isOne: (node: OnnxNode) => boolean): ReadonlyMap<OnnxNode, OnnxNode> {
  const inFunctions = heldByFunctions(model, isOne);
  const found = new Map<OnnxNode, OnnxNode>();
  for (const node of model.graph.nodes)
    for (const each of withThoseInside(node)) {
      const held = isOne(each) ? each : inFunctions.get(nameOf(each));
      if (held && !found.has(node)) found.set(node, held);
    }
  return found;
}

/** From those functions that have one to those that call them, so that each is looked at once. */
function heldByFunctions({ functions = [] }: OnnxModel, isOne: (node: OnnxNode) => boolean): Map<string, OnnxNode> {
  const held = new Map<string, OnnxNode>();
  const callers = new Map<string, string[]>();
  for (const { domain, name, nodes } of functions)
    for (const each of nodes.flatMap((node) => [...withThoseInside(node)])) {
      const caller = `${domain}:${name}`;
      if (isOne(each)) held.set(caller, each);
      const known = callers.get(nameOf(each));
      if (known) known.push(caller);
      else callers.set(nameOf(each), [caller]);
    }
  const open = [...held];
  for (let next = open.pop(); next; next = open.pop()) {
    const [name, operator] = next;
    for (const caller of callers.get(name) ?? [])
      if (!held.has(caller)) {
        held.set(caller, operator);
        open.push([caller, operator]);
      }
  }
  return held;
}

function nameOf({ domain, opType }: OnnxNode): string {
  return `${domain}:${opType}`;
}
