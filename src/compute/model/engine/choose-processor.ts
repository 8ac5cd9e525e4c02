import { ComputeError, throwIfCancelled } from "../../errors.ts";
import type { Job } from "../../job.ts";
import { requestGpu } from "../../webgpu/device.ts";
import { Gpu } from "../../webgpu/gpu.ts";
import type { Engine } from "./engine.ts";
import { type GraphFile, GraphSession, type Processor, type SessionSettings } from "./graph-session.ts";
import { probeFeed, probeGraph } from "./probe-graph.ts";
import { relativeDifference } from "./relative-difference.ts";
import type { Feed, TensorValues } from "./tensor-values.ts";

/** "auto": what is right and quicker; "webgpu": the GPU where it is right, an emulated one too; "cpu": WebAssembly. */
export type WantedProcessor = "auto" | "webgpu" | "cpu";

export interface ChosenProcessor {
  readonly processor: Processor;
  /** Why this one, in a sentence for the status line. */
  readonly reason: string;
  /** The graph, opened there. */
  readonly session: GraphSession;
}

/** Relative L2 difference past which WebGPU's numbers are not believed. */
const MOST_DIFFERENCE = 1e-3;

type Answers = ReadonlyMap<string, TensorValues>;

/**
 * What runs a graph: WebGPU where it gives what WebAssembly gives, for a probe of what it is known to get wrong and for
 * one run of this graph, and takes less time.
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
  const cpu = new GraphSession(engine, graph, { processor: "CPU" });
  const onCpu = (reason: string): ChosenProcessor => ({ processor: "CPU", reason, session: cpu });
  // Run whatever is chosen: a file that the engine can't run is told of now.
  const right = await cpu.run(feeds);
  throwIfCancelled(signal);
  if (wanted === "cpu") return onCpu("CPU: asked for.");
  const gpuHere = await requestGpu(wanted === "webgpu");
  if (!(gpuHere instanceof Gpu)) return onCpu(gpuHere.missing);
  const settings: SessionSettings = { processor: "WebGPU", layout };
  const gpu = new GraphSession(engine, graph, settings);
  try {
    const probe = probeGraph();
    const onProbe = await difference(engine, probe, settings);
    throwIfCancelled(signal);
    if (onProbe > MOST_DIFFERENCE) return onCpu(`CPU: WebGPU gave wrong numbers for a probe (${describe(onProbe)}).`);
    const first = await gpu.run(feeds);
    throwIfCancelled(signal);
    const here = largestDifference(first, right);
    if (here > MOST_DIFFERENCE) {
      await gpu.release();
      return onCpu(`CPU: WebGPU gave other numbers for this model (${describe(here)}).`);
    }
    const onGpu = await secondsOf(() => gpu.run(feeds));
    const onCpuToo = await secondsOf(() => cpu.run(feeds));
    const times = `${milliseconds(onGpu)} a picture, the CPU ${milliseconds(onCpuToo)}`;
    if (wanted === "auto" && onGpu > onCpuToo) {
      await gpu.release();
      return onCpu(`CPU: quicker here than WebGPU (WebGPU ${times}).`);
    }
    await cpu.release();
    const why = wanted === "webgpu" ? "asked for, and it gives the same numbers" : "the same numbers, and quicker";
    return { processor: "WebGPU", reason: `WebGPU: ${why} (${times}).`, session: gpu };
  } catch (thrown) {
    const error = ComputeError.from(thrown);
    if (error.kind === "cancelled") throw error;
    return onCpu(`CPU: WebGPU failed (${firstLine(error.details || error.reason)}).`);
  }
}

/** How far the probe's answers are apart. */
async function difference(engine: Engine, probe: GraphFile, settings: SessionSettings): Promise<number> {
  const sessions = [settings, { processor: "CPU" } as const].map((each) => new GraphSession(engine, probe, each));
  const [gpu, cpu] = await Promise.all(sessions.map((session) => session.run([probeFeed()])));
  await Promise.all(sessions.map((session) => session.release()));
  return largestDifference(gpu ?? new Map(), cpu ?? new Map());
}

function largestDifference(answers: Answers, right: Answers): number {
  const apart = [...right].map(([name, { data }]) =>
    relativeDifference(answers.get(name)?.data ?? new Float32Array(), data),
  );
  return Math.max(0, ...apart);
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
