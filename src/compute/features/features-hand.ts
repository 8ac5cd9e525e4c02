import { GraphSession } from "../model/engine/graph-session.ts";
import { startEngine } from "../model/engine/start-engine.ts";
import type { CrewTask } from "../runtime/crew-tasks.ts";
import { FeatureRunner } from "./feature-runner.ts";

/** A worker's share of a feature run: one session on the CPU, open until the hand is dismissed. */
export const featuresHand: CrewTask<"features"> = async ({ files, graph, plan, optimised }, signal) => {
  const { engine } = await startEngine(files);
  const session = new GraphSession(engine, graph, { processor: "CPU", optimised });
  signal.addEventListener("abort", () => void session.release(), { once: true });
  const runner = new FeatureRunner(session, plan);
  return ({ pictures, rows }) => runner.run(pictures, rows);
};
