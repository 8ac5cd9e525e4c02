import { handSession } from "../model/engine/hand-session.ts";
import type { CrewTask } from "../runtime/crew-tasks.ts";
import { FeatureRunner } from "./feature-runner.ts";

/** A worker's share of a feature run. */
export const featuresHand: CrewTask<"features"> = async ({ files, graph, plan, optimised }, signal) => {
  const runner = new FeatureRunner(await handSession(files, graph, signal, optimised), plan);
  return ({ pictures, rows }) => runner.run(pictures, rows);
};
