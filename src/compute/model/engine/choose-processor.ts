import { ComputeError, throwIfCancelled } from "../../errors.ts";
import type { Job } from "../../job.ts";
import { type NoGpu, requestGpu } from "../../webgpu/device.ts";
import { Gpu } from "../../webgpu/gpu.ts";
import type { Engine } from "./engine.ts";
import { type GraphFile, GraphSession, type Processor } from "./graph-session.ts";
import { largestDifference } from "./largest-difference.ts";
import { probeGpu } from "./probe-gpu.ts";
import type { Feed } from "./tensor-values.ts";

/** "auto": what is right and quicker; "webgpu": the GPU where it is right, an emulated one too; "cpu": WebAssembly. */
export type WantedProcessor = "auto" | "webgpu" | "cpu";

export interface ChosenProcessor {
  readonly processor: Processor;
  /** Why this one, in a sentence for the status line. */
  readonly reason: string;
  /** What a picture takes there. */
  readonly seconds: number;
  /** The graph, opened there. */
  readonly session: GraphSession;
}

/** A first run that takes longer tells enough: it is done with code that the browser has yet to make quick. */
const LONG_SECONDS = 0.3;
/** Relative L2 difference past which WebGPU's numbers are not believed. */
const MOST_DIFFERENCE = 1e-3;

/**
 * What runs a graph: WebGPU where it gives what WebAssembly gives, for a probe of what it is known to get wrong and for
 * one run of this graph, and takes less time. Where nothing is compared the CPU's session is not optimised: of ResNet50
 * that takes longer than the runs do (`GraphSession.isOptimised`).
 *
 * @param feeds - One picture, of whatever numbers.
 * @param layout - WebGPU's; for tests of what goes wrong with the other.
 */
export async function chooseProcessor(
  engine: Engine,
  graph: GraphFile,
  feeds: readonly Feed[],
  wanted: WantedProcessor,
  { signal }: Job = {},
  layout: "NCHW" | "NHWC" = "NCHW",
): Promise<ChosenProcessor> {
  const gpuHere = wanted === "cpu" ? null : await requestGpu(wanted === "webgpu");
  throwIfCancelled(signal);
  const cpu = new GraphSession(engine, graph, { processor: "CPU", optimised: gpuHere instanceof Gpu });
  const gpu = new GraphSession(engine, graph, { processor: "WebGPU", layout });
  let chosen: GraphSession | undefined;
  try {
    const choice = await compare({ engine, cpu, gpu, gpuHere, layout }, feeds, wanted, signal);
    chosen = choice.session;
    return choice;
  } finally {
    // Stopped, failed or not chosen: each holds the weights. What can't be released is gone with its engine.
    await Promise.allSettled([cpu, gpu].map((session) => (session === chosen ? undefined : session.release())));
  }
}

interface Compared {
  readonly engine: Engine;
  readonly cpu: GraphSession;
  readonly gpu: GraphSession;
  /** null where it is not wanted. */
  readonly gpuHere: Gpu | NoGpu | null;
  readonly layout: "NCHW" | "NHWC";
}

async function compare(
  { engine, cpu, gpu, gpuHere, layout }: Compared,
  feeds: readonly Feed[],
  wanted: WantedProcessor,
  signal: AbortSignal | undefined,
): Promise<ChosenProcessor> {
  await cpu.open();
  throwIfCancelled(signal);
  // Run whatever is chosen: a file that the engine can't run is told of now.
  const start = performance.now();
  const right = await cpu.run(feeds);
  const first = (performance.now() - start) / 1000;
  throwIfCancelled(signal);
  const tellsEnough = first >= LONG_SECONDS && !(gpuHere instanceof Gpu);
  const seconds = tellsEnough ? first : await secondsOf(() => cpu.run(feeds));
  throwIfCancelled(signal);
  const onCpu = (why: string): ChosenProcessor => {
    const unmet = (_: string, itself = "") => `CPU: WebGPU was asked for, but ${itself && "it "}`;
    const reason = wanted === "webgpu" ? why.replace(/^CPU: (WebGPU )?/, unmet) : why;
    return { processor: "CPU", reason, seconds, session: cpu };
  };
  if (!gpuHere) return onCpu("CPU: asked for.");
  if (!(gpuHere instanceof Gpu)) return onCpu(gpuHere.missing);
  try {
    const onProbe = await probeGpu(engine, layout);
    throwIfCancelled(signal);
    if (onProbe > MOST_DIFFERENCE) return onCpu(`CPU: WebGPU gave wrong numbers for a probe (${describe(onProbe)}).`);
    const first = await gpu.run(feeds);
    throwIfCancelled(signal);
    const here = largestDifference(first, right);
    if (here > MOST_DIFFERENCE) return onCpu(`CPU: WebGPU gave other numbers for this model (${describe(here)}).`);
    const onGpu = await secondsOf(() => gpu.run(feeds));
    const times = `${milliseconds(onGpu)} a picture, the CPU ${milliseconds(seconds)}`;
    throwIfCancelled(signal);
    if (wanted === "auto" && onGpu > seconds) return onCpu(`CPU: quicker here than WebGPU (WebGPU ${times}).`);
    const why = wanted === "webgpu" ? "asked for, and it gives the same numbers" : "the same numbers, and quicker";
    return { processor: "WebGPU", reason: `WebGPU: ${why} (${times}).`, seconds: onGpu, session: gpu };
  } catch (thrown) {
    const error = ComputeError.from(thrown);
    if (error.kind === "cancelled") throw error;
    return onCpu(`CPU: WebGPU failed (${firstLine(error.details || error.reason)}).`);
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function describe(difference: number): string {
  return Number.isFinite(difference) ? `relative difference ${difference.toPrecision(2)}` : "not even finite ones";
}

function milliseconds(seconds: number): string {
  const count = seconds * 1000;
  return `${count < 10 ? count.toFixed(1) : Math.round(count)} ms`;
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").slice(0, 160).replace(/\.$/, "");
}
