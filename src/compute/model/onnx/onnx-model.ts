/** Numbers of `TensorProto.DataType` (onnx.proto of ONNX 1.19), by the names that this project uses. */
export const TENSOR_TYPES = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const;

export type TensorTypeName = keyof typeof TENSOR_TYPES;

/**
 * Where the numbers of a tensor are: here, little-endian and row-major, or in a file beside the model. Text stays as
 * the wire has it: fields of number 6, one after the other.
 */
export type TensorBytes =
  | { readonly kind: "here"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "beside"; readonly location: string; readonly offset: number; readonly length: number | null };

export interface OnnxTensor {
  readonly name: string;
  /** A number of `TENSOR_TYPES`, or one that is none of ours: tensors are passed on unread. */
  readonly type: number;
  readonly dims: readonly number[];
  readonly data: TensorBytes;
}

/** What an attribute holds. Integers past 2^53 are rounded, those at the ends of 64 bits come out as they went in. */
export type OnnxAttribute =
  | { readonly kind: "int" | "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "ints" | "floats"; readonly values: readonly number[] }
  | { readonly kind: "strings"; readonly values: readonly string[] }
  | { readonly kind: "tensor"; readonly tensor: OnnxTensor }
  | { readonly kind: "graph"; readonly graph: OnnxGraph }
  /** Of an operator in a local function: whatever the call gives for the attribute of this name. */
  | { readonly kind: "reference"; readonly to: string; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Of a kind that nothing here reads: the whole attribute as the wire has it. */
  | { readonly kind: "other"; readonly bytes: Uint8Array<ArrayBuffer> };

export interface OnnxNode {
  readonly name: string;
  readonly opType: string;
  /** Empty for ONNX's own operators. */
  readonly domain: string;
  /** "" where an optional input is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  /** Which of the local functions of one name is called. */
  readonly overload?: string;
  /** `metadata_props`: PyTorch's exporter leaves module paths here. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** A graph's input or output: each dimension a number, a name, or null where the file says nothing. */
export interface OnnxValue {
  readonly name: string;
  readonly type: number;
  /** null: not even the number of dimensions is known. */
  readonly dims: readonly (number | string | null)[] | null;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  /** Without initializers, which files of IR version 3 list here too. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Shapes that the exporter noted of what lies between. */
  readonly values: readonly OnnxValue[];
}

/** A local function: operators under a name and a domain of the file's own. */
export interface OnnxFunction {
  readonly name: string;
  readonly domain: string;
  /** Tells functions of one name apart; "" where there is one. */
  readonly overload: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** What attributes are where a call doesn't give them; those without such a value are left out. */
  readonly defaults: ReadonlyMap<string, OnnxAttribute>;
  readonly opsets: ReadonlyMap<string, number>;
  readonly nodes: readonly OnnxNode[];
  /** As the wire has it: it is passed on, never changed. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface OnnxModel {
  readonly irVersion: number;
  /** Version by domain; "" is ONNX's own. */
  readonly opsets: ReadonlyMap<string, number>;
  /** Name and version of what wrote the file, as it says; "" where it doesn't. */
  readonly producer: string;
  /** What the writer noted of the model as a whole: names of classes, say. */
  readonly metadata?: ReadonlyMap<string, string>;
  /** The engine puts them in where the graph names them, and so does `inlineFunctions`. */
  readonly functions?: readonly OnnxFunction[];
  readonly graph: OnnxGraph;
}
