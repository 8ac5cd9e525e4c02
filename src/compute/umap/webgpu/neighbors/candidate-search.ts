import type { Pace } from "../../../runtime/pace.ts";
import type { GpuPass } from "../../../webgpu/gpu.ts";
import { GpuMemory } from "../../../webgpu/gpu-memory.ts";
import { runInSlices } from "../../../webgpu/run-in-slices.ts";
import type { GPUBuffer, GPUComputePipeline } from "../../../webgpu/webgpu-types.ts";
import type { GpuRows, RowPanel } from "../gpu-rows.ts";
import measureSource from "./measure.wgsl";
import normsSource from "./norms.wgsl";
import searchSource from "./search.wgsl";

/** How the search compares; the numbers are those of search.wgsl. */
export const compareBy = { products: 0, squares: 1, absolutes: 2 } as const;
export type Comparison = keyof typeof compareBy;

/** Rows whose neighbours are looked for together, in one buffer. */
export interface Queries {
  /** Rows as in a panel. */
  readonly buffer: GPUBuffer;
  /** Squared lengths of the rows in `buffer`; read by products alone. */
  readonly norms: GPUBuffer;
  /** The first of them in `buffer`. */
  readonly first: number;
  /** The row behind each. */
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** The candidates of some rows, `keep` a row; a row with fewer has NONE in the last places. */
export interface Candidates {
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly keep: number;
  /** (bits of the measured distance, row) pairs, nearest first by the search's own distance. */
  readonly pairs: Uint32Array<ArrayBuffer>;
  /** What the search's distance of every row left out reaches at least; infinite where none is. */
  readonly limits: Float32Array<ArrayBuffer>;
}

export const NONE = 0xffffffff;
/** The most candidates a row that the kernel's lists hold. */
export const MOST_CANDIDATES = 400;

/** Queries and columns that a workgroup takes at a time. */
const QUERIES = 128;
const COLUMNS = 64;
const LANES = 64;
const MOST_GROUPS = 65_535;
/** Pairs measured in one submission at least. */
const MEASURED_AT_ONCE = 1 << 16;
/** Queries times columns of a chunk: with one tile of 64 rows, about 2 GFLOP. */
const CHUNK_NUMBERS = 1 << 24;
const INFINITE = 0x7f800000;

/** Finds and measures candidates on the GPU: chunks of queries against every panel, tile by tile. */
export class CandidateSearch {
  readonly #memory: GpuMemory;
  readonly #capacity: number;
  readonly #chunk: number;
  readonly #search: GPUBuffer;
  readonly #measure: GPUBuffer;
  readonly #ids: GPUBuffer;
  readonly #lists: GPUBuffer;
  readonly #states: GPUBuffer;
  readonly #measured: GPUBuffer;

