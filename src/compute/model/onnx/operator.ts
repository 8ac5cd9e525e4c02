import type { OnnxAttribute, OnnxNode } from "./onnx-model.ts";

/** An attribute by its value: whole numbers are integers, `{ float: 1 }` is a fraction that happens to be whole. */
type AttributeValue =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] };

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** An operator: of ONNX' own where no domain is given. */
export function operator(
  name: string,
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Attributes = {},
  domain = "",
): OnnxNode {
  const all = new Map(Object.entries(attributes).map(([key, value]) => [key, attributeOf(value)]));
  return { name, opType, domain, inputs, outputs, attributes: all, metadata: new Map() };
}

function attributeOf(value: AttributeValue): OnnxAttribute {
  if (typeof value === "string") return { kind: "string", value };
  if (typeof value === "number") return { kind: Number.isInteger(value) ? "int" : "float", value };
  if ("float" in value) return { kind: "float", value: value.float };
  if ("floats" in value) return { kind: "floats", values: value.floats };
  return { kind: "ints", values: value };
}
