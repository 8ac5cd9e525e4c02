import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "../onnx-model.ts";
import { TENSOR_TYPES } from "../onnx-model.ts";
import { ATTRIBUTE_TYPES } from "../read/read-attribute.ts";
import { WireWriter } from "../wire/wire-writer.ts";

/** The first IR version whose graphs need not list initializers among their inputs. */
export const LEAST_IR = 4;
const EXTERNAL = 1;
const UTF8 = new TextEncoder();

/**
 * A model as the bytes of an .onnx file. Tensors that lie beside the file are named there, not written:
 * the engine takes them by the same location.
 */
export function writeOnnx(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const file = new WireWriter().integer(1, Math.max(LEAST_IR, model.irVersion));
  const [, name = "", version = ""] = /^(.*?)(?: (\S+))?$/.exec(model.producer) ?? [];
  file.text(2, name).text(3, version);
  file.message(7, graphMessage(model.graph));
  for (const [domain, number] of model.opsets) file.message(8, opsetMessage(domain, number));
  writeEntries(file, 14, model.metadata ?? new Map());
  for (const local of model.functions ?? []) file.bytes(25, local.bytes);
  return file.finish();
}

/** An `OperatorSetIdProto`. */
export function opsetMessage(domain: string, version: number): WireWriter {
  return new WireWriter().text(1, domain).integer(2, version);
}

function graphMessage(graph: OnnxGraph): WireWriter {
  // A graph without a name is not valid.
  const message = new WireWriter();
  for (const node of graph.nodes) message.message(1, nodeMessage(node));
  message.text(2, graph.name || "graph");
  for (const tensor of graph.initializers) message.message(5, tensorMessage(tensor));
  for (const value of graph.inputs) message.message(11, valueMessage(value));
  for (const value of graph.outputs) message.message(12, valueMessage(value));
  for (const value of graph.values) message.message(13, valueMessage(value));
  return message;
}

export function nodeMessage(node: OnnxNode): WireWriter {
  const message = new WireWriter();
  // "" has its place in these lists: an optional input that is left out.
  for (const input of node.inputs) message.bytes(1, UTF8.encode(input));
  for (const output of node.outputs) message.bytes(2, UTF8.encode(output));
  message.text(3, node.name).text(4, node.opType);
  for (const [name, attribute] of node.attributes) writeAttribute(message, name, attribute);
  message.text(7, node.domain).text(8, node.overload ?? "");
  writeEntries(message, 9, node.metadata);
  return message;
}

function writeAttribute(node: WireWriter, name: string, attribute: OnnxAttribute): void {
  if (attribute.kind === "other" || attribute.kind === "reference") node.bytes(5, attribute.bytes);
  else {
    const message = new WireWriter().text(1, name);
    writeValue(message, attribute);
    node.message(5, message.integer(20, ATTRIBUTE_TYPES[attribute.kind]));
  }
}

function writeValue(message: WireWriter, attribute: OnnxAttribute): void {
  switch (attribute.kind) {
    case "int":
      message.integer(3, attribute.value);
      break;
    case "float":
      message.float(2, attribute.value);
      break;
    case "string":
      message.bytes(4, UTF8.encode(attribute.value));
      break;
    case "ints":
      message.integers(8, attribute.values);
      break;
    case "floats":
      message.floats(7, attribute.values);
      break;
    case "strings":
      for (const value of attribute.values) message.bytes(9, UTF8.encode(value));
      break;
    case "tensor":
      message.message(5, tensorMessage(attribute.tensor));
      break;
    case "graph":
      message.message(6, graphMessage(attribute.graph));
  }
}

export function tensorMessage({ name, type, dims, data }: OnnxTensor): WireWriter {
  const message = new WireWriter();
  if (dims.length > 0) message.integers(1, dims);
  message.integer(2, type);
  if (data.kind === "here" && type === TENSOR_TYPES.string) message.raw(data.bytes);
  message.text(8, name);
  if (data.kind === "beside") {
    writeEntries(message, 13, placeEntries(data.location, data.offset, data.length));
    message.integer(14, EXTERNAL);
  } else if (type !== TENSOR_TYPES.string) message.bytes(9, data.bytes);
  return message;
}

function placeEntries(location: string, offset: number, length: number | null): Map<string, string> {
  const entries = new Map([
    ["location", location],
    ["offset", String(offset)],
  ]);
  if (length !== null) entries.set("length", String(length));
  return entries;
}

export function valueMessage({ name, type, dims }: OnnxValue): WireWriter {
  const message = new WireWriter().text(1, name);
  if (type === 0) return message;
  const tensor = new WireWriter().integer(1, type);
  if (dims) {
    const shape = new WireWriter();
    for (const size of dims) {
      const dimension = new WireWriter();
      if (typeof size === "number") dimension.integer(1, size);
      else if (size !== null) dimension.text(2, size);
      shape.message(1, dimension);
    }
    tensor.message(2, shape);
  }
  return message.message(2, new WireWriter().message(1, tensor));
}

function writeEntries(into: WireWriter, field: number, entries: ReadonlyMap<string, string>): void {
  for (const [key, value] of entries) into.message(field, new WireWriter().text(1, key).text(2, value));
}
