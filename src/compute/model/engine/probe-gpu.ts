import type { Engine } from "./engine.ts";
import { GraphSession, type SessionSettings } from "./graph-session.ts";
import { largestDifference } from "./largest-difference.ts";
import { probeFeed, probeGraph } from "./probe-graph.ts";

interface Probed {
  readonly instance: number;
  readonly layout: string;
  readonly difference: Promise<number>;
}

/** What each engine was found to be; another instance may get another GPU. */
const probed = new WeakMap<Engine, Probed>();

/** How far WebGPU's answers for the probe are from WebAssembly's; asked once of an engine. */
export function probeGpu(engine: Engine, layout: "NCHW" | "NHWC"): Promise<number> {
  const known = probed.get(engine);
  if (known?.instance === engine.instance && known.layout === layout) return known.difference;
  const difference = probe(engine, { processor: "WebGPU", layout });
  probed.set(engine, { instance: engine.instance, layout, difference });
  return difference;
}

async function probe(engine: Engine, settings: SessionSettings): Promise<number> {
  const sessions = [settings, { processor: "CPU" } as const].map(
    (each) => new GraphSession(engine, probeGraph(), each),
  );
  try {
    const [gpu, cpu] = await Promise.all(sessions.map((session) => session.run([probeFeed()])));
    return largestDifference(gpu ?? new Map(), cpu ?? new Map());
  } finally {
    await Promise.allSettled(sessions.map((session) => session.release()));
  }
}
