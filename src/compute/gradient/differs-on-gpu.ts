import type { Engine } from "../model/engine/engine.ts";
import { GraphSession } from "../model/engine/graph-session.ts";
import { probeFeed } from "../model/engine/probe-graph.ts";
import { relativeDifference } from "../model/engine/relative-difference.ts";
import { probeGradient } from "./probe-gradient.ts";

/** Relative L2 difference past which WebGPU's gradients are not believed. */
const MOST_DIFFERENCE = 1e-3;

/** What each engine was found to be; another instance may get another GPU. */
const probed = new WeakMap<Engine, { readonly instance: number; readonly differs: Promise<boolean> }>();

/** Whether WebGPU gives other numbers for a probe's gradient than WebAssembly, or none; asked once of an engine. */
export function differsOnGpu(engine: Engine): Promise<boolean> {
  const known = probed.get(engine);
  if (known?.instance === engine.instance) return known.differs;
  const differs = probe(engine);
  probed.set(engine, { instance: engine.instance, differs });
  return differs;
}

async function probe(engine: Engine): Promise<boolean> {
  const { graph, gradient } = await probeGradient(engine);
  const sessions = (["CPU", "WebGPU"] as const).map((processor) => new GraphSession(engine, graph, { processor }));
  try {
    const [cpu, gpu] = await Promise.all(sessions.map((session) => session.run([probeFeed()])));
    const [right, found] = [cpu, gpu].map((answers) => answers?.get(gradient)?.data ?? new Float32Array());
    return !(relativeDifference(found ?? new Float32Array(), right ?? new Float32Array()) <= MOST_DIFFERENCE);
  } catch {
    return true;
  } finally {
    await Promise.allSettled(sessions.map((session) => session.release()));
  }
}
