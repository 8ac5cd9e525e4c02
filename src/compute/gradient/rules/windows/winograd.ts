import { alongBoth } from "../../../model/engine/kernel-tiles.ts";
import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { minus, plus } from "../../emit/arithmetic.ts";
import { pad, slice } from "../../emit/part.ts";
import { reshapeTo, transpose } from "../../emit/shape.ts";
import type { Windows } from "./windows.ts";

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

/** A convolution of 3 x 3 at every place, or the way back through it. */
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
 * Whether Winograd's way is open to a convolution and takes less time, forward and back: if it went one way alone, its
 * kernels would be in the graph twice.
 */
export function isForWinograd(back: Backward, kernels: string, { sides, group, wide, narrow }: Windows): boolean {
  if (!back.tiled?.has(kernels) || back.opset < STEPS_SINCE || group !== 1 || sides.length !== 2) return false;
  const isSmall = sides.every(({ kernel, stride, dilation }) => kernel === 3 && stride === 1 && dilation === 1);
  const isWithin = sides.every(({ before, behind }) => Math.max(before, behind) < 3);
  const tiles = (dims: readonly number[]) => elementCount(dims.slice(2).map((size) => Math.ceil(size / 2)));
  const pays = Math.min(...back.shape(kernels).slice(0, 2)) >= LEAST_CHANNELS;
  return isSmall && isWithin && pays && Math.min(tiles(wide), tiles(narrow)) >= LEAST_TILES;
}

/**
 * A convolution with 16 products for each four numbers of the answer instead of 36: F(2 x 2, 3 x 3) of Lavin and Gray (Fast
 * Algorithms for Convolutional Neural Networks, 2015).
 *
 * Measured in onnxruntime-web 1.30 on the CPU, against Conv: 10.5 and 13.0 ms for 64 channels of 56 x 56, 5.9 and 9.9 ms for
 * 128 of 28 x 28, 6.5 and 10.3 ms for 256 of 14 x 14, 7.0 and 12.1 ms for 512 of 7 x 7. Tiles of 6 x 6 save 15 % more and
 * are six times less exact.
 *
 * Both directions read the same tiles of a kernel. Those of a kernel that is turned about are its own with the first and
 * the fourth along each axis exchanged, so that what they are multiplied by is exchanged instead; and channels are summed
 * over the tiles' other axis where the product is written the other way round.
 */
export function convolveTiles(back: Backward, tensor: string, of: SmallConvolution): string {
  const { kernels, isBack, dims, before, sizes } = of;
  const [pictures = 1, channels = 1, ...places] = dims;
  const out = back.shape(kernels)[isBack ? 1 : 0] ?? 1;
  const [rows = 1, columns = 1] = sizes.map((size) => Math.ceil(size / 2));
  const behind = [rows, columns].map((tiles, axis) => 2 * tiles + 2 - (places[axis] ?? 0) - (before[axis] ?? 0));
  const padded = pad(back, tensor, [0, 0, ...before, 0, 0, ...behind]);
  const order = isBack ? [3, 1, 2, 0] : [0, 1, 2, 3];
  const tiles = ofTiles(back, ofTiles(back, padded, 3, columns, order), 2, rows, order);
  const factors = reshapeTo(back, tiles, [16, pictures, channels, rows * columns]);
  const products = isBack
    ? timesTurned(back, factors, kernels)
    : back.emit("MatMul", [tilesOf(back, kernels), factors]);
  const sums = back.floats([4, 16], alongBoth(OF_PRODUCTS.map((row) => order.map((place) => row[place] ?? 0))).flat());
  const added = back.emit("MatMul", [sums, reshapeTo(back, products, [16, pictures * out * rows * columns])]);
  const laid = isBack
    ? transpose(back, reshapeTo(back, added, [2, 2, pictures, rows, columns, out]), [2, 5, 3, 0, 4, 1])
    : transpose(back, reshapeTo(back, added, [2, 2, pictures, out, rows, columns]), [2, 3, 4, 0, 5, 1]);
  return slice(back, reshapeTo(back, laid, [pictures, out, 2 * rows, 2 * columns]), [0, 0], sizes, [2, 3]);
}

/**
 * What tiles of four along an axis, two apart, are multiplied as: four tensors, one behind the other along the first axis.
 *
 * @param order - Which of the four comes when.
 */
function ofTiles(back: Backward, tensor: string, axis: number, count: number, order: readonly number[]): string {
  const [first = "", second = "", third = "", fourth = ""] = [0, 1, 2, 3].map((place) =>
    slice(back, tensor, [place], [place + 2 * count - 1], [axis], [2]),
  );
  const factors = [
    minus(back, first, third),
    plus(back, second, third),
    minus(back, third, second),
    minus(back, second, fourth),
  ];
  const ordered = order.map((place) => factors[place] ?? "");
  return back.emit("Concat", ordered, { axis: 0 });
}

/**
 * [16, pictures, out, places] and a kernel's tiles to [16, pictures, places, in]. ONNX Runtime's own operator, for ONNX' has
 * no transposed products: these graphs are for the engine in the page alone.
 */
function timesTurned(back: Backward, factors: string, kernels: string): string {
  return back.emit("FusedMatMul", [factors, tilesOf(back, kernels)], { transA: 1 }, "com.microsoft");
}

function tilesOf({ tiled }: Backward, kernels: string): string {
  return tiled?.of(kernels) ?? "";
}
