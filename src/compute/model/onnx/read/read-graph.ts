import { ComputeError } from "../../../errors.ts";
import type { OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from "../onnx-model.ts";
import type { WireReader } from "../wire/wire-reader.ts";
import { readNode } from "./read-node.ts";
import { readTensor } from "./read-tensor.ts";
import { readValue } from "./read-value.ts";

/** A graph while it is read: a file may hold one in pieces, which protobuf puts together. */
export interface GraphDraft {
  name: string;
  readonly nodes: OnnxNode[];
  readonly initializers: OnnxTensor[];
  readonly inputs: OnnxValue[];
  readonly outputs: OnnxValue[];
  readonly values: OnnxValue[];
}

export function emptyGraph(): GraphDraft {
  return { name: "", nodes: [], initializers: [], inputs: [], outputs: [], values: [] };
}

/** A `GraphProto`, added to what is there already. */
export function readGraph(reader: WireReader, into: GraphDraft): void {
  while (reader.next())
    switch (reader.field) {
      case 1:
        into.nodes.push(readNode(reader.message()));
        break;
      case 2:
        into.name = reader.text();
        break;
      case 5:
        into.initializers.push(readTensor(reader.message()));
        break;
      case 11:
        into.inputs.push(readValue(reader.message()));
        break;
      case 12:
        into.outputs.push(readValue(reader.message()));
        break;
      case 13:
        into.values.push(readValue(reader.message()));
        break;
      case 15:
        throw new ComputeError(
          "input",
          "The model keeps weights as sparse tensors, which are not read here.",
          "Export it with dense weights.",
        );
      default:
        reader.skip();
    }
}

/** Inputs as the engine asks for them: without initializers, which files of IR version 3 list there as well. */
export function finishGraph(draft: GraphDraft): OnnxGraph {
  const known = new Set(draft.initializers.map(({ name }) => name));
  return { ...draft, inputs: draft.inputs.filter(({ name }) => !known.has(name)) };
}
