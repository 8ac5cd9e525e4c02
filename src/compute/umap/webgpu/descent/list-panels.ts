import type { Pace } from "../../../runtime/pace.ts";
import { runInSlices } from "../../../webgpu/run-in-slices.ts";
import type { GPUBuffer } from "../../../webgpu/webgpu-types.ts";
import type { NeighborGraph } from "../../options.ts";
import { rankCandidates } from "../neighbors/rank-candidates.ts";
import { descentPipeline, NONE, type TaskPasses } from "./task-passes.ts";

/** The lists of a run of rows. */
export interface ListPanel {
  readonly first: number;
  readonly rows: number;
  /** `keep` row numbers a row, the highest bit set where they are fresh. */
  readonly ids: GPUBuffer;
  /** Bits of their distances. */
  readonly distances: GPUBuffer;
}

const EMPTY = 0x7fffffff;
const INFINITE = 0x7f800000;
const NUMBERS_AT_ONCE = 1 << 18;
const READ_ROWS = 1 << 14;
/** Unit roundoff of single precision. */
const ROUNDOFF = 2 ** -24;

/** For every row a list of the nearest met so far, `keep` places, in panels that a binding holds. */
export class ListPanels {
  readonly panels: readonly ListPanel[];
  readonly #counted: GPUBuffer;

  constructor(
    readonly passes: TaskPasses,
    readonly rows: number,
    readonly keep: number,
    bindingBytes: number,
  ) {
    const { memory } = passes;
    const most = Math.floor(bindingBytes / (keep * 4));
    const panels: ListPanel[] = [];
    for (let first = 0; first < rows; first += most) {
      const own = Math.min(most, rows - first);
      const [ids, distances] = [memory.allocate(own * keep * 4), memory.allocate(own * keep * 4)];
      panels.push({ first, rows: own, ids, distances });
    }
    this.panels = panels;
    this.#counted = memory.allocate(4);
  }

  /** Leave nothing in them. */
  async empty(): Promise<void> {
    const { passes, keep } = this;
    const fill = await descentPipeline(passes.memory.gpu, "fill");
    for (const { rows, ids, distances } of this.panels) {
      passes.add(fill, [ids], { end: rows * keep, seed: EMPTY }, rows * keep);
      passes.add(fill, [distances], { end: rows * keep, seed: INFINITE }, rows * keep);
    }
    passes.memory.gpu.submit(passes.take());
  }

  /** All neighbours are fresh again. */
  async freshen(pace: Pace): Promise<void> {
    await this.#overNumbers("freshen", [], pace);
  }

  /** How many neighbours are fresh. */
  async countFresh(pace: Pace): Promise<number> {
    const { gpu } = this.passes.memory;
    gpu.write(this.#counted, new Uint32Array(1));
    await this.#overNumbers("count", [this.#counted], pace);
    return new Uint32Array(await gpu.read(this.#counted))[0] ?? 0;
  }

  /**
   * The `k` nearest of each list, measured in double precision.
   *
   * @param width Columns that the lists' distances were summed over.
   */
  async rank(
    k: number,
    width: number,
    measure: (a: number, b: number) => number,
    toDistance: (measured: number) => number,
    pace: Pace,
  ): Promise<NeighborGraph> {
    const { rows, keep } = this;
    const { gpu } = this.passes.memory;
    const found = { k, indices: new Int32Array(rows * k), distances: new Float32Array(rows * k) };
    // Of a sum of as many terms as there are vectors, then of its four lanes; both sides of a comparison have it.
    const blur = 2 * (width / 4 + 8) * ROUNDOFF;
    for (const panel of this.panels)
      for (let from = 0; from < panel.rows; from += READ_ROWS) {
        const count = Math.min(READ_ROWS, panel.rows - from);
        const read = async (part: GPUBuffer) =>
          new Uint32Array(await gpu.read(part, count * keep * 4, from * keep * 4));
        const [ids, distances] = await Promise.all([read(panel.ids), read(panel.distances)]);
        const candidates = {
          ids: Uint32Array.from({ length: count }, (_, place) => panel.first + from + place),
          keep,
          pairs: pairUp(distances, ids),
          limits: new Float32Array(count).fill(Number.POSITIVE_INFINITY),
        };
        rankCandidates(candidates, found, { width, norms: null, blur, measure, toDistance });
        await pace.check();
      }
    return found;
  }

  /** Run a kernel that goes through the numbers of all lists. */
  async #overNumbers(name: "freshen" | "count", more: readonly GPUBuffer[], pace: Pace): Promise<void> {
    const { passes, keep } = this;
    const { gpu } = passes.memory;
    const pipeline = await descentPipeline(gpu, name);
    for (const { rows, ids } of this.panels)
      await runInSlices(
        gpu,
        Math.ceil((rows * keep) / NUMBERS_AT_ONCE),
        (from, to) => {
          const [first, end] = [from * NUMBERS_AT_ONCE, Math.min(rows * keep, to * NUMBERS_AT_ONCE)];
          passes.add(pipeline, [ids, ...more], { first, end }, end - first);
          return passes.take();
        },
        pace,
      );
  }
}

/** (distance, row) pairs; NONE for a row where there is none. */
function pairUp(distances: Uint32Array, ids: Uint32Array): Uint32Array<ArrayBuffer> {
  const pairs = new Uint32Array(2 * ids.length);
  for (const [place, id] of ids.entries()) {
    pairs[2 * place] = distances[place] ?? 0;
    pairs[2 * place + 1] = id === EMPTY ? NONE : id & EMPTY;
  }
  return pairs;
}
