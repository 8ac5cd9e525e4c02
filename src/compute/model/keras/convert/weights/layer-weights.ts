import { ComputeError } from "../../../../errors.ts";
import { TENSOR_TYPES } from "../../../onnx/onnx-model.ts";
import type { KerasWeight } from "../../keras-model.ts";
import type { GraphBuilder } from "../graph/graph-builder.ts";
import { permuteFloats } from "./permute-floats.ts";
import { checkLength, countNumbers, weightFloats } from "./weight-floats.ts";

/** A weight that a layer expects. */
export interface ExpectedWeight {
  /** As Keras names it. */
  readonly name: string;
  /** Its dimensions; null where any will do. */
  readonly dims: readonly (number | null)[];
  /** Whether training changes it; most are. */
  readonly fixed?: boolean;
}

/** How a weight goes into the graph. */
export interface Arrangement {
  /** The order of its axes. */
  readonly order?: readonly number[];
  /** Its dimensions after that. */
  readonly dims?: readonly number[];
}

/** A layer's weights as its emitter asks for them: by name where the file knows Keras' names, by their order else. */
export class LayerWeights {
  parameters = 0;
  trainable = 0;

  constructor(
    readonly graph: GraphBuilder,
    /** The layer's path, joined by slashes: what its weights are called in the graph. */
    readonly path: string,
    /** As `describeLayer` has it. */
    readonly layer: string,
    readonly weights: readonly KerasWeight[],
    readonly frozen: boolean,
  ) {}

  /**
   * The weights that a layer of these options has, in Keras' order.
   *
   * @throws ComputeError "input" where their number or a shape is another.
   */
  take(expected: readonly ExpectedWeight[]): KerasWeight[] {
    const named = new Map(this.weights.map((weight) => [weight.name, weight]));
    const byName = expected.every(({ name }) => named.has(name));
    if (this.weights.length !== expected.length)
      throw new ComputeError(
        "input",
        `${this.layer} has ${this.weights.length} weights in the file, expected ${expected.length}.`,
        "Save the whole model again, weights and all.",
      );
    this.parameters = 0;
    this.trainable = 0;
    return expected.map(({ name, dims, fixed }, index) => {
      const weight = byName ? named.get(name) : this.weights[index];
      if (
        !weight ||
        weight.dims.length !== dims.length ||
        dims.some((dim, axis) => dim !== null && dim !== weight.dims[axis])
      )
        throw new ComputeError(
          "input",
          `${this.layer} has a weight "${name}" of shape (${weight?.dims.join(", ")}), expected (${dims.map((dim) => dim ?? "any").join(", ")}).`,
          "Save the model again, architecture and weights together.",
        );
      checkLength(weight, this.layer);
      const count = countNumbers(weight.dims);
      this.parameters += count;
      if (!fixed && !this.frozen) this.trainable += count;
      return weight;
    });
  }

  /** The weight's numbers in the graph, once; the file's own bytes where neither type nor order changes. */
  tensor(weight: KerasWeight, { order, dims }: Arrangement = {}): string {
    const arranged = [order?.join(""), dims?.join("x")].filter(Boolean).join("/");
    return this.graph.weight(`${this.path}/${weight.name}${arranged ? `/${arranged}` : ""}`, () => ({
      type: TENSOR_TYPES.float32,
      dims: dims ?? (order ? order.map((axis) => weight.dims[axis] ?? 1) : weight.dims),
      data: {
        kind: "here",
        bytes: order ? bytesOf(permuteFloats(weightFloats(weight), weight.dims, order)) : plain(weight),
      },
    }));
  }

  /** Numbers computed from weights, in the graph once under a name of their own. */
  computed(name: string, dims: readonly number[], make: () => Float32Array<ArrayBuffer>): string {
    return this.graph.weight(`${this.path}/${name}`, () => ({
      type: TENSOR_TYPES.float32,
      dims,
      data: { kind: "here", bytes: bytesOf(make()) },
    }));
  }

  floats(weight: KerasWeight): Float32Array<ArrayBuffer> {
    return weightFloats(weight);
  }
}

function plain(weight: KerasWeight): Uint8Array<ArrayBuffer> {
  return weight.type === "float32" ? weight.bytes : bytesOf(weightFloats(weight));
}

function bytesOf(floats: Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}
