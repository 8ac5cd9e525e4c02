import type { Pace } from "../../runtime/pace.ts";
import { type FuzzyGraph, strongestOf } from "../graph/fuzzy-graph.ts";

/** Rows that one workgroup moves: a slice. */
export const SLICE_ROWS = 64;
/** Numbers that describe a slice: first entry, entries a row, rows, first place in `lanes`, `CONTINUES` | `GOES_ON`. */
export const SLICE_FIELDS = 5;
/** The rows of the slice were begun in an earlier segment. */
export const CONTINUES = 1;
/** Some row of the slice has entries in a later segment. */
export const GOES_ON = 2;

/** A binding may hold 128 MiB on every GPU: that many entries of 4 bytes. */
const PANEL_ENTRIES = 1 << 25;
/** Rows done between two turns of the event loop. */
const CHUNK_ROWS = 4096;
const SHARE_LEVELS = 64;

/** Slices that may be done in any order, all with their entries in one panel. */
export interface Segment {
  readonly panel: number;
  readonly first: number;
  readonly count: number;
  /** Entries of the longest slice: so many steps are taken one after the other, however wide the GPU is. */
  readonly length: number;
}

/**
 * The graph as a GPU reads it fast (sliced ELLPACK, sorted: Kreutzer et al. 2014, SIAM J. Sci. Comput. 36, C401): in
 * a slice, first entries of all rows lie side by side, then all second ones. Rows of like length and like number of
 * due entries share a slice, so that no lane waits for long and little is padded.
 */
export interface SlicedGraph {
  readonly rows: number;
  /** The row of every lane, slice after slice. */
  readonly lanes: Uint32Array<ArrayBuffer>;
  /** `SLICE_FIELDS` numbers a slice. */
  readonly slices: Uint32Array<ArrayBuffer>;
  /** Entries, padded with share 0. Shares are of the strongest weight. */
  readonly panels: readonly {
    readonly columns: Uint32Array<ArrayBuffer>;
    readonly shares: Float32Array<ArrayBuffer>;
  }[];
  /** To be done one after the other. */
  readonly segments: readonly Segment[];
}

/** @param window Entries of a row that one segment takes at most: what is left of a longer row goes on in the next. */
export async function sliceGraph(
  graph: FuzzyGraph,
  window: number,
  pace: Pace,
  panelEntries = PANEL_ENTRIES,
): Promise<SlicedGraph> {
  const { rows, starts } = graph;
  const strongest = strongestOf(graph.weights);
  const lanes: number[] = [];
  const slices: number[] = [];
  const segments: Segment[] = [];
  const sizes = [0];
  let order = await orderRows(graph, window, strongest, pace);
  for (let done = 0; order.length > 0; done += window) {
    let segment = { panel: sizes.length - 1, first: slices.length / SLICE_FIELDS, count: 0, length: 0 };
    const longer: number[] = [];
    for (let at = 0; at < order.length; at += SLICE_ROWS) {
      const members = order.subarray(at, at + SLICE_ROWS);
      let longest = 0;
      for (const row of members) {
        const left = (starts[row + 1] ?? 0) - (starts[row] ?? 0) - done;
        longest = Math.max(longest, left);
        if (left > window) longer.push(row);
      }
      const length = Math.min(window, longest);
      const size = length * members.length;
      const used = sizes[sizes.length - 1] ?? 0;
      if (used > 0 && used + size > panelEntries) {
        if (segment.count > 0) segments.push(segment);
        sizes.push(0);
        segment = { panel: sizes.length - 1, first: slices.length / SLICE_FIELDS, count: 0, length: 0 };
      }
      const base = sizes[sizes.length - 1] ?? 0;
      const flags = (done > 0 ? CONTINUES : 0) | (longest > window ? GOES_ON : 0);
      slices.push(base, length, members.length, lanes.length, flags);
      for (const row of members) lanes.push(row);
      sizes[sizes.length - 1] = base + size;
      segment.count++;
      segment.length = Math.max(segment.length, length);
      if (at % CHUNK_ROWS === 0) await pace.check();
    }
    segments.push(segment);
    order = Uint32Array.from(longer);
  }
  const plan = { rows, lanes: Uint32Array.from(lanes), slices: Uint32Array.from(slices), segments };
  return { ...plan, panels: await fillPanels(graph, plan, sizes, window, strongest, pace) };
}

async function fillPanels(
  { rows, starts, columns, weights }: FuzzyGraph,
  { lanes, slices, segments }: Pick<SlicedGraph, "lanes" | "slices" | "segments">,
  sizes: readonly number[],
  window: number,
  strongest: number,
  pace: Pace,
): Promise<SlicedGraph["panels"]> {
  const panels = sizes.map((size) => ({ columns: new Uint32Array(size), shares: new Float32Array(size) }));
  /** Entries of each row that are in a panel already. */
  const filled = new Uint32Array(rows);
  for (const { panel, first, count } of segments) {
    const to = panels[panel];
    for (let slice = first; to && slice < first + count; slice++) {
      const [base = 0, length = 0, width = 0, firstLane = 0] = slices.subarray(slice * SLICE_FIELDS);
      for (let lane = 0; lane < width; lane++) {
        const row = lanes[firstLane + lane] ?? 0;
        const begin = (starts[row] ?? 0) + (filled[row] ?? 0);
        const end = Math.min(starts[row + 1] ?? 0, begin + length);
        for (let entry = begin, place = base + lane; entry < end; entry++, place += width) {
          to.columns[place] = columns[entry] ?? 0;
          to.shares[place] = (weights[entry] ?? 0) / strongest;
        }
        filled[row] = (filled[row] ?? 0) + window;
      }
      if (slice % (CHUNK_ROWS / SLICE_ROWS) === 0) await pace.check();
    }
  }
  return panels;
}

/** Longest rows first (by steps of four entries), of those the ones with most due entries a round. */
async function orderRows(
  { rows, starts, weights }: FuzzyGraph,
  window: number,
  strongest: number,
  pace: Pace,
): Promise<Uint32Array<ArrayBuffer>> {
  const lengths = Math.ceil(window / 4) + 1;
  const keys = new Uint32Array(rows);
  const ends = new Uint32Array(lengths * SHARE_LEVELS + 1);
  for (let row = 0; row < rows; row++) {
    const begin = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    let weight = 0;
    for (let entry = begin; entry < end; entry++) weight += weights[entry] ?? 0;
    const step = Math.ceil(Math.min(window, end - begin) / 4);
    const level = end > begin ? Math.floor(((SHARE_LEVELS - 1) * weight) / (strongest * (end - begin))) : 0;
    const key = (lengths - 1 - step) * SHARE_LEVELS + (SHARE_LEVELS - 1 - level);
    keys[row] = key;
    ends[key + 1] = (ends[key + 1] ?? 0) + 1;
    if (row % CHUNK_ROWS === 0) await pace.check();
  }
  for (let key = 1; key < ends.length; key++) ends[key] = (ends[key] ?? 0) + (ends[key - 1] ?? 0);
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const key = keys[row] ?? 0;
    order[ends[key] ?? 0] = row;
    ends[key] = (ends[key] ?? 0) + 1;
  }
  return order;
}
