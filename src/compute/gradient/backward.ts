import { ComputeError } from "../errors.ts";
import { type OnnxNode, type OnnxTensor, TENSOR_TYPES } from "../model/onnx/onnx-model.ts";
import { type Attributes, operator } from "../model/onnx/operator.ts";
import { elementCount } from "../model/onnx/tensor-size.ts";
import { type GradientPart, joinedParts } from "./emit/joined-parts.ts";
import type { ForwardGraph } from "./forward-graph.ts";
import type { TiledKernels } from "./tiled-kernels.ts";

/** Constants up to so many numbers are shared where they are equal. */
const MOST_SHARED = 64;

/**
 * The backward half of a graph while it is written: what rules ask of the forward half, and what they add. All gradients
 * are in single precision, whatever the model's own.
 */
export class Backward {
  /** Opset of ONNX' own operators, which is the forward half's. */
  readonly opset: number;
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  /** What came so far, by the forward tensor. */
  readonly #given = new Map<string, string[]>();
  readonly #parts = new Map<string, GradientPart[]>();
  readonly #single = new Map<string, string>();
  readonly #shared = new Map<string, string>();
  #count = 0;
  #held = 0;

  /**
   * @param needed - Forward tensors that get a gradient.
   * @param prefix - Of all names that are added; no tensor of the forward half has it.
   * @param tiled - Kernels that are in the graph as tiles; null where none is to be.
   */
  constructor(
    private readonly forward: ForwardGraph,
    private readonly needed: ReadonlySet<string>,
    private readonly prefix: string,
    readonly tiled: TiledKernels | null = null,
  ) {
    this.opset = forward.opset;
  }

  /** A forward tensor's dimensions, the batch included. @throws ComputeError "input" where they are not known. */
  shape(name: string): readonly number[] {
    return this.forward.shape(name);
  }

  /** A forward tensor's type, a number of `TENSOR_TYPES`; 0 where the file doesn't tell. */
  type(name: string): number {
    return this.forward.type(name);
  }

  /** Whether a forward tensor gets a gradient; what others are given is dropped. */
  needs(name: string): boolean {
    return this.needed.has(name);
  }

  /** Whether a forward tensor's numbers are known and the same for every picture. */
  isConstant(name: string): boolean {
    return this.forward.isConstant(name);
  }

  /** Its numbers, row-major, be they fractions or whole. @throws ComputeError "input" for a tensor that is no constant. */
  constant(name: string): readonly number[] {
    return this.forward.constant(name) ?? throwAsChanging(name);
  }

  /** A forward tensor in single precision. */
  read(name: string): string {
    if (this.forward.type(name) === TENSOR_TYPES.float32) return name;
    const known = this.#single.get(name);
    if (known !== undefined) return known;
    const single = this.emit("Cast", [name], { to: TENSOR_TYPES.float32 });
    this.#single.set(name, single);
    return single;
  }

  /** The gradient of a forward tensor, the sum of all that came; null where none did. */
  gradientOf(name: string): string | null {
    const parts = this.#parts.get(name);
    const given = [...(this.#given.get(name) ?? []), ...(parts ? joinedParts(this, this.shape(name), parts) : [])];
    if (given.length === 0) return null;
    const sum = given.reduce((before, next) => this.emit("Add", [before, next]));
    this.#given.set(name, [sum]);
    this.#parts.delete(name);
    return sum;
  }

  /**
   * Add to the gradient of a forward tensor.
   *
   * @param gradient - In single precision, of exactly its shape.
   */
  give(name: string, gradient: string): void {
    if (!this.needs(name)) return;
    const given = this.#given.get(name);
    if (given) given.push(gradient);
    else this.#given.set(name, [gradient]);
  }

  /** Add to the gradient of a part of a forward tensor. */
  givePart(name: string, part: GradientPart): void {
    if (!this.needs(name)) return;
    const parts = this.#parts.get(name);
    if (parts) parts.push(part);
    else this.#parts.set(name, [part]);
  }

  /** Add an operator with one answer. @returns The answer's name. */
  emit(opType: string, inputs: readonly string[], attributes: Attributes = {}, domain = ""): string {
    return this.emitAll(opType, inputs, 1, attributes, domain)[0] ?? "";
  }

  /** Add an operator with so many answers. @returns Their names. */
  emitAll(
    opType: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Attributes = {},
    domain = "",
  ): readonly string[] {
    const name = this.#name(opType);
    const names = outputs === 1 ? [name] : Array.from({ length: outputs }, (_, place) => `${name}/${place}`);
    this.nodes.push(operator(name, opType, inputs, names, attributes, domain));
    return names;
  }

  /** Count what the engine makes of constants when it opens the graph, and holds from then on. */
  holds(dims: readonly number[]): void {
    this.#held += elementCount(dims) * Float32Array.BYTES_PER_ELEMENT;
  }

  /** Bytes of what `holds` was told of. */
  get held(): number {
    return this.#held;
  }

  /** A constant in single precision, row-major. */
  floats(dims: readonly number[], values: ArrayLike<number>): string {
    return this.#constant(TENSOR_TYPES.float32, dims, new Uint8Array(Float32Array.from(values).buffer));
  }

  /** A constant of int64, a list where no dimensions are given. */
  integers(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.#constant(TENSOR_TYPES.int64, dims, new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  /** A scalar in single precision. */
  number(value: number): string {
    return this.floats([], [value]);
  }

  #constant(type: number, dims: readonly number[], bytes: Uint8Array<ArrayBuffer>): string {
    const isShared = bytes.length <= MOST_SHARED * 8;
    const key = `${type};${dims.join()};${isShared ? bytes.join() : ""}`;
    const known = isShared ? this.#shared.get(key) : undefined;
    if (known !== undefined) return known;
    const name = this.#name("constant");
    this.initializers.push({ name, type, dims, data: { kind: "here", bytes } });
    if (isShared) this.#shared.set(key, name);
    return name;
  }

  #name(what: string): string {
    return `${this.prefix}/${what}/${this.#count++}`;
  }
}

function throwAsChanging(name: string): never {
  throw new ComputeError(
    "input",
    `The tensor "${name}" changes with the picture, and has to be the same for a gradient.`,
    "Export the model for pictures of one size.",
  );
}
