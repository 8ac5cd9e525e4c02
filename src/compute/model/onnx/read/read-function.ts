import type { OnnxAttribute, OnnxFunction, OnnxNode } from "../onnx-model.ts";
import type { WireReader } from "../wire/wire-reader.ts";
import { readAttribute } from "./read-attribute.ts";
import { plainDomain, readNode } from "./read-node.ts";
import { readOpset } from "./read-opset.ts";

/** A `FunctionProto`. */
export function readFunction(reader: WireReader): OnnxFunction {
  const bytes = reader.bytes.subarray(reader.position, reader.end);
  let name = "";
  let domain = "";
  let overload = "";
  const inputs: string[] = [];
  const outputs: string[] = [];
  const nodes: OnnxNode[] = [];
  const defaults = new Map<string, OnnxAttribute>();
  const opsets = new Map<string, number>();
  while (reader.next())
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 4) inputs.push(reader.text());
    else if (reader.field === 5) outputs.push(reader.text());
    else if (reader.field === 7) nodes.push(readNode(reader.message()));
    else if (reader.field === 9) readOpset(reader.message(), opsets);
    else if (reader.field === 10) domain = plainDomain(reader.text());
    else if (reader.field === 11) readAttribute(reader.message(), defaults);
    else if (reader.field === 13) overload = reader.text();
    else reader.skip();
  return { name, domain, overload, inputs, outputs, defaults, opsets, nodes, bytes };
}
