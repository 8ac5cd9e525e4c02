import { type OnnxTensor, TENSOR_TYPES } from "../onnx/onnx-model.ts";
import { numbersOf } from "../onnx/tensor-numbers.ts";
import { elementCount } from "../onnx/tensor-size.ts";

/**
 * Kernels of 3 x 3 as what Winograd's tiles are multiplied by. They take 16 / 9 of the kernels' room, so that they are made
 * when a graph is opened, and nobody but the engine keeps them. It survives cloning.
 */
export interface KernelTiles {
  /** What the graph calls them, and the place beside the file where it says that they are. */
  readonly name: string;
  /** In single precision, [out, in, 3, 3]. */
  readonly kernels: OnnxTensor;
}

/** What a kernel of three becomes: four numbers, by which those of a tile of four are multiplied. */
const OF_KERNEL = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];

/** The constant that stands for them in a graph: [16, 1, out, in]. */
export function tilesTensor({ name, kernels }: KernelTiles): OnnxTensor {
  const [out = 1, channels = 1] = kernels.dims;
  const dims = [16, 1, out, channels];
  const length = elementCount(dims) * Float32Array.BYTES_PER_ELEMENT;
  return { name, type: TENSOR_TYPES.float32, dims, data: { kind: "beside", location: name, offset: 0, length } };
}

/**
 * The numbers of `tilesTensor`.
 *
 * @param beside - Files that the kernels may lie in, by their location.
 */
export function makeTiles(
  { kernels }: KernelTiles,
  beside: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Uint8Array<ArrayBuffer> {
  const numbers = numbersOf(kernels, beside);
  const pairs = elementCount(kernels.dims) / 9;
  const tiles = new Float32Array(16 * pairs);
  const matrix = alongBoth(OF_KERNEL);
  const kernel = new Float64Array(9);
  for (let pair = 0; pair < pairs; pair++) {
    for (let place = 0; place < 9; place++) kernel[place] = numbers?.at(9 * pair + place) ?? Number.NaN;
    for (const [tile, row] of matrix.entries()) {
      let sum = 0;
      for (let place = 0; place < 9; place++) sum += (row[place] ?? 0) * (kernel[place] ?? 0);
      tiles[tile * pairs + pair] = sum;
    }
  }
  return new Uint8Array(tiles.buffer);
}

/** What a matrix does along rows and along columns, as one for what lies flat, rows first. */
export function alongBoth(matrix: readonly (readonly number[])[]): number[][] {
  return matrix.flatMap((down) => matrix.map((across) => down.flatMap((one) => across.map((other) => one * other))));
}
