import type { Progress } from "../../compute/job.ts";
import { formatCount } from "../theme/numbers.ts";
import type { WorkStatus } from "../work/work-status.ts";
import type { Layout } from "./layout.ts";

/** A widget that computes a map, and the hand that its reader has on it. */
export interface MapMaker {
  readonly work: WorkStatus;
  readonly layout: Layout | null;
  /** A layout is settling, or about to, that can be held. */
  readonly canPause: boolean;
  cancel(): void;
  pause(): void;
  /** Go on with a layout that is held. */
  goOn(): void;
  /** Move the layout by a round, then hold it. */
  step(): void;
}

/**
 * Say how far a map is, and offer what can be done about it: a layout that settles can be held and moved round by round.
 *
 * @param stageStart When the present stage began, as `performance.now()` tells it.
 */
export function showProgress(maker: MapMaker, progress: Progress, stageStart: number): void {
  const { work } = maker;
  const cancel = { label: "Cancel", run: () => maker.cancel() };
  if (progress.stage === "Paused") {
    const goOn = { label: "Continue", run: () => maker.goOn() };
    const step = { label: "Step", run: () => maker.step() };
    const round = `${formatCount(progress.done)} of ${formatCount(progress.total)}`;
    work.paused(`Paused at round ${round}.`, progress, [goOn, step, cancel]);
    return;
  }
  const pause = { label: "Pause", run: () => maker.pause() };
  const actions = progress.unit === "rounds" && maker.canPause ? [pause, cancel] : [cancel];
  work.progress(progress, stageStart, maker.layout?.preview === true, actions);
}
