import { ComputeError } from "../../errors.ts";
import { Engine } from "./engine.ts";
import type { EngineFiles } from "./engine-files.ts";
import { evaluateEngine } from "./evaluate-engine.ts";
import { GraphSession } from "./graph-session.ts";
import { probeFeed, probeGraph } from "./probe-graph.ts";

/** Compiling takes 1 to 5 seconds; a glue and a wasm of two builds wait for each other without end. */
const MOST_SECONDS = 60;

/** An engine and what it was made from, for workers that need one of their own. */
export interface StartedEngine {
  readonly engine: Engine;
  readonly files: EngineFiles;
}

/** This worker's one engine: another would take another 30 MB and more. */
let held: Promise<StartedEngine> | undefined;

/**
 * Start this worker's engine, if it isn't.
 *
 * @throws ComputeError "internal" where it does not come up in a minute: its two files are not of one build, say.
 */
export function startEngine(files: EngineFiles): Promise<StartedEngine> {
  const starting = held ?? openEngine(files);
  held = starting;
  starting.catch(() => {
    if (held === starting) held = undefined;
  });
  return starting;
}

/** @throws ComputeError "lost" where none was started: the page brings the engine's files, and asks again. */
export function startedEngine(): Promise<StartedEngine> {
  return held ?? Promise.reject(new ComputeError("lost", "The engine for models is not started.", "Run again."));
}

async function openEngine(files: EngineFiles): Promise<StartedEngine> {
  const engine = new Engine(() => evaluateEngine(files));
  const probe = new GraphSession(engine, probeGraph(), { processor: "CPU" });
  await withinTime(
    probe.run([probeFeed()]).then(() => probe.release()),
    () => new ComputeError("internal", `The engine for models did not start in ${MOST_SECONDS} s.`, "Reload the page."),
  );
  return { engine, files };
}

async function withinTime(work: Promise<unknown>, late: () => ComputeError): Promise<void> {
  let clock: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    clock = setTimeout(() => reject(late()), MOST_SECONDS * 1000);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(clock);
  }
}
