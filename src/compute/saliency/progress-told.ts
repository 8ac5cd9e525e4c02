import type { Job } from "../job.ts";

/** What is told of steps besides their number. */
export interface StepsTold {
  /** Such as "Integrated gradients". */
  readonly stage: string;
  /** What a step is: "gradients", "patches". */
  readonly unit: string;
}

/**
 * Tell how many steps are done, and from their pace so far how long the others will take.
 *
 * @returns To be called with the number of steps done, 0 at the beginning, and of all.
 */
export function progressTold({ onProgress }: Job, { stage, unit }: StepsTold): (done: number, total: number) => void {
  if (!onProgress) return () => undefined;
  const start = performance.now();
  return (done, total) => {
    const seconds = (performance.now() - start) / 1000;
    const left = done > 0 ? { secondsLeft: (seconds / done) * (total - done) } : {};
    onProgress({ stage, done, total, unit, ...left });
  };
}
