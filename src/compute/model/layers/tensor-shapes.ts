import type { OnnxGraph } from "../onnx/onnx-model.ts";

/**
 * Shapes of a graph's tensors: what a run with one picture told, else what the file notes.
 */
export class TensorShapes {
  readonly #noted = new Map<string, readonly (number | string | null)[]>();
  readonly #batch: number | string | null;

  /** @param measured - Shapes by tensor that a run answered with. */
  constructor(
    graph: OnnxGraph,
    private readonly measured: ReadonlyMap<string, readonly number[]>,
  ) {
    for (const { name, dims } of [...graph.values, ...graph.inputs, ...graph.outputs])
      if (dims) this.#noted.set(name, dims);
    for (const { name, dims } of graph.initializers) this.#noted.set(name, dims);
    this.#batch = graph.inputs[0]?.dims?.[0] ?? null;
  }

  /** How many pictures the shapes below are for: more than one where the file has settled that. */
  get pictures(): number {
    return typeof this.#batch === "number" ? this.#batch : 1;
  }

  /** To be shown: null for a batch of any size, and for what isn't known; null as a whole where the rank isn't. */
  shown(name: string): readonly (number | null)[] | null {
    const noted = this.#noted.get(name);
    const measured = this.measured.get(name);
    if (measured) return measured.map((size, axis) => (this.#isBatch(axis, size, noted) ? null : size));
    return noted?.map((size) => (typeof size === "number" ? size : null)) ?? null;
  }

  /** With a number for each dimension, the open batch as one picture; null where one is missing. */
  counted(name: string): readonly number[] | null {
    const measured = this.measured.get(name);
    if (measured) return measured;
    const known: number[] = [];
    for (const [axis, size] of (this.#noted.get(name) ?? [null]).entries())
      if (typeof size === "number") known.push(size);
      else if (axis === 0 && size !== null && size === this.#batch) known.push(1);
      else return null;
    return known;
  }

  /** Open in the file, and as open as the batch that goes in: by its name, else by being first and one picture. */
  #isBatch(axis: number, size: number, noted: readonly (number | string | null)[] | undefined): boolean {
    if (typeof this.#batch === "number") return false;
    const name = noted?.[axis];
    if (typeof name === "string" && name === this.#batch) return true;
    return axis === 0 && size === 1 && typeof name !== "number";
  }
}
