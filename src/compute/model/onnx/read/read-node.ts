import type { OnnxAttribute, OnnxNode } from "../onnx-model.ts";
import type { WireReader } from "../wire/wire-reader.ts";
import { readAttribute } from "./read-attribute.ts";
import { readEntry } from "./read-entry.ts";

/** A `NodeProto`. */
export function readNode(reader: WireReader): OnnxNode {
  const node = { name: "", opType: "", domain: "" };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  const metadata = new Map<string, string>();
  while (reader.next())
    switch (reader.field) {
      case 1:
        inputs.push(reader.text());
        break;
      case 2:
        outputs.push(reader.text());
        break;
      case 3:
        node.name = reader.text();
        break;
      case 4:
        node.opType = reader.text();
        break;
      case 5:
        readAttribute(reader.message(), attributes);
        break;
      case 7:
        node.domain = plainDomain(reader.text());
        break;
      case 9:
        readEntry(reader.message(), metadata);
        break;
      default:
        reader.skip();
    }
  return { ...node, inputs, outputs, attributes, metadata };
}

/** ONNX' own operators have two names for their domain. */
export function plainDomain(domain: string): string {
  return domain === "ai.onnx" ? "" : domain;
}
