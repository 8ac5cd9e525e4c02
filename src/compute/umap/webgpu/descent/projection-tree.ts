import type { Pace } from "../../../runtime/pace.ts";
import { runInSlices } from "../../../webgpu/run-in-slices.ts";
import type { GPUBuffer } from "../../../webgpu/webgpu-types.ts";
import type { ColumnPanel } from "./column-panels.ts";
import { descentPipeline, type TaskPasses } from "./task-passes.ts";

const PLACES_AT_ONCE = 4096;

/**
 * Random projection trees (Dasgupta and Freund 2008), all segments of a tree parted at once. A tree begins with the
 * order that the one before has left, as on the CPU.
 */
export class ProjectionTree {
  #leaves = 0;
  #order: GPUBuffer;
  #newOrder: GPUBuffer;
  #segments: GPUBuffer;
  #newSegments: GPUBuffer;
  readonly #words: GPUBuffer;
  /** Bits set before each word. */
  readonly #ranks: GPUBuffer;
  readonly #sums: GPUBuffer;
  readonly #goesOn: GPUBuffer;

  constructor(
    readonly passes: TaskPasses,
    readonly rows: number,
    readonly columns: readonly ColumnPanel[],
  ) {
    const { memory } = passes;
    this.#order = memory.upload(Uint32Array.from({ length: rows }, (_, row) => row));
    this.#newOrder = memory.allocate(rows * 4);
    this.#segments = memory.allocate(rows * 8);
    this.#newSegments = memory.allocate(rows * 8);
    this.#words = memory.allocate((this.#wordCount + 1) * 4);
    this.#ranks = memory.allocate((this.#wordCount + 1) * 4);
    this.#sums = memory.allocate(columns.length === 1 ? 16 : rows * 16);
    this.#goesOn = memory.allocate(4);
  }

  /** Row numbers, those of a leaf side by side. */
  get order(): GPUBuffer {
    return this.#order;
  }

  /** Leaves of the last tree. */
  get leaves(): number {
    return this.#leaves;
  }

  async grow(seed: number, pace: Pace): Promise<void> {
    const { passes, rows } = this;
    const { gpu } = passes.memory;
    const plant = await descentPipeline(gpu, "plant");
    const part = await descentPipeline(gpu, "part");
    const starts = await descentPipeline(gpu, "starts");
    passes.add(plant, [this.#segments], { end: rows, rows }, rows);
    gpu.submit(passes.take());
    let goesOn = true;
    while (goesOn) {
      await this.#findSides(seed, pace);
      await this.#addRanks();
      passes.add(
        part,
        [this.#words, this.#ranks, this.#order, this.#segments, this.#newOrder, this.#newSegments, this.#goesOn],
        { end: rows },
        rows,
      );
      gpu.write(this.#goesOn, new Uint32Array(1));
      gpu.submit(passes.take());
      [this.#order, this.#newOrder] = [this.#newOrder, this.#order];
      [this.#segments, this.#newSegments] = [this.#newSegments, this.#segments];
      goesOn = new Uint32Array(await gpu.read(this.#goesOn))[0] !== 0;
      await pace.check();
    }
    await this.#addClearing();
    passes.add(starts, [this.#segments, this.#words], { end: rows }, rows);
    await this.#addRanks();
    gpu.submit(passes.take());
    const counted = await gpu.read(this.#ranks, 4, this.#wordCount * 4);
    this.#leaves = new Uint32Array(counted)[0] ?? 0;
  }

  /** What adds the pass that puts the rows of leaves `first` to `end - 1` into groups of 32 places. */
  async leafPasses(members: GPUBuffer): Promise<(first: number, end: number) => void> {
    const { passes, rows } = this;
    const leaves = await descentPipeline(passes.memory.gpu, "leaves");
    return (first, end) =>
      passes.add(leaves, [this.#words, this.#ranks, this.#order, this.#segments, members], { first, end, rows }, rows);
  }

  get #wordCount(): number {
    return Math.ceil(this.rows / 32);
  }

  async #findSides(seed: number, pace: Pace): Promise<void> {
    const { passes, rows } = this;
    const { gpu } = passes.memory;
    const sides = await descentPipeline(gpu, "sides");
    await this.#addClearing();
    gpu.submit(passes.take());
    for (const { buffer, vectors, isFirst, isLast } of this.columns)
      await runInSlices(
        gpu,
        Math.ceil(rows / PLACES_AT_ONCE),
        (from, to) => {
          const [first, end] = [from * PLACES_AT_ONCE, Math.min(rows, to * PLACES_AT_ONCE)];
          const buffers = [buffer, this.#order, this.#segments, this.#sums, this.#words];
          passes.add(sides, buffers, { first, end, seed, vectors, isFirst, isLast }, end - first);
          return passes.take();
        },
        pace,
      );
  }

  async #addClearing(): Promise<void> {
    const fill = await descentPipeline(this.passes.memory.gpu, "fill");
    this.passes.add(fill, [this.#words], { end: this.#wordCount, seed: 0 }, this.#wordCount);
  }

  async #addRanks(): Promise<void> {
    const ranks = await descentPipeline(this.passes.memory.gpu, "ranks");
    this.passes.addGroups(ranks, [this.#words, this.#ranks], { end: this.#wordCount }, 1);
  }
}
