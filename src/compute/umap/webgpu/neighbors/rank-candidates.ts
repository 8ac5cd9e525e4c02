import type { NeighborGraph } from "../../options.ts";
import { type Candidates, NONE } from "./candidate-search.ts";

/** Unit roundoff of single precision. */
const ROUNDOFF = 2 ** -24;

export interface Ranking {
  /** Columns that a distance was summed over. */
  readonly width: number;
  /** Squared lengths of all centred rows where the candidates came from products; null where from differences. */
  readonly norms: Float32Array | null;
  /** Share that a measured distance may be off by, twice; left out where measure.wgsl has measured. */
  readonly blur?: number;
  /** The distance of two rows as the kernel measures it, in double precision. */
  readonly measure: (a: number, b: number) => number;
  /** From what was measured to the distance handed out. */
  readonly toDistance: (measured: number) => number;
}

/**
 * Sort each row's candidates by their measured distances and write the `k` nearest with their distances in double
 * precision, equals by row number. Where rounding could have changed which they are, all of the row's candidates are
 * measured so.
 *
 * @returns The rows whose lists may lack a neighbour: what was left out is at least `limit - error` away by products,
 * whose rounding is bounded by the lengths of the two rows, and that is not beyond the last one kept.
 */
export function rankCandidates(candidates: Candidates, into: NeighborGraph, ranking: Ranking): number[] {
  const { ids, keep, pairs, limits } = candidates;
  const { k, indices, distances } = into;
  // Of a sum of squares over runs of 16 vectors of four columns (measure.wgsl); both sides of a comparison have it.
  const { width, norms, measure, toDistance, blur = 2 * (24 + ranking.width / 64) * ROUNDOFF } = ranking;
  const bits = new Uint32Array(1);
  const asFloat = new Float32Array(bits.buffer);
  const values = new Float64Array(keep);
  const rows = new Uint32Array(keep);
  const doubtful: number[] = [];

  for (const [query, id] of ids.entries()) {
    let count = 0;
    for (let place = query * keep; place < (query + 1) * keep; place++) {
      const row = pairs[2 * place + 1] ?? NONE;
      if (row === NONE) break;
      bits[0] = pairs[2 * place] ?? 0;
      insert(values, rows, count++, asFloat[0] ?? 0, row);
    }
    const wanted = isBlurred(values, count, k, blur) ? count : k;
    for (let place = 0; place < wanted; place++) {
      const row = rows[place] ?? 0;
      insert(values, rows, place, measure(id, row), row);
    }
    for (let place = 0; place < k; place++) {
      indices[id * k + place] = rows[place] ?? 0;
      distances[id * k + place] = toDistance(values[place] ?? 0);
    }
    const last = values[k - 1] ?? 0;
    const limit = limits[query] ?? Number.POSITIVE_INFINITY;
    if (!norms || limit === Number.POSITIVE_INFINITY || last === 0) continue;
    const reach = 2 * Math.sqrt(norms[id] ?? 0) + Math.sqrt(limit);
    if (limit - (width + 8) * ROUNDOFF * reach * reach <= last) doubtful.push(id);
  }
  return doubtful;
}

/** Are the last of the `k` nearest and the next too near to each other to be told apart? All at 0 are: squares vanish. */
function isBlurred(values: Float64Array, count: number, k: number, blur: number): boolean {
  const next = values[k] ?? 0;
  return k < count && next - (values[k - 1] ?? 0) <= blur * next;
}

/** Put a candidate among the `count` before it, nearest first, equals by row number. */
function insert(values: Float64Array, rows: Uint32Array, count: number, value: number, row: number): void {
  let slot = count;
  while (slot > 0) {
    const before = values[slot - 1] ?? 0;
    if (before < value || (before === value && (rows[slot - 1] ?? 0) < row)) break;
    values[slot] = before;
    rows[slot] = rows[slot - 1] ?? 0;
    slot--;
  }
  values[slot] = value;
  rows[slot] = row;
}
