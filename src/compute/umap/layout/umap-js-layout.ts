import { UMAP } from "umap-js";
import { hash32 } from "../../random.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { NeighborGraph, UmapOptions } from "../options.ts";
import type { UmapJob } from "../result.ts";
import { nextOrder, roundToStandBefore } from "./layout-control.ts";
import type { SettledLayout } from "./settle-layout.ts";

const FRAME_MS = 1000 / 30;

/**
 * Google PAIR's reference implementation on the same exact neighbours: its fuzzy graph, its random start, its rounds.
 * `init` is not among its options, and it can't go on from a stopped layout.
 */
export async function umapJsLayout(
  neighbors: NeighborGraph,
  options: UmapOptions,
  job: UmapJob,
  pace: Pace,
): Promise<SettledLayout & { readonly epochs: number }> {
  const { k } = neighbors;
  const rows = neighbors.indices.length / k;
  let counter = 0;
  const engine = new UMAP({
    nComponents: options.nComponents,
    nNeighbors: k + 1,
    minDist: options.minDist,
    spread: options.spread,
    learningRate: options.learningRate,
    localConnectivity: options.localConnectivity,
    setOpMixRatio: options.setOpMixRatio,
    repulsionStrength: options.repulsionStrength,
    negativeSampleRate: options.negativeSampleRate,
    random: () => hash32(counter++ ^ hash32(options.seed)) / 2 ** 32,
    ...(options.nEpochs === null ? {} : { nEpochs: options.nEpochs }),
  });
  // It counts each row as its own first neighbour.
  engine.setPrecomputedKNN(
    Array.from({ length: rows }, (_, row) => [row, ...neighbors.indices.subarray(row * k, (row + 1) * k)]),
    Array.from({ length: rows }, (_, row) => [0, ...neighbors.distances.subarray(row * k, (row + 1) * k)]),
  );
  // With neighbours given, only their number is read from the rows.
  const usual = engine.initializeFit(Array.from({ length: rows }, () => []));
  // It takes 0 for "not set".
  const epochs = options.nEpochs === 0 ? 0 : usual;
  await pace.check();
  const read = () => Float32Array.from(engine.getEmbedding().flat());
  const tell = (stage: string, done: number) => job.onProgress?.({ stage, done, total: epochs, unit: "rounds" });
  const { control } = job;
  let lastFrame = Number.NEGATIVE_INFINITY;
  let epoch = 0;
  let until = epochs;
  while (epoch < epochs && !pace.signal?.aborted) {
    until = roundToStandBefore(control?.takeOrders() ?? [], until, epoch, epochs);
    if (control && epoch >= until) {
      tell("Paused", epoch);
      job.onLayout?.({ positions: read(), epoch, epochs, preview: false });
      await nextOrder(control, pace.signal);
      continue;
    }
    engine.step();
    epoch++;
    if (!pace.isDue) continue;
    tell("Laying out", epoch);
    if (job.onLayout && performance.now() - lastFrame >= FRAME_MS) {
      lastFrame = performance.now();
      job.onLayout({ positions: read(), epoch, epochs, preview: false });
    }
    await pace.breathe();
  }
  return { positions: read(), epoch, epochs };
}
