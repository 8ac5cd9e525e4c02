import { GradientRunner } from "../../gradient/gradient-runner.ts";
import { handSession } from "../../model/engine/hand-session.ts";
import type { CrewTask } from "../../runtime/crew-tasks.ts";
import { gradientOf } from "./gradient-of.ts";

/** A worker's share of the gradients. */
export const gradientHand: CrewTask<"gradient"> = async ({ files, plan }, signal) => {
  const session = await handSession(files, plan.graph, signal);
  return async ({ picture, weights }) =>
    gradientOf(await new GradientRunner(session, { ...plan, weights }).run(picture, 1));
};