  constructor(
    readonly rows: GpuRows,
    readonly keep: number,
  ) {
    const memory = new GpuMemory(rows.memory.gpu);
    this.#memory = memory;
    this.#capacity = keep <= 112 ? 256 : 512;
    // The lists of a chunk and, where doubtful rows are gathered, the rows themselves are one binding each.
    const fitting = Math.max(1, Math.floor(rows.bindingBytes / Math.max(this.#capacity * 8, rows.width * 4)));
    const wanted = Math.max(4096, Math.floor(CHUNK_NUMBERS / rows.width / QUERIES) * QUERIES);
    const own = Math.ceil(rows.rows / QUERIES) * QUERIES;
    this.#chunk = Math.min(fitting, wanted, own);
    this.#search = memory.uniform(48);
    this.#measure = memory.uniform(32);
    this.#ids = memory.allocate(this.#chunk * 4);
    this.#lists = memory.allocate(this.#chunk * this.#capacity * 8);
    this.#states = memory.allocate(this.#chunk * 8);
    this.#measured = memory.allocate(this.#chunk * keep * 8);
  }

  /** Queries that are searched together at most. */
  get chunk(): number {
    return this.#chunk;
  }

  /**
   * @param norms Squared lengths of each panel's rows; read by products alone.
   * @param onShare Told which share of this search is done.
   */
  async find(
    queries: Queries,
    norms: readonly GPUBuffer[],
    comparison: Comparison,
    pace: Pace,
    onShare: (share: number) => void,
  ): Promise<Candidates> {
    const { rows, keep } = this;
    const { gpu } = rows.memory;
    const count = queries.ids.length;
    gpu.write(this.#ids, queries.ids);
    const states = new Uint32Array(count * 2);
    for (let query = 0; query < count; query++) states[query * 2] = INFINITE;
    gpu.write(this.#states, states);

    const constants = { METRIC: compareBy[comparison], CAPACITY: this.#capacity };
    const pipeline = await gpu.pipeline(searchSource, constants);
    for (const [which, panel] of rows.panels.entries()) {
      const tiles = Math.ceil(panel.rows / COLUMNS);
      const isLast = which === rows.panels.length - 1;
      const bindings = this.#bindSearch(pipeline, queries, panel, norms[which] ?? queries.norms);
      await runInSlices(
        gpu,
        tiles,
        (from, to) => {
          const finish = isLast && to === tiles ? 1 : 0;
          const shape = [queries.first, count, panel.first, panel.rows, from, to, rows.width / 4, keep, finish];
          gpu.write(this.#search, Uint32Array.from(shape));
          return [{ pipeline, bindings, groups: [Math.ceil(count / QUERIES)] }];
        },
        pace,
        (done) => onShare((panel.first + (panel.rows * done) / tiles) / rows.rows),
      );
    }
    await this.#measureCandidates(queries, comparison, pace);
    const pairs = new Uint32Array(await gpu.read(this.#measured, count * keep * 8));
    const limits = new Float32Array(await gpu.read(this.#states, count * 8)).filter((_, place) => place % 2 === 0);
    return { ids: queries.ids, keep, pairs, limits };
  }

  release(): void {
    this.#memory.release();
  }

  #bindSearch(pipeline: GPUComputePipeline, queries: Queries, panel: RowPanel, panelNorms: GPUBuffer) {
    const { means, memory } = this.rows;
    return memory.gpu.bind(pipeline, [
      this.#search,
      queries.buffer,
      panel.buffer,
      means,
      queries.norms,
      panelNorms,
      this.#ids,
      this.#lists,
      this.#states,
    ]);
  }

  async #measureCandidates(queries: Queries, comparison: Comparison, pace: Pace): Promise<void> {
    const { rows, keep } = this;
    const { gpu } = rows.memory;
    const METRIC = comparison === "absolutes" ? compareBy.absolutes : compareBy.squares;
    const pipeline = await gpu.pipeline(measureSource, { METRIC, CAPACITY: this.#capacity });
    const count = queries.ids.length;
    const pairs = count * keep;
    for (const panel of rows.panels) {
      const bindings = gpu.bind(pipeline, [
        this.#measure,
        queries.buffer,
        panel.buffer,
        this.#lists,
        this.#states,
        this.#measured,
      ]);
      await runInSlices(
        gpu,
        Math.ceil(pairs / MEASURED_AT_ONCE),
        (from, to) => {
          const [first, end] = [from * MEASURED_AT_ONCE, Math.min(pairs, to * MEASURED_AT_ONCE)];
          const shape = [queries.first, first, end, panel.first, panel.rows, rows.width / 4, keep, 0];
          gpu.write(this.#measure, Uint32Array.from(shape));
          return [{ pipeline, bindings, groups: [Math.min(MOST_GROUPS, Math.ceil((end - first) / LANES))] }];
        },
        pace,
      );
    }
  }
}

/** Squared lengths of the centred rows of every panel; `memory` keeps them. */
export async function measureNorms(rows: GpuRows, memory: GpuMemory): Promise<readonly GPUBuffer[]> {
  const { gpu } = memory;
  const pipeline = await gpu.pipeline(normsSource);
  const passes: GpuPass[] = [];
  const norms = rows.panels.map((panel) => {
    const shape = memory.uniform(16);
    gpu.write(shape, Uint32Array.of(panel.rows, rows.width / 4, 0, 0));
    const buffer = memory.allocate(panel.rows * 4);
    const groups = Math.min(MOST_GROUPS, Math.ceil(panel.rows / LANES));
    passes.push({
      pipeline,
      bindings: gpu.bind(pipeline, [shape, panel.buffer, rows.means, buffer]),
      groups: [groups],
    });
    return buffer;
  });
  gpu.submit(passes);
  return norms;
}
