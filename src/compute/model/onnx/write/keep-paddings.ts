import { numberOf } from "../../layers/attribute-values.ts";
import { tensorTypes } from "../../layers/output-types.ts";
import { type OnnxModel, type OnnxNode, type OnnxTensor, TENSOR_TYPES } from "../onnx-model.ts";
import { bitsOf } from "../tensor-size.ts";
import type { WireReader } from "../wire/wire-reader.ts";
import { WireWriter } from "../wire/wire-writer.ts";
import { copyField, copyRead, GRAPH, INITIALIZER, NODE, rewriteGraph } from "./rewrite-graph.ts";

/** Fields of `NodeProto` and `AttributeProto`. */
const NODE_INPUT = 1;
const ATTRIBUTE = 5;
const FLOAT = 1;
/** Opset from which a padding's number is an input and no attribute. */
const INPUTS_SINCE = 11;
/** The least ordinary number of single precision. */
const LEAST = 2 ** -126;
/** A number of these is 0 or -0 as its highest bit is. */
const SIGNED = new Set<number>([
  TENSOR_TYPES.float32,
  TENSOR_TYPES.float16,
  TENSOR_TYPES.float64,
  TENSOR_TYPES.bfloat16,
]);

/**
 * The file with zero paddings that stay steps of their own before a maximum: onnxruntime (1.30, PadFusion) makes them the
 * pool's, whose own padding counts for nothing, so that the highest of a 0 and of negative numbers is negative. It leaves
 * a padding alone whose number is not all bytes 0: it gets -0, and where only the value is looked at (before opset 11) the
 * least that there is.
 *
 * @param model - The file as it was read. Graphs inside If and Loop and local functions are left as they are.
 */
export function keepPaddings(file: Uint8Array<ArrayBuffer>, model: OnnxModel): Uint8Array<ArrayBuffer> {
  const paddings = zeroPaddings(model);
  if (paddings.size === 0) return file;
  const areInputs = (model.opsets.get("") ?? 0) >= INPUTS_SINCE;
  const nodes = model.graph.nodes.values();
  const written = rewriteGraph(file, (part, into) => {
    const node = part.field === NODE ? nodes.next().value : undefined;
    const type = node && paddings.get(node);
    if (!node || type === undefined) copyField(part, into);
    else into.message(NODE, areInputs ? withInput(part.message(), node, zeroName(type)) : withValue(part.message()));
  });
  if (!areInputs) return written;
  const added = new WireWriter();
  for (const type of new Set(paddings.values())) added.message(INITIALIZER, negativeZero(type));
  return new WireWriter().raw(written).message(GRAPH, added).finish();
}

/** Paddings with the very 0 whose answer a maximum takes, with the type of their numbers. */
function zeroPaddings({ graph, opsets }: OnnxModel): ReadonlyMap<OnnxNode, number> {
  const makers = new Map<string, OnnxNode>();
  for (const node of graph.nodes) for (const name of node.outputs) makers.set(name, node);
  const constants = new Map<string, OnnxTensor>(graph.initializers.map((tensor) => [tensor.name, tensor]));
  for (const { opType, attributes, outputs } of graph.nodes) {
    const value = opType === "Constant" ? attributes.get("value") : undefined;
    if (value?.kind === "tensor") constants.set(outputs[0] ?? "", value.tensor);
  }
  const types = tensorTypes(graph);
  const found = new Map<OnnxNode, number>();
  for (const pool of graph.nodes) {
    if (pool.opType !== "MaxPool") continue;
    const before = makers.get(pool.inputs[0] ?? "");
    const padding = before?.opType === "Cast" ? makers.get(before.inputs[0] ?? "") : before;
    const type = types.get(padding?.inputs[0] ?? "") ?? 0;
    if (padding?.opType === "Pad" && SIGNED.has(type) && isZero(padding, constants, opsets.get("") ?? 0))
      found.set(padding, type);
  }
  return found;
}

function isZero(padding: OnnxNode, constants: ReadonlyMap<string, OnnxTensor>, opset: number): boolean {
  const mode = padding.attributes.get("mode");
  if (mode?.kind === "string" && mode.value !== "constant") return false;
  if (opset < INPUTS_SINCE) return numberOf(padding, "value", 0) === 0;
  const name = padding.inputs[2] ?? "";
  const data = constants.get(name)?.data;
  return name === "" || (data?.kind === "here" && data.bytes.every((byte) => byte === 0));
}

/** The operator with another third input. */
function withInput(node: WireReader, { inputs }: OnnxNode, third: string): WireWriter {
  const message = new WireWriter();
  const [data = "", pads = "", , ...others] = inputs;
  for (const name of [data, pads, third, ...others]) message.bytes(NODE_INPUT, new TextEncoder().encode(name));
  while (node.next())
    if (node.field === NODE_INPUT) node.skip();
    else copyField(node, message);
  return message;
}

/** The operator with another `value`. */
function withValue(node: WireReader): WireWriter {
  const message = new WireWriter();
  while (node.next())
    if (node.field !== ATTRIBUTE) copyField(node, message);
    else if (nameOf(node.message()) !== "value") copyRead(node, message);
  return message.message(ATTRIBUTE, new WireWriter().text(1, "value").float(2, LEAST).integer(20, FLOAT));
}

function nameOf(attribute: WireReader): string {
  let name = "";
  while (attribute.next())
    if (attribute.field === 1) name = attribute.text();
    else attribute.skip();
  return name;
}

function zeroName(type: number): string {
  return `layerscope/zero/${type}`;
}

/** A scalar. */
function negativeZero(type: number): WireWriter {
  const bytes = new Uint8Array((bitsOf(type) ?? 0) / 8);
  bytes[bytes.length - 1] = 0x80;
  return new WireWriter().integer(2, type).text(8, zeroName(type)).bytes(9, bytes);
}
