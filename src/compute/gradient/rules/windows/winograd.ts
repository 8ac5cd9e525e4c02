import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { minus, plus } from "../../emit/arithmetic.ts";
import { pad, slice } from "../../emit/part.ts";
import { reshapeTo, transpose } from "../../emit/shape.ts";

/** What a kernel of three becomes: four numbers, by which those of a tile of four are multiplied. */
const OF_KERNEL = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];
/** What the products of a tile add up to: two numbers. */
const OF_PRODUCTS = [
  [1, 1, 1, 0],
  [0, 1, -1, -1],
];
/** Fewer channels than so many take no less time this way. */
const LEAST_CHANNELS = 64;
/** Nor do fewer tiles: all of a kernel is read for each. 512 channels of 4 x 4 take twice the time (7.2 and 3.4 ms). */
const LEAST_TILES = 16;
/** Opset from which Slice has steps. */
const STEPS_SINCE = 10;

/** A convolution of 3 x 3 at every place. */
export interface SmallConvolution {
  /** The forward graph's, [out, in, 3, 3]. */
  readonly kernels: string;
  /** Whether it is the way back: by kernels that are turned about and whose channels are exchanged. */
  readonly isBack: boolean;
  /** Dimensions of what is convolved: pictures, channels, rows, columns. */
  readonly dims: readonly number[];
  /** Rows and columns of zeros before it. */
  readonly before: readonly number[];
  /** Rows and columns of the answer. */
  readonly sizes: readonly number[];
}

/**
 * Whether Winograd's way is open and takes less time.
 *
 * @param kernels - Their dimensions.
 * @param sizes - Of the answer: rows and columns.
 */
export function isForWinograd(back: Backward, kernels: readonly number[], sizes: readonly number[]): boolean {
  const [out = 0, channels = 0, ...sides] = kernels;
  const isSmall = sides.length === 2 && sides.every((side) => side === 3);
  const tiles = elementCount(sizes.map((size) => Math.ceil(size / 2)));
  const pays = Math.min(out, channels) >= LEAST_CHANNELS && tiles >= LEAST_TILES;
  return back.winograd && isSmall && pays && back.opset >= STEPS_SINCE;
}

/**
 * A convolution with 16 products for each four numbers of the answer instead of 36: F(2 x 2, 3 x 3) of Lavin and Gray (Fast
 * Algorithms for Convolutional Neural Networks, 2015).
 *
 * Measured in onnxruntime-web 1.30 on the CPU, against Conv: 10.5 and 13.0 ms for 64 channels of 56 x 56, 5.9 and 9.9 ms for
 * 128 of 28 x 28, 6.5 and 10.3 ms for 256 of 14 x 14, 7.0 and 12.1 ms for 512 of 7 x 7. Tiles of 6 x 6 save 15 % more and
 * are six times less exact.
 */
export function convolveTiles(back: Backward, tensor: string, of: SmallConvolution): string {
  const { kernels, isBack, dims, before, sizes } = of;
  const [pictures = 1, channels = 1, ...places] = dims;
  const out = back.shape(kernels)[isBack ? 1 : 0] ?? 1;
  const [rows = 1, columns = 1] = sizes.map((size) => Math.ceil(size / 2));
  const behind = [rows, columns].map((tiles, axis) => 2 * tiles + 2 - (places[axis] ?? 0) - (before[axis] ?? 0));
  const padded = pad(back, tensor, [0, 0, ...before, 0, 0, ...behind]);
  const tiles = ofTiles(back, ofTiles(back, padded, 3, columns), 2, rows);
  const factors = reshapeTo(back, tiles, [16, pictures, channels, rows * columns]);
  const products = back.emit("MatMul", [tilesOfKernels(back, kernels, isBack), factors]);
  const sums = back.floats([4, 16], alongBoth(OF_PRODUCTS).flat());
  const added = back.emit("MatMul", [sums, reshapeTo(back, products, [16, pictures * out * rows * columns])]);
  const parts = reshapeTo(back, added, [2, 2, pictures, out, rows, columns]);
  const whole = reshapeTo(back, transpose(back, parts, [2, 3, 4, 0, 5, 1]), [pictures, out, 2 * rows, 2 * columns]);
  return slice(back, whole, [0, 0], sizes, [2, 3]);
}

/** What tiles of four along an axis, two apart, are multiplied as: four tensors, one behind the other along the first axis. */
function ofTiles(back: Backward, tensor: string, axis: number, count: number): string {
  const [first = "", second = "", third = "", fourth = ""] = [0, 1, 2, 3].map((place) =>
    slice(back, tensor, [place], [place + 2 * count - 1], [axis], [2]),
  );
  const factors = [
    minus(back, first, third),
    plus(back, second, third),
    minus(back, third, second),
    minus(back, second, fourth),
  ];
  return back.emit("Concat", factors, { axis: 0 });
}

/**
 * Kernels as what tiles are multiplied by: [16, 1, channels of the answer, channels of what is convolved]. Made here, once
 * for each direction: left to the engine, as operators on constants, it is made in steps of memory that WebAssembly does
 * not give back (of ResNet-18 1.2 GB in place of 0.6).
 */
function tilesOfKernels(back: Backward, kernels: string, isBack: boolean): string {
  const [out = 1, channels = 1] = back.shape(kernels);
  const pairs = out * channels;
  const numbers = back.singles(kernels);
  const tiles = new Float32Array(16 * pairs);
  const matrix = alongBoth(isBack ? OF_KERNEL.map((row) => row.toReversed()) : OF_KERNEL);
  for (const [tile, row] of matrix.entries())
    for (let pair = 0; pair < pairs; pair++) {
      let sum = 0;
      for (let place = 0; place < 9; place++) sum += (row[place] ?? 0) * (numbers[9 * pair + place] ?? 0);
      const place = isBack ? (pair % channels) * out + Math.floor(pair / channels) : pair;
      tiles[tile * pairs + place] = sum;
    }
  return back.floats([16, 1, ...(isBack ? [channels, out] : [out, channels])], tiles);
}

/** What a matrix does along rows and along columns, as one for what lies flat, rows first. */
function alongBoth(matrix: readonly (readonly number[])[]): number[][] {
  return matrix.flatMap((down) => matrix.map((across) => down.flatMap((one) => across.map((other) => one * other))));
}
