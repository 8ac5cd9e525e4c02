import type { OnnxAttribute } from "../../../onnx/onnx-model.ts";

export type Attributes = Readonly<Record<string, OnnxAttribute>>;

export const int = (value: number): OnnxAttribute => ({ kind: "int", value });
export const float = (value: number): OnnxAttribute => ({ kind: "float", value });
export const text = (value: string): OnnxAttribute => ({ kind: "string", value });
export const ints = (values: readonly number[]): OnnxAttribute => ({ kind: "ints", values });
