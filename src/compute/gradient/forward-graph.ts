import { ComputeError } from "../errors.ts";
import { dependentTensors } from "../model/layers/dependent-tensors.ts";
import { tensorTypes } from "../model/layers/output-types.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import type { OnnxGraph, OnnxNode, OnnxTensor } from "../model/onnx/onnx-model.ts";
import { numbersOf } from "../model/onnx/tensor-numbers.ts";
import { elementCount } from "../model/onnx/tensor-size.ts";
import type { CapturedGraph } from "./captured-graph.ts";

/** What is known of a graph that is differentiated: shapes, types, and numbers that no picture changes. */
export class ForwardGraph {
  readonly graph: OnnxGraph;
  /** Opset of ONNX' own operators. */
  readonly opset: number;
  readonly #beside: LoadedModel["beside"];
  readonly #weights = new Map<string, OnnxTensor>();
  readonly #settings = new Map<string, { readonly dims: readonly number[]; readonly values: readonly number[] }>();
  readonly #types: ReadonlyMap<string, number>;
  readonly #dependent: ReadonlySet<string>;
  readonly #constants = new Map<string, readonly number[] | null>();

  constructor(
    { onnx, beside }: Pick<LoadedModel, "onnx" | "beside">,
    private readonly captured: CapturedGraph,
  ) {
    this.graph = onnx.graph;
    this.opset = onnx.opsets.get("") ?? onnx.opsets.get("ai.onnx") ?? 0;
    this.#beside = beside;
    this.#types = tensorTypes(onnx.graph);
    this.#dependent = dependentTensors(onnx.graph);
    for (const tensor of onnx.graph.initializers) this.#weights.set(tensor.name, tensor);
    for (const node of onnx.graph.nodes) if (node.opType === "Constant") this.#readConstant(node);
  }

  /** Dimensions, the batch included. @throws ComputeError "input" for a tensor of which none are known. */
  shape(name: string): readonly number[] {
    const known =
      this.captured.shapes.get(name) ?? this.#weights.get(name)?.dims ?? this.#settings.get(name)?.dims ?? null;
    if (known) return known;
    throw new ComputeError(
      "input",
      `The size of the tensor "${name}" is not known, so nothing behind it can be differentiated.`,
      "Export the model for pictures of one size.",
    );
  }

  /** A number of `TENSOR_TYPES`; 0 where the file doesn't tell. */
  type(name: string): number {
    return this.#types.get(name) ?? 0;
  }

  /** Whether a tensor is one of the forward half that changes with the picture. */
  isMade(name: string): boolean {
    return this.#dependent.has(name);
  }

  /** The numbers of a tensor that no picture changes, row-major; null for one that changes, or whose numbers aren't known. */
  constant(name: string): readonly number[] | null {
    const known = this.#constants.get(name);
    if (known !== undefined) return known;
    const found = this.#dependent.has(name) ? null : this.#find(name);
    this.#constants.set(name, found);
    return found;
  }

  /** A weight as the file has it; null for what operators make. Reads none of its numbers. */
  weight(name: string): OnnxTensor | null {
    return this.#weights.get(name) ?? null;
  }

  /** Whether a tensor has numbers that no picture changes, and they are known. Reads none of them. */
  isConstant(name: string): boolean {
    if (this.#dependent.has(name)) return false;
    const weight = this.#weights.get(name);
    if (weight) return numbersOf(weight, this.#beside) !== null;
    return this.#settings.has(name) || this.captured.values.has(name);
  }

  #find(name: string): readonly number[] | null {
    const setting = this.#settings.get(name);
    if (setting) return setting.values;
    const weight = this.#weights.get(name);
    if (!weight) {
      const values = this.captured.values.get(name);
      return values ? [...values] : null;
    }
    const numbers = numbersOf(weight, this.#beside);
    return numbers && Array.from({ length: elementCount(weight.dims) }, (_, index) => numbers.at(index));
  }

  /** Of the forms that ONNX has since opset 12. */
  #readConstant({ attributes, outputs }: OnnxNode): void {
    const [name = ""] = outputs;
    const tensor = attributes.get("value");
    if (tensor?.kind === "tensor") this.#weights.set(name, tensor.tensor);
    for (const attribute of ["value_float", "value_int", "value_floats", "value_ints"].map((each) =>
      attributes.get(each),
    ))
      if (attribute?.kind === "float" || attribute?.kind === "int")
        this.#settings.set(name, { dims: [], values: [attribute.value] });
      else if (attribute?.kind === "floats" || attribute?.kind === "ints")
        this.#settings.set(name, { dims: [attribute.values.length], values: attribute.values });
  }
}
