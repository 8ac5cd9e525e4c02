import { throwIfCancelled } from "../../compute/errors.ts";

/**
 * Wait for what somebody's question needs, as long as that somebody waits.
 *
 * @throws {ComputeError} "cancelled" where the question is given up before.
 */
export async function waitUnlessGivenUp(needed: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  const givenUp = new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
  await Promise.race([needed, givenUp]);
  throwIfCancelled(signal);
}
