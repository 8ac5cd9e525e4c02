import { ComputeError } from "../../errors.ts";
import { Pace } from "../../runtime/pace.ts";
import type { Backend } from "../backend.ts";
import type { FuzzyGraph } from "../graph/fuzzy-graph.ts";
import type { UmapOptions } from "../options.ts";
import type { UmapJob } from "../result.ts";
import { validateUmapOptions } from "../validate-options.ts";
import { type LiveOptions, roundToStandBefore } from "./layout-control.ts";
import type { SettledLayout } from "./settle-layout.ts";

/**
 * Settle under the job's control: a backend's own rounds, begun anew from where they stood at every order. Without a
 * control, or with one that says nothing, it is `backend.settle`.
 *
 * @param graphFor The graph for other `nNeighbors`.
 */
export async function settleLive(
  backend: Backend,
  graph: FuzzyGraph,
  start: Float32Array<ArrayBuffer>,
  firstEpoch: number,
  epochs: number,
  options: UmapOptions,
  job: UmapJob,
  pace: Pace,
  graphFor: (options: UmapOptions) => Promise<FuzzyGraph>,
): Promise<SettledLayout> {
  const { control, signal } = job;
  if (!control) return backend.settle(graph, start, firstEpoch, epochs, options, job, pace);
  let current = graph;
  let live = options;
  let layout: SettledLayout = { positions: start, epoch: firstEpoch };
  /** The round to stand still before. */
  let until = epochs;
  while (layout.epoch < epochs && !signal?.aborted) {
    const turn = new AbortController();
    const end = () => turn.abort();
    // Before the orders are taken: what is told while they are followed ends this turn as well.
    const silence = control.listen(end);
    signal?.addEventListener("abort", end);
    try {
      const orders = control.takeOrders();
      until = roundToStandBefore(orders, until, layout.epoch, epochs);
      const changes: LiveOptions = {};
      for (const order of orders) if (order.kind === "change") Object.assign(changes, order.options);
      const { nNeighbors } = live;
      live = { ...live, ...changes };
      validateUmapOptions(live, graph.rows);
      if (live.nNeighbors !== nNeighbors) current = await graphFor(live);
      if (turn.signal.aborted) continue;
      if (layout.epoch < until) {
        const own = { ...job, signal: turn.signal, until };
        layout = await backend.settle(
          current,
          layout.positions,
          layout.epoch,
          epochs,
          live,
          own,
          new Pace(turn.signal),
        );
        continue;
      }
      const { positions, epoch } = layout;
      job.onProgress?.({ stage: "Paused", done: epoch, total: epochs, unit: "rounds" });
      job.onLayout?.({ positions: positions.slice(), epoch, epochs, preview: false });
      await aborted(turn.signal);
    } catch (thrown) {
      // A turn may end before its first round: a graph is being made, or made ready for the GPU.
      if (!turn.signal.aborted || ComputeError.from(thrown).kind !== "cancelled") throw thrown;
    } finally {
      silence();
      signal?.removeEventListener("abort", end);
    }
  }
  return layout;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
