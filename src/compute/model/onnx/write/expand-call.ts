import type { OnnxAttribute, OnnxFunction, OnnxGraph, OnnxNode } from "../onnx-model.ts";

/** What a call is expanded by. */
export interface CallScope {
  /** The function that an operator calls; undefined for one that is none's call. */
  functionOf(node: OnnxNode): OnnxFunction | undefined;
  /** A name that nothing in the graph has. */
  free(wanted: string): string;
}

/** Names in a function's body, by what they are in the graph; and what the call gives for attributes. */
interface Bound {
  readonly names: Map<string, string>;
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  readonly scope: CallScope;
  /** In front of all names that are the body's own. */
  readonly prefix: string;
}

/**
 * The operators that a call of a local function stands for, those of functions that these call in their places too. What it
 * answers with keeps its name. Calls in graphs inside operators are left as they are.
 */
export function expandCall(call: OnnxNode, called: OnnxFunction, scope: CallScope): readonly OnnxNode[] {
  const names = new Map([["", ""]]);
  for (const [place, name] of called.inputs.entries()) names.set(name, call.inputs[place] ?? "");
  for (const [place, name] of called.outputs.entries()) {
    const answer = call.outputs[place] ?? "";
    if (answer !== "") names.set(name, answer);
  }
  const attributes = new Map([...called.defaults, ...call.attributes]);
  const prefix = call.name || call.outputs.find((name) => name !== "") || called.name;
  const bound = { names, attributes, scope, prefix };
  return called.nodes.flatMap((node) => {
    const placed = placeNode(node, bound);
    const inner = scope.functionOf(placed);
    return inner ? expandCall(placed, inner, scope) : [placed];
  });
}

function placeNode(node: OnnxNode, bound: Bound): OnnxNode {
  const attributes = new Map<string, OnnxAttribute>();
  for (const [key, attribute] of node.attributes) {
    const given = attribute.kind === "reference" ? bound.attributes.get(attribute.to) : attribute;
    if (given?.kind === "graph" && attribute.kind === "graph")
      attributes.set(key, { kind: "graph", graph: placeGraph(given.graph, bound) });
    else if (given) attributes.set(key, given);
  }
  const name = `${bound.prefix}/${node.name || node.opType}`;
  const inputs = node.inputs.map((each) => nameIn(bound, each));
  return { ...node, name, inputs, outputs: node.outputs.map((each) => nameIn(bound, each)), attributes };
}

/** A graph inside an operator: its own names are hidden from what is around it, and must be no other's all the same. */
function placeGraph(graph: OnnxGraph, outer: Bound): OnnxGraph {
  const bound = { ...outer, names: new Map(outer.names) };
  for (const { name } of [...graph.inputs, ...graph.initializers]) ownName(bound, name);
  for (const name of graph.nodes.flatMap(({ outputs }) => outputs)) if (name !== "") ownName(bound, name);
  const renamed = <Named extends { readonly name: string }>(each: Named) => ({
    ...each,
    name: nameIn(bound, each.name),
  });
  return {
    name: graph.name,
    nodes: graph.nodes.map((node) => placeNode(node, bound)),
    initializers: graph.initializers.map(renamed),
    inputs: graph.inputs.map(renamed),
    outputs: graph.outputs.map(renamed),
    values: graph.values.map(renamed),
  };
}

function nameIn(bound: Bound, name: string): string {
  return bound.names.get(name) ?? ownName(bound, name);
}

function ownName({ names, scope, prefix }: Bound, name: string): string {
  const own = scope.free(`${prefix}/${name}`);
  names.set(name, own);
  return own;
}
