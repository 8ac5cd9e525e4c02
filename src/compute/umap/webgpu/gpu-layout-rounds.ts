import { hash32 } from "../../random.ts";
import type { Gpu, GpuPass } from "../../webgpu/gpu.ts";
import type { GpuMemory } from "../../webgpu/gpu-memory.ts";
import type { GPUBindGroup, GPUBuffer, GPUComputePipeline } from "../../webgpu/webgpu-types.ts";
import type { Forces } from "../layout/forces.ts";
import { layoutShader, ROUND_BYTES } from "./gpu-layout-shader.ts";
import type { Segment, SlicedGraph } from "./gpu-layout-slices.ts";

/** Passes of one submission: each has its parameters in a slot of one buffer, as far apart as every GPU wants. */
const SLOTS = 128;
const SLOT_BYTES = 256;
const MOST_GROUPS = 65_535;

/** The rounds of a layout as passes: a round is one pass, or several where the graph has several segments. */
export class GpuRounds {
  /** Rounds in the passes taken so far; a round half taken does not count. */
  epoch: number;
  #before: GPUBuffer;
  #after: GPUBuffer;
  #isSwapped = false;
  #segment = 0;
  /** Slices of the segment taken already. */
  #taken = 0;
  readonly #slots = new ArrayBuffer(SLOTS * SLOT_BYTES);
  readonly #groups = new Map<number, GPUBindGroup>();

  private constructor(
    private readonly gpu: Gpu,
    private readonly pipeline: GPUComputePipeline,
    private readonly rows: number,
    private readonly segments: readonly Segment[],
    private readonly buffers: {
      readonly slots: GPUBuffer;
      readonly slices: GPUBuffer;
      readonly lanes: GPUBuffer;
      readonly counters: GPUBuffer;
      readonly panels: readonly { readonly columns: GPUBuffer; readonly shares: GPUBuffer }[];
    },
    positions: readonly [GPUBuffer, GPUBuffer],
    private readonly forces: Forces,
    firstEpoch: number,
    private readonly epochs: number,
    private readonly until: number,
  ) {
    this.epoch = firstEpoch;
    [this.#before, this.#after] = positions;
    this.#fillConstants();
  }

  /**
   * @param places The layout before round `firstEpoch`, as the shader's `Place`s.
   * @param until The round to stop before.
   */
  static async create(
    memory: GpuMemory,
    graph: SlicedGraph,
    places: Float32Array<ArrayBuffer>,
    nComponents: 2 | 3,
    forces: Forces,
    firstEpoch: number,
    epochs: number,
    until = epochs,
  ): Promise<GpuRounds> {
    const { gpu } = memory;
    const pipeline = await gpu.pipeline(layoutShader(nComponents));
    const buffers = {
      slots: memory.uniform(SLOTS * SLOT_BYTES),
      slices: memory.upload(graph.slices),
      lanes: memory.upload(graph.lanes),
      counters: memory.allocate(graph.rows * 4),
      panels: graph.panels.map(({ columns, shares }) => ({
        columns: memory.upload(columns),
        shares: memory.upload(shares),
      })),
    };
    const positions = [memory.upload(places), memory.allocate(places.byteLength)] as const;
    return new GpuRounds(
      gpu,
      pipeline,
      graph.rows,
      graph.segments,
      buffers,
      positions,
      forces,
      firstEpoch,
      epochs,
      until,
    );
  }

  /** Where the rows stand after `epoch` rounds, once what was taken is submitted. */
  get positions(): GPUBuffer {
    return this.#before;
  }

  get isDone(): boolean {
    return this.epoch >= this.until;
  }

  /**
   * The next passes, to be submitted at once.
   *
   * @param budget Slices, and steps that must be taken one after the other, that they may cost together.
   */
  take(budget: number): readonly GpuPass[] {
    const passes: GpuPass[] = [];
    for (let left = budget; passes.length < SLOTS && !this.isDone && (left > 0 || passes.length === 0); ) {
      const segment = this.segments[this.#segment];
      if (!segment) break;
      const room = Math.max(1, left - segment.length);
      const count = Math.min(segment.count - this.#taken, room, MOST_GROUPS);
      passes.push({
        pipeline: this.pipeline,
        bindings: this.#bind(passes.length, segment.panel),
        groups: [count],
      });
      this.#fillSlot(passes.length - 1, segment.first + this.#taken);
      left -= count + segment.length;
      this.#advance(count, segment.count);
    }
    this.gpu.write(this.buffers.slots, new Uint8Array(this.#slots, 0, passes.length * SLOT_BYTES));
    return passes;
  }

  #advance(count: number, ofSegment: number): void {
    this.#taken += count;
    if (this.#taken < ofSegment) return;
    this.#taken = 0;
    this.#segment++;
    if (this.#segment < this.segments.length) return;
    this.#segment = 0;
    this.epoch++;
    [this.#before, this.#after] = [this.#after, this.#before];
    this.#isSwapped = !this.#isSwapped;
  }

  #bind(slot: number, panel: number): GPUBindGroup {
    const { slots, slices, lanes, counters, panels } = this.buffers;
    const key = (panel * SLOTS + slot) * 2 + (this.#isSwapped ? 1 : 0);
    const known = this.#groups.get(key);
    if (known) return known;
    const entries = panels[panel];
    if (!entries) throw new RangeError(`panel ${panel} of ${panels.length}`);
    const made = this.gpu.bind(this.pipeline, [
      { buffer: slots, offset: slot * SLOT_BYTES, size: ROUND_BYTES },
      this.#before,
      this.#after,
      slices,
      lanes,
      entries.columns,
      entries.shares,
      counters,
    ]);
    this.#groups.set(key, made);
    return made;
  }

  /** What is the same in all rounds, in every slot. Products of single numbers, as the CPU's kernel makes them. */
  #fillConstants(): void {
    const single = Math.fround;
    const b = single(this.forces.b);
    const scaled = (coefficient: number) => single(b * single(coefficient));
    const lowest = single(scaled(single(-2.51983466) - 127) + single(this.forces.logA));
    for (let slot = 0; slot < SLOTS; slot++) {
      new Uint32Array(this.#slots, slot * SLOT_BYTES, 4).set([0, this.rows, this.forces.negatives, 0]);
      new Float32Array(this.#slots, slot * SLOT_BYTES, 16).set(
        [
          b,
          lowest,
          ...[4.08639926, -2.13415258, 0.64972015, -0.08213217].map(scaled),
          single(-2 * b),
          single(single(2 * single(this.forces.repulsion)) * b),
        ],
        7,
      );
    }
  }

  #fillSlot(slot: number, firstSlice: number): void {
    const { learningRate, seed } = this.forces;
    const whole = new Uint32Array(this.#slots, slot * SLOT_BYTES, 4);
    whole[0] = firstSlice;
    whole[3] = hash32(this.epoch ^ hash32(seed));
    const real = new Float32Array(this.#slots, slot * SLOT_BYTES, 8);
    real[4] = this.epoch;
    real[5] = this.epoch + 1;
    real[6] = learningRate * (1 - this.epoch / this.epochs);
  }
}
