import { relativeDifference } from "./relative-difference.ts";
import type { TensorValues } from "./tensor-values.ts";

type Answers = ReadonlyMap<string, TensorValues>;

/** The largest relative L2 difference among the outputs that are right. */
export function largestDifference(answers: Answers, right: Answers): number {
  return Math.max(
    0,
    ...[...right].map(([name, { data }]) => relativeDifference(answers.get(name)?.data ?? new Float32Array(), data)),
  );
}
