import type { OnnxFunction, OnnxNode } from "../onnx-model.ts";
import type { WireReader } from "../wire/wire-reader.ts";
import { plainDomain, readNode } from "./read-node.ts";

/** A `FunctionProto`. */
export function readFunction(reader: WireReader): OnnxFunction {
  const bytes = reader.bytes.subarray(reader.position, reader.end);
  let name = "";
  let domain = "";
  const nodes: OnnxNode[] = [];
  while (reader.next())
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 7) nodes.push(readNode(reader.message()));
    else if (reader.field === 10) domain = plainDomain(reader.text());
    else reader.skip();
  return { name, domain, nodes, bytes };
}
