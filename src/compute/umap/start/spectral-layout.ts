import { eigenOfSymmetric } from "../../eigen-of-symmetric.ts";
import { randomAt } from "../../random.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { FuzzyGraph } from "../graph/fuzzy-graph.ts";
import { adjacencyTimes, rootDegrees } from "../graph/normalised-adjacency.ts";
import type { Pieces } from "../graph/pieces.ts";
import { firstColumns, innerProducts, mixColumns, orthonormalise } from "./column-block.ts";

const SPARE = 4;
const DEGREE = 14;
const MOST_ROUNDS = 40;
const SETTLED = 1e-4;

/**
 * The eigenvectors of the graph's normalised Laplacian next to the constant one, by subspace iteration with a
 * Chebyshev filter (Zhou, Saad et al. 2006). In a graph of several pieces each gets its own, drawn around where its
 * rows lie in `places`, as large as its share of the rows.
 *
 * @param places A layout of the rows, `rows * nComponents`, for where pieces go.
 */
export async function spectralLayout(
  graph: FuzzyGraph,
  pieces: Pieces,
  places: Float32Array,
  nComponents: number,
  pace: Pace,
): Promise<{ readonly positions: Float32Array<ArrayBuffer>; readonly settled: boolean }> {
  if (pieces.count === 1) return spectralOfPiece(graph, nComponents, pace);
  const positions = new Float32Array(graph.rows * nComponents);
  let settled = true;
  for (const members of membersOf(pieces)) {
    const own = await spectralOfPiece(subgraph(graph, members), nComponents, pace);
    settled &&= own.settled;
    let largest = 0;
    for (const value of own.positions) largest = Math.max(largest, Math.abs(value));
    const radius = 10 * Math.sqrt(members.length / graph.rows);
    for (let axis = 0; axis < nComponents; axis++) {
      let centre = 0;
      for (const row of members) centre += (places[row * nComponents + axis] ?? 0) / members.length;
      for (const [local, row] of members.entries())
        positions[row * nComponents + axis] =
          centre + (largest > 0 ? (radius * (own.positions[local * nComponents + axis] ?? 0)) / largest : 0);
    }
  }
  return { positions, settled };
}

function membersOf({ count, of }: Pieces): readonly Int32Array[] {
  const sizes = new Int32Array(count);
  for (const piece of of) sizes[piece] = (sizes[piece] ?? 0) + 1;
  const members = Array.from(sizes, (size) => new Int32Array(size));
  const ends = new Int32Array(count);
  for (let row = 0; row < of.length; row++) {
    const piece = of[row] ?? 0;
    const own = members[piece];
    if (own) own[ends[piece] ?? 0] = row;
    ends[piece] = (ends[piece] ?? 0) + 1;
  }
  return members;
}

function subgraph(graph: FuzzyGraph, members: Int32Array): FuzzyGraph {
  const local = new Map<number, number>();
  for (const [place, row] of members.entries()) local.set(row, place);
  const starts = new Int32Array(members.length + 1);
  const columns: number[] = [];
  const weights: number[] = [];
  for (const [place, row] of members.entries()) {
    for (let entry = graph.starts[row] ?? 0; entry < (graph.starts[row + 1] ?? 0); entry++) {
      columns.push(local.get(graph.columns[entry] ?? 0) ?? 0);
      weights.push(graph.weights[entry] ?? 0);
    }
    starts[place + 1] = columns.length;
  }
  return { rows: members.length, starts, columns: Int32Array.from(columns), weights: Float32Array.from(weights) };
}

async function spectralOfPiece(graph: FuzzyGraph, nComponents: number, pace: Pace) {
  const { rows } = graph;
  const block = nComponents + SPARE;
  if (rows <= 2 * block)
    return {
      positions: Float32Array.from({ length: rows * nComponents }, (_, place) => randomAt(1, place)),
      settled: true,
    };
  const roots = rootDegrees(graph);
  const multiply = (input: Float64Array, output: Float64Array) =>
    adjacencyTimes(graph, roots, input, output, block, pace);

  let vectors = Float64Array.from({ length: rows * block }, (_, place) => randomAt(2, place));
  orthonormalise(vectors, roots, block);
  const image = new Float64Array(rows * block);
  let wanted: readonly number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await multiply(vectors, image);
    const { values, vectors: mixing } = eigenOfSymmetric(innerProducts(vectors, image, block), block);
    vectors = mixColumns(vectors, mixing, block);
    const before = wanted;
    wanted = values.slice(0, nComponents);
    // 1 - value is the Laplacian's eigenvalue: that is what must stand still.
    if (wanted.every((value, which) => value - (before[which] ?? -1) <= SETTLED * (1 - value) + 1e-9))
      return { positions: firstColumns(vectors, block, nComponents), settled: true };
    vectors = await filter(vectors, multiply, Math.min(0.99, values[block - 1] ?? 0));
    orthonormalise(vectors, roots, block);
  }
  return { positions: firstColumns(vectors, block, nComponents), settled: false };
}

type Multiply = (input: Float64Array, output: Float64Array) => Promise<void>;

/** A Chebyshev polynomial of the adjacency: small on [-1, cut], steep above. */
async function filter(
  vectors: Float64Array<ArrayBuffer>,
  multiply: Multiply,
  cut: number,
): Promise<Float64Array<ArrayBuffer>> {
  const centre = (cut - 1) / 2;
  const half = (cut + 1) / 2;
  let before = vectors;
  let now = new Float64Array(vectors.length);
  const image = new Float64Array(vectors.length);
  await multiply(before, image);
  for (let t = 0; t < now.length; t++) now[t] = ((image[t] ?? 0) - centre * (before[t] ?? 0)) / half;
  for (let degree = 2; degree <= DEGREE; degree++) {
    await multiply(now, image);
    for (let t = 0; t < now.length; t++)
      before[t] = (2 * ((image[t] ?? 0) - centre * (now[t] ?? 0))) / half - (before[t] ?? 0);
    [before, now] = [now, before];
  }
  return now;
}
