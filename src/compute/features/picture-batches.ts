import { ComputeError } from "../errors.ts";
import type { ModelInput } from "../model/engine/model-inputs.ts";

/** Pictures as the model takes them, made when they are asked for. */
export interface PictureBatches {
  readonly count: number;
  /** Of the whole run, where these are but a part of its pictures: what pays for all is done for each part. */
  readonly of?: number | undefined;
  /** The numbers of pictures `start` to `start + count - 1`, one after the other. */
  read(start: number, count: number): Float32Array<ArrayBuffer> | Promise<Float32Array<ArrayBuffer>>;
}

/** Pictures that lie here already. @throws ComputeError "input" where they are not of the input's shape. */
export function batchesOf(
  pictures: Float32Array<ArrayBuffer>,
  { name, dims }: ModelInput,
  of?: number,
): PictureBatches {
  const size = dims.reduce((product, side) => product * side, 1);
  const count = pictures.length / size;
  if (!Number.isInteger(count))
    throw new ComputeError(
      "input",
      `${pictures.length.toLocaleString("en")} numbers are no whole pictures of (${dims.join(", ")}), which "${name}" takes.`,
      "Prepare the pictures for this model.",
    );
  return { count, of, read: (start, wanted) => pictures.subarray(start * size, (start + wanted) * size) };
}
