import type { OnnxFunction, OnnxModel, OnnxNode } from "../onnx-model.ts";
import { readOnnx } from "../read/read-onnx.ts";
import { WireWriter } from "../wire/wire-writer.ts";
import { type CallScope, expandCall } from "./expand-call.ts";
import { copyField, NODE, rewriteGraph } from "./rewrite-graph.ts";
import { nodeMessage, opsetMessage } from "./write-onnx.ts";

/** Field of `ModelProto`. */
const OPSET = 8;

/**
 * A model with what its local functions hold in the place of each operator of the graph that calls one, functions in
 * functions too. Tensors of the graph keep their names; a model without such calls is handed back as it is.
 *
 * Opsets are the model's, and a function's own where the model has none of a domain: the engine runs no file in which an
 * operator of a function is another one in the model's opset.
 */
export function inlineFunctions<Model extends { readonly file: Uint8Array<ArrayBuffer>; readonly onnx: OnnxModel }>(
  model: Model,
): Model {
  const { graph, functions = [], opsets } = model.onnx;
  const scope = scopeOf(model.onnx, functions);
  if (!graph.nodes.some((node) => scope.functionOf(node))) return model;
  const nodes = graph.nodes.values();
  const inlined = rewriteGraph(model.file, (part, into) => {
    const node = part.field === NODE ? nodes.next().value : undefined;
    const called = node && scope.functionOf(node);
    if (called) {
      part.skip();
      for (const each of expandCall(node, called, scope)) into.message(NODE, nodeMessage(each));
    } else copyField(part, into);
  });
  const file = new WireWriter().raw(inlined);
  const own = new Map(functions.flatMap((each) => [...each.opsets]));
  for (const [domain, version] of own) if (!opsets.has(domain)) file.message(OPSET, opsetMessage(domain, version));
  const bytes = file.finish();
  return { ...model, file: bytes, onnx: readOnnx(bytes) };
}

function scopeOf({ graph }: OnnxModel, functions: readonly OnnxFunction[]): CallScope {
  const key = (domain: string, name: string, overload = "") => [domain, name, overload].join("\n");
  const known = new Map(functions.map((each) => [key(each.domain, each.name, each.overload), each]));
  const taken = new Set([...graph.inputs, ...graph.initializers].map(({ name }) => name));
  for (const name of graph.nodes.flatMap(namesIn)) taken.add(name);
  return {
    functionOf: ({ domain, opType, overload }) => known.get(key(domain, opType, overload)),
    free: (wanted) => {
      let name = wanted;
      for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`;
      taken.add(name);
      return name;
    },
  };
}

/** Of the graph's tensors, and of those in graphs inside its operators. */
function namesIn({ inputs, outputs, attributes }: OnnxNode): readonly string[] {
  const inside = [...attributes.values()].flatMap((attribute) =>
    attribute.kind === "graph"
      ? [...attribute.graph.inputs, ...attribute.graph.initializers, ...attribute.graph.nodes].flatMap((each) =>
          "opType" in each ? namesIn(each) : [each.name],
        )
      : [],
  );
  return [...inputs, ...outputs, ...inside];
}
