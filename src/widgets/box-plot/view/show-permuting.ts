import { progressSentence } from "../../work/progress-sentence.ts";
import type { ViewStatus } from "../../work/view-status.ts";
import type { BoxPlotSession } from "../session.ts";

/** What is over before that is not told of. */
const DELAY_MS = 150;

/** Say how far the permutation test for a selection is, in the status line, and let it be stopped there. */
export function showPermuting({ rankings }: BoxPlotSession, status: ViewStatus): void {
  const { running } = rankings;
  const now = performance.now();
  if (!running) status.showTask(null);
  else if (now - running.since > DELAY_MS)
    status.showTask(progressSentence(running.progress, running.since, now), [
      { name: "Cancel", run: () => rankings.stopPermutingSelection() },
    ]);
}
