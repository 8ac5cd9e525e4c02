import type { Crew } from "../../runtime/crew.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { SettleJob } from "../backend.ts";
import type { FuzzyGraph } from "../graph/fuzzy-graph.ts";
import type { UmapOptions } from "../options.ts";
import { forcesOf } from "./forces.ts";
import { localLayout } from "./local-layout.ts";
import { BLOCK_ROWS } from "./padded-entries.ts";
import { sharedLayout } from "./shared-layout.ts";

const FRAME_MS = 1000 / 30;

export interface SettledLayout {
  readonly positions: Float32Array<ArrayBuffer>;
  /** Rounds done; fewer than asked for when the job was aborted. */
  readonly epoch: number;
}

/**
 * Move the rows round by round until near ones are near: umap-learn's objective, schedule and constants, by gather.
 *
 * In each round every row reads where all others stood before it, so the result is the same whatever the order or the
 * number of workers. What differs from umap-learn: there, a due entry moves both of its ends and is met from both
 * sides, so each row is pulled twice; here it is pulled once (measured on digits: trustworthiness equal within .001,
 * neighbour preservation .01 better). Random rows come from counters of (seed, round, row), not from a stream, so a
 * layout goes on from a round as if it had never stopped.
 *
 * @param start `rows * nComponents` numbers, the layout before round `firstEpoch`.
 * @throws ComputeError "lost" when a worker dies.
 */
export async function settleLayout(
  graph: FuzzyGraph,
  start: Float32Array,
  firstEpoch: number,
  epochs: number,
  options: UmapOptions,
  job: SettleJob,
  pace: Pace,
  crew: Crew,
): Promise<SettledLayout> {
  const { nComponents } = options;
  const forces = forcesOf(options);
  const isShared = crew.size > 1 && graph.rows > BLOCK_ROWS;
  const layout = isShared
    ? await sharedLayout(graph, start, nComponents, forces, epochs, crew)
    : await localLayout(graph, start, nComponents, forces, epochs, pace);
  try {
    let lastFrame = Number.NEGATIVE_INFINITY;
    const show = async (epoch: number) => {
      job.onProgress?.({ stage: "Laying out", done: epoch, total: epochs, unit: "rounds" });
      if (!job.onLayout || performance.now() - lastFrame < FRAME_MS) return;
      lastFrame = performance.now();
      job.onLayout({ positions: await layout.read(), epoch, epochs, preview: false });
    };

    const until = job.until ?? epochs;
    let epoch = firstEpoch;
    while (epoch < until) {
      await show(epoch);
      epoch = await layout.advance(epoch, until);
      await pace.breathe();
      if (pace.signal?.aborted) break;
    }
    return { positions: await layout.read(), epoch };
  } finally {
    layout.release();
  }
}
