// Works on the page's GPU for layout.test.ts: everything goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import type { FuzzyGraph } from "../../../src/compute/umap/graph/fuzzy-graph.ts";
import { forcesOf } from "../../../src/compute/umap/layout/forces.ts";
import { type UmapOptions, umapDefaults } from "../../../src/compute/umap/options.ts";
import { exactArithmetic } from "../../../src/compute/umap/webgpu/exact-arithmetic.ts";
import { gpuLayout } from "../../../src/compute/umap/webgpu/gpu-layout.ts";
import { GpuRounds } from "../../../src/compute/umap/webgpu/gpu-layout-rounds.ts";
import { sliceGraph } from "../../../src/compute/umap/webgpu/gpu-layout-slices.ts";
import { requestGpu } from "../../../src/compute/webgpu/device.ts";
import { Gpu } from "../../../src/compute/webgpu/gpu.ts";
import { GpuMemory } from "../../../src/compute/webgpu/gpu-memory.ts";

export interface AskedLayout {
  readonly graph: {
    readonly rows: number;
    readonly starts: readonly number[];
    readonly columns: readonly number[];
    readonly weights: readonly number[];
  };
  readonly start: readonly number[];
  readonly firstEpoch: number;
  readonly epochs: number;
  readonly options: Partial<UmapOptions>;
  /** Stop as soon as a frame after the first was seen. */
  readonly cancel?: boolean;
  /** Lose the device at that moment. */
  readonly lose?: boolean;
}

export interface AnsweredLayout {
  readonly positions: readonly number[];
  readonly epoch: number;
  /** Rounds done in each frame shown. */
  readonly frames: readonly number[];
  /** The frame after the first. */
  readonly second: { readonly epoch: number; readonly positions: readonly number[] };
  /** Milliseconds from the first frame to the last. */
  readonly shown: number;
  readonly progress: readonly number[];
  readonly error: string;
}

async function open(): Promise<Gpu> {
  const gpu = await requestGpu(true);
  if (!(gpu instanceof Gpu)) throw new Error(gpu.missing);
  return gpu;
}

/** Quotients of pairs by `divide`, where the GPU's own are off by the factor `wrong`, and those of what is left by 5 %. */
async function divideAll(pairs: readonly number[], wrong: number): Promise<readonly number[]> {
  let arithmetic = exactArithmetic("zero.x");
  for (const [own, factor] of [
    ["f32(wholeA) / f32(wholeB)", wrong],
    ["f32(rest) / f32(wholeB)", 1.05],
  ] as const) {
    if (!arithmetic.includes(own)) throw new Error(`no "${own}" to make wrong`);
    arithmetic = arithmetic.replace(own, `${own} * ${factor}`);
  }
  const gpu = await open();
  const memory = new GpuMemory(gpu);
  const pipeline = await gpu.pipeline(`
    @group(0) @binding(0) var<uniform> zero: vec4u;
    @group(0) @binding(1) var<storage, read> pairs: array<vec2f>;
    @group(0) @binding(2) var<storage, read_write> quotients: array<f32>;
    ${arithmetic}
    @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
      if (id.x < arrayLength(&pairs)) { quotients[id.x] = keep(divide(pairs[id.x].x, pairs[id.x].y)); }
    }`);
  const quotients = memory.allocate(pairs.length * 2);
  const bindings = gpu.bind(pipeline, [memory.uniform(16), memory.upload(Float32Array.from(pairs)), quotients]);
  gpu.submit([{ pipeline, bindings, groups: [Math.ceil(pairs.length / 128)] }]);
  const found = [...new Float32Array(await gpu.read(quotients))];
  memory.release();
  return found;
}

function graphOf({ rows, starts, columns, weights }: AskedLayout["graph"]): FuzzyGraph {
  return {
    rows,
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    weights: Float32Array.from(weights),
  };
}

async function layOut(asked: AskedLayout): Promise<AnsweredLayout> {
  const { graph, start, firstEpoch, epochs, options } = asked;
  const gpu = await open();
  const controller = new AbortController();
  const frames: number[] = [];
  const second = { epoch: 0, positions: [] as readonly number[] };
  const times: number[] = [];
  const progress: number[] = [];
  const result = { frames, second, progress };
  try {
    const { positions, epoch } = await gpuLayout(
      gpu,
      graphOf(graph),
      Float32Array.from(start),
      firstEpoch,
      epochs,
      { ...umapDefaults, ...options },
      {
        onProgress: ({ done }) => progress.push(done),
        onLayout: (frame) => {
          frames.push(frame.epoch);
          if (frames.length === 2) Object.assign(second, { epoch: frame.epoch, positions: [...frame.positions] });
          times.push(performance.now());
          if (frames.length < 2) return;
          if (asked.cancel) controller.abort();
          if (asked.lose) gpu.device.destroy();
        },
      },
      new Pace(controller.signal),
    );
    const shown = (times.at(-1) ?? 0) - (times[0] ?? 0);
    return { ...result, positions: [...positions], epoch, shown, error: "" };
  } catch (thrown) {
    const { kind, message } = ComputeError.from(thrown);
    return { ...result, positions: [], epoch: 0, shown: 0, error: `${kind}: ${message}` };
  }
}

/** Three rounds of a graph that is cut into small panels and windows, in submissions of next to no work. */
async function layOutInPieces(graph: AskedLayout["graph"], start: readonly number[], pieces: Pieces) {
  const gpu = await open();
  const memory = new GpuMemory(gpu);
  const sliced = await sliceGraph(graphOf(graph), pieces.window, new Pace(undefined), pieces.panelEntries);
  const places = Float32Array.from(start);
  const rounds = await GpuRounds.create(memory, sliced, places, 2, forcesOf(umapDefaults), 0, 3);
  let submissions = 0;
  for (; !rounds.isDone; submissions++) gpu.submit(rounds.take(pieces.budget));
  const positions = [...new Float32Array(await gpu.read(rounds.positions))];
  memory.release();
  return { positions, panels: sliced.panels.length, segments: sliced.segments.length, submissions };
}

export interface Pieces {
  readonly window: number;
  readonly panelEntries: number;
  readonly budget: number;
}

declare global {
  interface Window {
    layOut: typeof layOut;
    divideAll: typeof divideAll;
    layOutInPieces: typeof layOutInPieces;
  }
}
window.divideAll = divideAll;
window.layOutInPieces = layOutInPieces;
window.layOut = layOut;
