import { type KernelTiles, tilesTensor } from "../model/engine/kernel-tiles.ts";
import { type OnnxTensor, TENSOR_TYPES } from "../model/onnx/onnx-model.ts";
import type { ForwardGraph } from "./forward-graph.ts";

/** Kernels that a graph has as Winograd's tiles: each of them once, whichever directions it is read in. */
export class TiledKernels {
  readonly #tiles = new Map<string, KernelTiles>();

  /** @param prefix - Of the names of the tiles; no tensor of the file has it. */
  constructor(
    private readonly forward: ForwardGraph,
    private readonly prefix: string,
  ) {}

  /** Whether a tensor is a weight that tiles can be made of. */
  has(kernels: string): boolean {
    return this.forward.weight(kernels)?.type === TENSOR_TYPES.float32 && this.forward.isConstant(kernels);
  }

  /** The name of a kernel's tiles, [16, 1, out, in]. @throws ComputeError "input" for one that `has` doesn't know. */
  of(kernels: string): string {
    const weight = this.forward.weight(kernels);
    const known = this.#tiles.get(kernels);
    if (known || !weight) return known?.name ?? "";
    const name = `${this.prefix}/${this.#tiles.size}`;
    this.#tiles.set(kernels, { name, kernels: weight });
    return name;
  }

  /** What they are made of. */
  get all(): readonly KernelTiles[] {
    return [...this.#tiles.values()];
  }

  get initializers(): readonly OnnxTensor[] {
    return this.all.map(tilesTensor);
  }
}
