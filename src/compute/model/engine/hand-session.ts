import type { EngineFiles } from "./engine-files.ts";
import { type GraphFile, GraphSession } from "./graph-session.ts";
import { startEngine } from "./start-engine.ts";

/** A hand's one session, on the CPU, in an engine of its worker's own; open until the hand is dismissed. */
export async function handSession(
  files: EngineFiles,
  graph: GraphFile,
  signal: AbortSignal,
  optimised = true,
): Promise<GraphSession> {
  const { engine } = await startEngine(files);
  const session = new GraphSession(engine, graph, { processor: "CPU", optimised });
  signal.addEventListener("abort", () => void session.release(), { once: true });
  return session;
}
