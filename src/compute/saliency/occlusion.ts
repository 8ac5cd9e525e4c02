import { checkNumber } from "../option-checks.ts";
import type { Attribution, SaliencyJob } from "./attribution.ts";
import type { Differentiable, PictureShape } from "./differentiable.ts";
import { runOne, runSteps } from "./run-steps.ts";

export interface OcclusionOptions {
  /** The patch's height and width in pixels; 15 unless given. */
  readonly size?: number | undefined;
  /** What the patch is filled with, as the model takes it; 0 unless given. */
  readonly value?: number | undefined;
  /** Pixels from one patch to the next; 1 unless given, as PAIR has it, which takes a run for nearly every pixel. */
  readonly stride?: number | undefined;
}

/**
 * Occlusion (Zeiler and Fergus 2013, arXiv 1311.2901; PAIR's `Occlusion`): how much the score falls when a patch is laid
 * over the picture, added to every number under it. No gradients are needed. The last patch of a row or column ends at the
 * picture's edge whatever the stride.
 *
 * @param picture - As the model takes it.
 * @throws ComputeError "input" for a wrong option, and for a patch larger than the picture.
 */
export async function occlusion(
  picture: Float32Array<ArrayBuffer>,
  differentiable: Differentiable,
  { size = 15, value = 0, stride = 1 }: OcclusionOptions = {},
  job: SaliencyJob = {},
): Promise<Attribution> {
  const { shape, lanes } = differentiable;
  checkNumber("size", size, { integer: true, least: 1, most: Math.min(shape.height, shape.width) });
  checkNumber("stride", stride, { integer: true, least: 1 });
  const stage = "Occlusion";
  const score = await runOne({ stage, unit: "runs" }, () => differentiable.score(picture.slice()), {
    signal: job.signal,
  });
  const columns = startsAlong(shape.width, size, stride);
  const patches = startsAlong(shape.height, size, stride).flatMap((top) => columns.map((left) => ({ top, left })));
  const sums = new Float64Array(picture.length);
  const under = (index: number) => numbersUnder(shape, patches[index] ?? { top: 0, left: 0 }, size);
  await runSteps(
    {
      stage,
      unit: "patches",
      total: patches.length,
      lanes,
      step: (index) => {
        const covered = picture.slice();
        for (const place of under(index)) covered[place] = value;
        return differentiable.score(covered);
      },
      add: (covered, index) => {
        for (const place of under(index)) sums[place] = (sums[place] ?? 0) + score - covered;
      },
      map: () => ({ values: new Float32Array(sums), shape }),
    },
    job,
  );
  return { values: new Float32Array(sums), shape, score };
}

function startsAlong(side: number, size: number, stride: number): readonly number[] {
  const last = side - size;
  const starts = Array.from({ length: Math.floor(last / stride) + 1 }, (_, place) => place * stride);
  return starts.at(-1) === last ? starts : [...starts, last];
}

function* numbersUnder(
  { height, width, channels, channelsLast }: PictureShape,
  { top, left }: { readonly top: number; readonly left: number },
  size: number,
): Generator<number> {
  for (let row = top; row < top + size; row++)
    for (let column = left; column < left + size; column++)
      for (let channel = 0; channel < channels; channel++) {
        const place = row * width + column;
        yield channelsLast ? place * channels + channel : channel * height * width + place;
      }
}
