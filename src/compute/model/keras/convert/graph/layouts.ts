import { TENSOR_TYPES } from "../../../onnx/onnx-model.ts";
import { int, ints } from "./attributes.ts";
import type { GraphBuilder } from "./graph-builder.ts";
import type { Wire, WireType } from "./wire.ts";

/** Turns tensors between the two layouts, each only once, so that chains of convolutions never leave theirs. */
export class Layouts {
  readonly #last = new Map<string, Wire>();
  readonly #first = new Map<string, Wire>();

  constructor(readonly graph: GraphBuilder) {}

  /** The same tensor as it lies in Keras. */
  channelsLast(wire: Wire): Wire {
    if (!wire.moved) return wire;
    const known = this.#last.get(wire.tensor);
    if (known) return known;
    const rank = wire.shape.length;
    const order = [0, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 2), 1];
    const made = { ...wire, moved: false, tensor: this.#transpose(wire.tensor, order) };
    this.#last.set(wire.tensor, made);
    this.#first.set(made.tensor, wire);
    return made;
  }

  /** The same tensor with Keras' last axis at 1; a tensor of fewer than three dimensions stays as it is. */
  channelsFirst(wire: Wire): Wire {
    if (wire.moved || wire.shape.length < 3) return wire;
    const known = this.#first.get(wire.tensor);
    if (known) return known;
    const rank = wire.shape.length;
    const order = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 1)];
    const made = { ...wire, moved: true, tensor: this.#transpose(wire.tensor, order) };
    this.#first.set(wire.tensor, made);
    this.#last.set(made.tensor, wire);
    return made;
  }

  #transpose(tensor: string, order: readonly number[]): string {
    return this.graph.add("Transpose", [tensor], { perm: ints(order) });
  }
}

/** The tensor as another type; itself where it is of that type already. */
export function cast(graph: GraphBuilder, wire: Wire, type: WireType): Wire {
  if (wire.type === type) return wire;
  return { ...wire, type, tensor: graph.add("Cast", [wire.tensor], { to: int(TENSOR_TYPES[type]) }) };
}
