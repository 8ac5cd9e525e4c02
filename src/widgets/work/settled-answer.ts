import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { waitUnlessGivenUp } from "./wait-unless-given-up.ts";
import type { WorkStatus } from "./work-status.ts";

/** A session that shows what a model answered. */
interface AnswerSession<Shown> {
  readonly work: WorkStatus;
  readonly shown: Shown | null;
  whenAtRest(): Promise<void>;
}

/**
 * What is on show, once what is on its way is there.
 *
 * @param isMaking Whether something that is to be on show is still on its way.
 * @throws {ComputeError} "cancelled" where the question is given up before, and what has kept it from coming.
 */
export async function settledAnswer<Shown>(
  session: AnswerSession<Shown>,
  isMaking: () => boolean,
  { signal }: Job,
): Promise<Shown> {
  // While one waits for a picture, another may be asked for in its place.
  do {
    await waitUnlessGivenUp(session.whenAtRest(), signal);
  } while (isMaking());
  const { error, isDone } = session.work;
  // What is on show then is of an earlier question, unless a reader's own file alone was refused.
  if (error && error.kind !== "cancelled" && !isDone) throw error;
  if (session.shown) return session.shown;
  throw error ?? new ComputeError("cancelled", "Stopped.", "Run it again.");
}
