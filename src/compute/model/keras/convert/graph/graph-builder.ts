import {
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
  TENSOR_TYPES,
  type TensorTypeName,
} from "../../../onnx/onnx-model.ts";
import { type Attributes, int } from "./attributes.ts";
import type { Wire, WireType } from "./wire.ts";

/** ONNX' own operators in the version that brought `Gelu`; every operator used here is in it. */
const OPSET = 20;
const IR_VERSION = 9;

/** An ONNX graph in the making: nodes in the order in which they run, constants, names that are taken. */
export class GraphBuilder {
  readonly #nodes: OnnxNode[] = [];
  readonly #initializers: OnnxTensor[] = [];
  readonly #inputs: OnnxValue[] = [];
  readonly #names = new Set<string>();
  readonly #counts = new Map<string, number>();
  /** Constants and weights by what they are, for none is written twice. */
  readonly #constants = new Map<string, string>();
  #scope = "";

  /** Put what `build` adds under a layer's name. */
  within<Result>(scope: string, build: () => Result): Result {
    const outer = this.#scope;
    this.#scope = scope;
    try {
      return build();
    } finally {
      this.#scope = outer;
    }
  }

  /** Add a node of one output and give the output's name. */
  add(opType: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.addMany(opType, inputs, attributes, 1)[0] ?? "";
  }

  /** Add a node of several outputs and give their names. */
  addMany(opType: string, inputs: readonly string[], attributes: Attributes, count: number): string[] {
    const name = this.#fresh(this.#scope ? `${this.#scope}/${opType}` : opType);
    const outputs = Array.from({ length: count }, (_, index) => (index === 0 ? name : this.#fresh(`${name}:${index}`)));
    this.#nodes.push({
      name,
      opType,
      domain: "",
      inputs,
      outputs,
      attributes: new Map(Object.entries(attributes)),
      metadata: new Map(),
    });
    return outputs;
  }

  /**
   * Have a zero padding stay a step of its own: onnxruntime (1.30, PadFusion) gives it to the maximum behind it, whose own
   * padding counts for nothing. It leaves one alone that is not of the very 0: this is the least ordinary number.
   */
  keepPadding(tensor: string): void {
    const index = this.#nodes.findIndex(({ opType, outputs }) => opType === "Pad" && outputs.includes(tensor));
    const node = this.#nodes[index];
    if (node?.inputs.length === 2) this.#nodes[index] = { ...node, inputs: [...node.inputs, this.scalar(2 ** -126)] };
  }

  /** A constant of single precision. */
  floats(values: ArrayLike<number>, dims: readonly number[] = [values.length]): string {
    const data = Float32Array.from(values);
    return this.#constant("float32", dims, new Uint8Array(data.buffer));
  }

  scalar(value: number): string {
    return this.floats([value], []);
  }

  /** A constant of 64-bit integers: shapes, axes, pads, indices. */
  integers(values: readonly number[], dims: readonly number[] = [values.length]): string {
    const data = BigInt64Array.from(values, (value) => BigInt(value));
    return this.#constant("int64", dims, new Uint8Array(data.buffer));
  }

  /** A constant number of the given type. */
  number(value: number, type: WireType): string {
    if (type === "float32") return this.scalar(value);
    return this.add("Cast", [Number.isInteger(value) ? this.integers([value], []) : this.scalar(value)], {
      to: int(TENSOR_TYPES[type]),
    });
  }

  /** A layer's weight, written once whoever asks: `key` says which weight in which arrangement. */
  weight(key: string, make: () => Omit<OnnxTensor, "name">): string {
    const known = this.#constants.get(`weight ${key}`);
    if (known !== undefined) return known;
    const name = this.#fresh(key);
    this.#initializers.push({ name, ...make() });
    this.#constants.set(`weight ${key}`, name);
    return name;
  }

  /** A graph input; dimensions that Keras leaves open get names. */
  input(name: string, type: WireType, shape: Wire["shape"]): Wire {
    const tensor = this.#fresh(name);
    const dims = shape.map((dim, axis) => (axis === 0 ? "batch" : (dim ?? `${tensor}_${axis}`)));
    this.#inputs.push({ name: tensor, type: TENSOR_TYPES[type], dims });
    return { tensor, shape, moved: false, type };
  }

  /** The finished model. */
  build(name: string, outputs: readonly Wire[]): OnnxModel {
    const taken = new Set<string>(this.#inputs.map((input) => input.name));
    const values = outputs.map((wire): OnnxValue => {
      // ONNX wants an output once, and none that is an input.
      const tensor = taken.has(wire.tensor) ? this.add("Identity", [wire.tensor]) : wire.tensor;
      taken.add(tensor);
      const dims = wire.shape.map((dim, axis) => (axis === 0 ? "batch" : (dim ?? `${tensor}_${axis}`)));
      return { name: tensor, type: TENSOR_TYPES[wire.type], dims };
    });
    return {
      irVersion: IR_VERSION,
      opsets: new Map([["", OPSET]]),
      producer: "layerscope",
      graph: {
        name,
        nodes: this.#nodes,
        initializers: this.#initializers,
        inputs: this.#inputs,
        outputs: values,
        values: [],
      },
    };
  }

  #constant(type: TensorTypeName, dims: readonly number[], bytes: Uint8Array<ArrayBuffer>): string {
    const key = `constant ${type} ${dims.join(",")} ${bytes.join(",")}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.#fresh("constant");
    this.#initializers.push({ name, type: TENSOR_TYPES[type], dims, data: { kind: "here", bytes } });
    this.#constants.set(key, name);
    return name;
  }

  #fresh(name: string): string {
    let fresh = name;
    while (this.#names.has(fresh)) {
      const count = (this.#counts.get(name) ?? 0) + 1;
      this.#counts.set(name, count);
      fresh = `${name}_${count}`;
    }
    this.#names.add(fresh);
    return fresh;
  }
}
