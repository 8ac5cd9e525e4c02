import type { UmapOptions } from "../options.ts";
import { fitCurve } from "./fit-curve.ts";

/** What moves the rows in a round besides the graph: the numbers that the kernels take. Survives cloning. */
export interface Forces {
  /** The base-2 logarithm of a, of the curve 1 / (1 + a d^2b). */
  readonly logA: number;
  readonly b: number;
  readonly repulsion: number;
  /** Random rows for each due entry. */
  readonly negatives: number;
  /** Share of a move that is made in round 0; it falls to 0 in a straight line. */
  readonly learningRate: number;
  readonly seed: number;
}

export function forcesOf(options: UmapOptions): Forces {
  const { a, b } = fitCurve(options.spread, options.minDist);
  return {
    // Seven digits, for the same reason as those of a and b.
    logA: Number(Math.log2(a).toPrecision(7)),
    b,
    repulsion: options.repulsionStrength,
    negatives: options.negativeSampleRate,
    learningRate: options.learningRate,
    seed: options.seed,
  };
}
