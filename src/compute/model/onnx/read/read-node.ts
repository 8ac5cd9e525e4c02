import type { OnnxAttribute, OnnxNode } from "../onnx-model.ts";
import type { WireReader } from "../wire/wire-reader.ts";
import { readAttribute } from "./read-attribute.ts";
import { readEntry } from "./read-entry.ts";

/** Of all operators that have none: a map of its own would be most of what a small operator takes. */
const NO_ATTRIBUTES: ReadonlyMap<string, OnnxAttribute> = new Map();
const NO_METADATA: ReadonlyMap<string, string> = new Map();

/** A `NodeProto`. */
export function readNode(reader: WireReader): OnnxNode {
  let name = "";
  let opType = "";
  let domain = "";
  let overload = "";
  const inputs: string[] = [];
  const outputs: string[] = [];
  let attributes: Map<string, OnnxAttribute> | undefined;
  let metadata: Map<string, string> | undefined;
  while (reader.next())
    switch (reader.field) {
      case 1:
        inputs.push(reader.text());
        break;
      case 2:
        outputs.push(reader.text());
        break;
      case 3:
        name = reader.text();
        break;
      case 4:
        opType = reader.text();
        break;
      case 5:
        attributes ??= new Map();
        readAttribute(reader.message(), attributes);
        break;
      case 7:
        domain = plainDomain(reader.text());
        break;
      case 8:
        overload = reader.text();
        break;
      case 9:
        metadata ??= new Map();
        readEntry(reader.message(), metadata);
        break;
      default:
        reader.skip();
    }
  return {
    name,
    opType,
    domain,
    inputs,
    outputs,
    attributes: attributes ?? NO_ATTRIBUTES,
    ...(overload !== "" && { overload }),
    metadata: metadata ?? NO_METADATA,
  };
}

/** ONNX' own operators have two names for their domain. */
export function plainDomain(domain: string): string {
  return domain === "ai.onnx" ? "" : domain;
}
