import { ComputeError } from "../../errors.ts";
import { type LinesOf, linesAcross, linesDown, type PictureLayout } from "../picture-layout.ts";
import { gaussianWeights } from "./gaussian-weights.ts";

/**
 * What lies beyond a picture's edge, in SciPy's words: nothing ("constant"), the picture turned there with its last pixel twice
 * ("reflect"), or with its last pixel once ("mirror").
 */
export type BlurEdges = "zero" | "reflect" | "mirror";

/**
 * A picture blurred over its height and width, each channel by itself: `scipy.ndimage.gaussian_filter` with `truncate` 4.
 * Computed in float64; the numbers are rounded once, to the type they came in.
 *
 * @param values - `height * width * channels` numbers in the order that `layout` tells.
 * @param sigma - Standard deviation in pixels, or one for the height and one for the width; from 0 up.
 * @param edges - "zero" unless told otherwise.
 * @returns A new array.
 * @throws {ComputeError} kind "input" when the numbers are not those of the layout, or sigma is none.
 */
export function gaussianBlur<T extends Float32Array | Float64Array>(
  values: T,
  layout: PictureLayout,
  sigma: number | readonly [height: number, width: number],
  edges?: BlurEdges,
): T extends Float32Array ? Float32Array<ArrayBuffer> : Float64Array<ArrayBuffer>;
export function gaussianBlur(
  values: Float32Array | Float64Array,
  layout: PictureLayout,
  sigma: number | readonly [number, number],
  edges: BlurEdges = "zero",
): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
  const [down, across] = typeof sigma === "number" ? [sigma, sigma] : sigma;
  check(values.length, layout, down, across);
  const blurred = new Float64Array(values);
  blurLines(blurred, linesDown(layout), gaussianWeights(down), edges);
  blurLines(blurred, linesAcross(layout), gaussianWeights(across), edges);
  return values instanceof Float32Array ? new Float32Array(blurred) : blurred;
}

function check(length: number, { height, width, channels }: PictureLayout, down: number, across: number): void {
  if (length !== height * width * channels)
    throw new ComputeError(
      "input",
      `A picture of ${width} × ${height} pixels and ${channels} channels has ${length} numbers; expected ${height * width * channels}.`,
    );
  const wrong = [down, across].find((sigma) => !(sigma >= 0 && Number.isFinite(sigma)));
  if (wrong !== undefined)
    throw new ComputeError("input", `A blur cannot have a sigma of ${wrong} pixels.`, "Give a number from 0 up.");
}

/** Blurs in place; sums in SciPy's order, the farthest pair first, so that the bits agree where the weights do. */
function blurLines(values: Float64Array, { outer, length, inner }: LinesOf, weights: Float64Array, edges: BlurEdges) {
  const radius = weights.length - 1;
  if (radius === 0) return;
  // Farther than the line is long there is nothing but zeros.
  const reach = edges === "zero" ? Math.min(radius, length - 1) : radius;
  const line = new Float64Array(length + 2 * reach);
  const middle = weights[0] ?? 0;
  for (let block = 0; block < outer; block++)
    for (let offset = 0; offset < inner; offset++) {
      const start = block * length * inner + offset;
      for (let place = 0; place < length; place++) line[reach + place] = values[start + place * inner] ?? 0;
      if (edges !== "zero") turnEnds(line, length, reach, edges === "reflect");
      for (let place = 0; place < length; place++) {
        const center = reach + place;
        let sum = (line[center] ?? 0) * middle;
        for (let step = reach; step > 0; step--)
          sum += ((line[center - step] ?? 0) + (line[center + step] ?? 0)) * (weights[step] ?? 0);
        values[start + place * inner] = sum;
      }
    }
}

/** Fills both ends of a line whose own numbers begin at `reach`: c b a | a b c | c b a, again and again, or c b | a b c | b a. */
function turnEnds(line: Float64Array, length: number, reach: number, twice: boolean): void {
  for (let step = 1; step <= reach; step++) {
    line[reach - step] = line[reach + turnedPlace(-step, length, twice)] ?? 0;
    line[reach + length - 1 + step] = line[reach + turnedPlace(length - 1 + step, length, twice)] ?? 0;
  }
}

function turnedPlace(place: number, length: number, twice: boolean): number {
  const period = Math.max(1, twice ? 2 * length : 2 * length - 2);
  const turn = ((place % period) + period) % period;
  return turn < length ? turn : period - turn - (twice ? 1 : 0);
}
