import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { Pace } from "../../compute/runtime/pace.ts";
import type { NumericArray, NumericSource } from "../host/sources.ts";

/** Pictures that were prepared elsewhere: numbers as a model takes them. */
export interface FloatPictures {
  readonly rows: number;
  /** The numbers of pictures `start` to `end - 1`, in memory of their own, in the model's layout. */
  slice(start: number, end: number): Float32Array<ArrayBuffer>;
}

/**
 * Read pictures that are taken as they are. Where their channels lie on the other side than the model has them, and on no
 * other reading they fit, they are turned.
 *
 * @param dims One picture's, as the model takes it.
 * @throws {ComputeError} "input" for pictures of another shape, and for the first that holds NaN or an infinite number, by
 * its row; "cancelled".
 */
export async function readFloatPictures(
  source: NumericSource,
  dims: readonly number[],
  job: Job,
): Promise<FloatPictures> {
  const [rows = 0, ...own] = batchShape(source.shape, dims);
  const isTurned = own.join() !== dims.join();
  const [first = 0, second = 0, third = 0] = own;
  const fitsTurned = [[third, first, second].join(), [second, third, first].join()].indexOf(dims.join());
  if (isTurned && (own.length !== 3 || fitsTurned < 0))
    throw new ComputeError(
      "input",
      `The prepared pictures are of (${own.join(", ")}); the model takes (${dims.join(", ")}).`,
      "Prepare them for this model, or pass the pictures themselves.",
    );
  const read = await source.read(job);
  const size = own.reduce((product, side) => product * side, 1);
  await refuseNotFinite(read, size, job.signal);
  return {
    rows,
    slice(start, end) {
      const numbers = Float32Array.from(read.subarray(start * size, end * size));
      if (!isTurned) return numbers;
      const turned = new Float32Array(numbers.length);
      // Channels last to first, or the other way: a picture is a matrix of places and channels that is transposed.
      const [lines, columns] = fitsTurned === 0 ? [first * second, third] : [first, second * third];
      for (let base = 0; base < numbers.length; base += size)
        for (let line = 0; line < lines; line++)
          for (let column = 0; column < columns; column++)
            turned[base + column * lines + line] = numbers[base + line * columns + column] ?? 0;
      return turned;
    },
  };
}

/**
 * The shape of a batch of pictures. Grey ones may come without their one channel; what has the shape of one of the model's
 * own pictures is that, and not several grey ones.
 */
function batchShape(shape: readonly number[], dims: readonly number[]): readonly number[] {
  if (shape.length !== 3 || dims.length !== 3) return shape;
  const [first = 0, ...others] = shape;
  const isOne = [shape, [...others, first], [shape[2], first, shape[1]]].some((one) => one.join() === dims.join());
  if (isOne && first > 1)
    throw new ComputeError(
      "input",
      `The prepared pictures are one of (${shape.join(", ")}), and no batch.`,
      "Pass a batch: images[None], or a list.",
    );
  return [...shape, 1];
}

/** Numbers that are looked at between two looks at the clock. */
const STRETCH = 2 ** 18;

/** Before any picture is run: a model that has answered to thousands need not stop at the last. */
async function refuseNotFinite(numbers: NumericArray, size: number, signal: AbortSignal | undefined): Promise<void> {
  const pace = new Pace(signal);
  for (let start = 0; start < numbers.length; start += STRETCH) {
    const end = Math.min(numbers.length, start + STRETCH);
    // A loop, not findIndex: pictures have millions of numbers, and this is on the page's own thread.
    for (let at = start; at < end; at++)
      if (!Number.isFinite(numbers[at]))
        throw new ComputeError(
          "input",
          `Picture ${Math.floor(at / size)} holds numbers that are not finite (${numbers[at]}).`,
          "Put finite numbers in their place, or leave the picture out.",
        );
    await pace.check();
  }
}
