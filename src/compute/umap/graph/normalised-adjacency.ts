import type { Pace } from "../../runtime/pace.ts";
import type { FuzzyGraph } from "./fuzzy-graph.ts";

const CHUNK = 8192;

/** Square roots of the rows' total weights: the constant eigenvector, and what the adjacency is normalised by. */
export function rootDegrees({ rows, starts, weights }: FuzzyGraph): Float64Array {
  const roots = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let place = starts[row] ?? 0; place < (starts[row + 1] ?? 0); place++) sum += weights[place] ?? 0;
    roots[row] = Math.sqrt(sum);
  }
  return roots;
}

/**
 * The weights divided by the roots of both ends' total weights (1 minus the normalised Laplacian), times `block`
 * columns.
 *
 * @param input,output `rows * block` numbers, row-major.
 */
export async function adjacencyTimes(
  { rows, starts, columns, weights }: FuzzyGraph,
  roots: Float64Array,
  input: Float64Array,
  output: Float64Array,
  block: number,
  pace: Pace,
): Promise<void> {
  output.fill(0);
  for (let from = 0; from < rows; from += CHUNK) {
    for (let row = from; row < Math.min(rows, from + CHUNK); row++)
      for (let place = starts[row] ?? 0; place < (starts[row + 1] ?? 0); place++) {
        const other = columns[place] ?? 0;
        const share = (weights[place] ?? 0) / ((roots[row] ?? 1) * (roots[other] ?? 1));
        for (let c = 0; c < block; c++)
          output[row * block + c] = (output[row * block + c] ?? 0) + share * (input[other * block + c] ?? 0);
      }
    await pace.check();
  }
}
