import type { Gpu, GpuPass } from "../../../webgpu/gpu.ts";
import type { GpuMemory } from "../../../webgpu/gpu-memory.ts";
import type { GPUBuffer, GPUComputePipeline } from "../../../webgpu/webgpu-types.ts";
import chooseSource from "./choose.wgsl";
import countSource from "./count.wgsl";
import drawSource from "./draw.wgsl";
import fillSource from "./fill.wgsl";
import freshenSource from "./freshen.wgsl";
import gatherSource from "./gather.wgsl";
import leavesSource from "./leaves.wgsl";
import linkSource from "./link.wgsl";
import markSource from "./mark.wgsl";
import measureSource from "./measure.wgsl";
import offerSource from "./offer.wgsl";
import partSource from "./part.wgsl";
import plantSource from "./plant.wgsl";
import prelude from "./prelude.wgsl";
import rankOfSource from "./rank-of.wgsl";
import ranksSource from "./ranks.wgsl";
import regroupSource from "./regroup.wgsl";
import sidesSource from "./sides.wgsl";
import startsSource from "./starts.wgsl";

const sources = {
  choose: chooseSource,
  count: countSource,
  draw: drawSource,
  fill: fillSource,
  freshen: freshenSource,
  gather: gatherSource,
  leaves: rankOfSource + leavesSource,
  link: linkSource,
  mark: markSource,
  measure: measureSource,
  offer: offerSource,
  part: rankOfSource + partSource,
  plant: plantSource,
  ranks: ranksSource,
  regroup: regroupSource,
  sides: sidesSource,
  starts: startsSource,
} as const;

/** Parameters of a kernel, as the `Task` of prelude.wgsl has them; each kernel says which it reads. */
export interface Task {
  readonly first?: number;
  readonly end?: number;
  readonly rows?: number;
  readonly keep?: number;
  readonly most?: number;
  readonly seed?: number;
  readonly listFirst?: number;
  readonly listRows?: number;
  readonly tableFirst?: number;
  readonly tableRows?: number;
  readonly vectors?: number;
  readonly isFirst?: boolean;
  readonly isLast?: boolean;
}

/** No row, no link, no lot. */
export const NONE = 0xffffffff;

const LANES = 64;
const MOST_GROUPS = 65_535;
/** Passes of one submission: each has its parameters in a slot of one buffer, as far apart as every GPU wants. */
const SLOTS = 256;
const SLOT_BYTES = 256;
const TASK_BYTES = 64;

/** One of the kernels of NN-descent, compiled once a device. */
export function descentPipeline(
  gpu: Gpu,
  name: keyof typeof sources,
  constants: Readonly<Record<string, number>> = {},
): Promise<GPUComputePipeline> {
  return gpu.pipeline(prelude + sources[name], constants);
}

/** The passes of one submission, gathered with their parameters. */
export class TaskPasses {
  readonly #slots: GPUBuffer;
  readonly #parameters = new Uint32Array((SLOTS * SLOT_BYTES) / 4);
  #passes: GpuPass[] = [];

  constructor(readonly memory: GpuMemory) {
    this.#slots = memory.uniform(SLOTS * SLOT_BYTES);
  }

  /**
   * @param buffers Bindings 1, 2, ...
   * @param lanes Things to be done, one a lane.
   */
  add(pipeline: GPUComputePipeline, buffers: readonly GPUBuffer[], task: Task, lanes: number): void {
    this.addGroups(pipeline, buffers, task, Math.min(MOST_GROUPS, Math.ceil(lanes / LANES)));
  }

  /** As `add`, one thing a workgroup. */
  addGroups(pipeline: GPUComputePipeline, buffers: readonly GPUBuffer[], task: Task, groups: number): void {
    const slot = this.#passes.length;
    if (slot === SLOTS) throw new RangeError(`${SLOTS} passes in one submission are the most.`);
    const { first = 0, end = 0, rows = 0, keep = 0, most = 0, seed = 0, listFirst = 0, listRows = 0 } = task;
    const { tableFirst = 0, tableRows = 0, vectors = 0, isFirst = true, isLast = true } = task;
    this.#parameters.set(
      [first, end, rows, keep, most, seed, 0, listFirst, listRows, tableFirst, tableRows, vectors],
      (slot * SLOT_BYTES) / 4,
    );
    this.#parameters.set([Number(isFirst), Number(isLast)], (slot * SLOT_BYTES) / 4 + 12);
    const parameters = { buffer: this.#slots, offset: slot * SLOT_BYTES, size: TASK_BYTES };
    this.#passes.push({
      pipeline,
      bindings: this.memory.gpu.bind(pipeline, [parameters, ...buffers]),
      groups: [groups],
    });
  }

  /** All that was added, to be submitted at once. */
  take(): readonly GpuPass[] {
    const passes = this.#passes;
    this.#passes = [];
    if (passes.length > 0)
      this.memory.gpu.write(this.#slots, this.#parameters.subarray(0, (passes.length * SLOT_BYTES) / 4));
    return passes;
  }
}
