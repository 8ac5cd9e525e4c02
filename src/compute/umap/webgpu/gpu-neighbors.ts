import type { Progress } from "../../job.ts";
import type { Pace } from "../../runtime/pace.ts";
import { GpuMemory } from "../../webgpu/gpu-memory.ts";
import type { GPUBuffer } from "../../webgpu/webgpu-types.ts";
import type { NeighborGraph } from "../options.ts";
import type { GpuRows } from "./gpu-rows.ts";
import { CandidateSearch, type Candidates, MOST_CANDIDATES, measureNorms } from "./neighbors/candidate-search.ts";
import { distanceOf, exactMeasure } from "./neighbors/measure-exactly.ts";
import { rankCandidates } from "./neighbors/rank-candidates.ts";

/** Candidates kept beside the neighbours wanted, so that rounding can't push a true one out of the list. */
const SPARE = 16;

/** The most neighbours that the GPU looks for. */
export const MOST_NEIGHBORS = MOST_CANDIDATES - SPARE;

/**
 * The `k` nearest other rows of every row, exactly; equally near ones by row number: the lists of `exactNeighbors`, bit by
 * bit.
 *
 * Candidates are found by products of centred rows (absolute differences for "manhattan") and measured again by
 * differences; double precision decides between those that are too near to each other. The rounding of the products is
 * bounded row by row: rows whose candidates are in doubt are searched again by differences.
 *
 * @param rows Normalised already for "cosine" and "correlation", whose distance is 1 - cosine.
 * @param k At most `MOST_NEIGHBORS`, and less than there are rows.
 */
export async function gpuNeighbors(
  rows: GpuRows,
  k: number,
  pace: Pace,
  onProgress: (progress: Progress) => void = () => {},
): Promise<NeighborGraph> {
  const { gpu } = rows.memory;
  const total = rows.rows;
  const keep = Math.min(total - 1, k + SPARE);
  const found: NeighborGraph = { k, indices: new Int32Array(total * k), distances: new Float32Array(total * k) };
  const measure = exactMeasure(rows);
  const toDistance = distanceOf(rows);
  const memory = new GpuMemory(gpu);
  const search = new CandidateSearch(rows, keep);
  try {
    const byProducts = rows.metric !== "manhattan";
    const norms = byProducts ? await measureNorms(rows, memory) : [];
    const allNorms = byProducts ? await readNorms(rows, norms) : null;
    const none = memory.allocate(4);
    const tell = (stage: string, done: number, of: number) =>
      onProgress({ stage, done: Math.min(of, Math.floor(done)), total: of, unit: "rows" });
    tell("Finding neighbours", 0, total);

    const doubtful: number[] = [];
    const rank = (candidates: Candidates, productNorms: Float32Array | null) =>
      rankCandidates(candidates, found, { width: rows.width, norms: productNorms, measure, toDistance });
    for (const [which, panel] of rows.panels.entries())
      for (let first = 0; first < panel.rows; first += search.chunk) {
        const count = Math.min(search.chunk, panel.rows - first);
        const before = panel.first + first;
        const queries = {
          buffer: panel.buffer,
          norms: norms[which] ?? none,
          first,
          ids: Uint32Array.from({ length: count }, (_, place) => before + place),
        };
        const candidates = await search.find(queries, norms, byProducts ? "products" : "absolutes", pace, (share) =>
          tell("Finding neighbours", before + share * count, total),
        );
        doubtful.push(...rank(candidates, allNorms));
        await pace.check();
      }

    for (let first = 0; first < doubtful.length; first += search.chunk) {
      const ids = Uint32Array.from(doubtful.slice(first, first + search.chunk));
      const few = new GpuMemory(gpu);
      try {
        const queries = { buffer: await rows.gather(ids, few, pace), norms: none, first: 0, ids };
        const candidates = await search.find(queries, [], "squares", pace, (share) =>
          tell("Checking neighbours", first + share * ids.length, doubtful.length),
        );
        rank(candidates, null);
      } finally {
        few.release();
      }
    }
  } finally {
    search.release();
    memory.release();
  }
  return found;
}

async function readNorms(rows: GpuRows, norms: readonly GPUBuffer[]): Promise<Float32Array> {
  const all = new Float32Array(rows.rows);
  for (const [which, panel] of rows.panels.entries()) {
    const part = norms[which];
    if (part) all.set(new Float32Array(await rows.memory.gpu.read(part, panel.rows * 4)), panel.first);
  }
  return all;
}
