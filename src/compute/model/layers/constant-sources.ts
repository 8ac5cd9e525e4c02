import type { OnnxGraph, OnnxNode, OnnxTensor } from "../onnx/onnx-model.ts";

/** A weight, and whether it comes unpacked from fewer bits: its type is then the packed one's. */
export interface FoundWeight {
  readonly tensor: OnnxTensor;
  readonly unpacked: boolean;
}

/**
 * The weights behind the constant inputs of operators, also through operators that work on constants alone (a weight
 * that is transposed, cast or normalised in the graph). Each weight comes up once, with the operator that is asked
 * about first: what several operators share is counted once.
 */
export class ConstantSources {
  readonly #weights = new Map<string, OnnxTensor>();
  readonly #makers = new Map<string, OnnxNode>();
  readonly #seen = new Set<string>();

  constructor(
    graph: OnnxGraph,
    private readonly dependent: ReadonlySet<string>,
  ) {
    for (const tensor of graph.initializers) this.#weights.set(tensor.name, tensor);
    for (const node of graph.nodes) {
      const value = node.opType === "Constant" ? node.attributes.get("value") : undefined;
      const [output] = node.outputs;
      if (value?.kind === "tensor" && output) this.#weights.set(output, value.tensor);
      else for (const name of node.outputs) this.#makers.set(name, node);
    }
  }

  /** A weight by the name of its tensor, whether it was counted or not. */
  weight(name: string | undefined): OnnxTensor | undefined {
    return name === undefined ? undefined : this.#weights.get(name);
  }

  /** The weights that tensors stand on and that have not come up before. */
  take(names: readonly string[]): readonly FoundWeight[] {
    const found: FoundWeight[] = [];
    const open = names.map((name) => ({ name, unpacked: false }));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { name, unpacked } = next;
      if (this.#seen.has(name) || this.dependent.has(name)) continue;
      this.#seen.add(name);
      const tensor = this.#weights.get(name);
      const maker = this.#makers.get(name);
      if (tensor) found.push({ tensor, unpacked });
      // The scale and the zero point that unpack a weight are none themselves.
      else if (maker?.opType === "DequantizeLinear") open.push({ name: maker.inputs[0] ?? "", unpacked: true });
      else for (const input of maker?.inputs ?? []) open.push({ name: input, unpacked });
    }
    return found;
  }
}
