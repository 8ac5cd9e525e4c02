import type { Pace } from "../../runtime/pace.ts";
import type { Gpu } from "../../webgpu/gpu.ts";
import { GpuMemory } from "../../webgpu/gpu-memory.ts";
import type { SettleJob } from "../backend.ts";
import type { FuzzyGraph } from "../graph/fuzzy-graph.ts";
import { forcesOf } from "../layout/forces.ts";
import { placesOf, positionsOf } from "../layout/layout-field.ts";
import type { SettledLayout } from "../layout/settle-layout.ts";
import type { UmapOptions } from "../options.ts";
import { FRAME_MS, GpuLayoutFrames, SELDOM_MS } from "./gpu-layout-frames.ts";
import { GpuLayoutPictures } from "./gpu-layout-pictures.ts";
import { GpuRounds } from "./gpu-layout-rounds.ts";
import { sliceGraph } from "./gpu-layout-slices.ts";

/** Milliseconds that a submission may take: the page composites in between, and no watchdog wakes. */
const MOST_MS = 30;
const LEAST_MS = 10;
const AIM_MS = 20;
/** What the first submission may cost, and any: `GpuRounds.take`. */
const FIRST_BUDGET = 512;
const MOST_BUDGET = 1 << 24;
/** Curves that a lane evaluates in one pass at most, so that a row which is everybody's neighbour stalls nothing. */
const MOST_CURVES = 24_576;

/**
 * `settleLayout` on the GPU: the same rounds, random rows and polynomials, one lane a row, positions in two buffers that
 * change places after each round. Many rounds go into one submission, two submissions are under way at a time, and
 * nothing is read back but the frames and the pictures that are shown. The same GPU gives the same bits each time.
 *
 * @param start `rows * nComponents` numbers, the layout before round `firstEpoch`.
 * @throws ComputeError "lost" when the GPU goes away, "memory" when it has too little.
 */
export async function gpuLayout(
  gpu: Gpu,
  graph: FuzzyGraph,
  start: Float32Array<ArrayBuffer>,
  firstEpoch: number,
  epochs: number,
  options: UmapOptions,
  job: SettleJob,
  pace: Pace,
): Promise<SettledLayout> {
  const { nComponents } = options;
  const forces = forcesOf(options);
  const window = Math.max(64, Math.floor(MOST_CURVES / (1 + forces.negatives)));
  const memory = new GpuMemory(gpu);
  const pictures = job.pictures && nComponents === 2 ? new GpuLayoutPictures(gpu, job.pictures) : null;
  let frames: GpuLayoutFrames | null = null;
  try {
    const places = placesOf(start, nComponents);
    const bytes = places.byteLength;
    const rounds = await GpuRounds.create(
      memory,
      await sliceGraph(graph, window, pace),
      places,
      nComponents,
      forces,
      firstEpoch,
      epochs,
      job.until,
    );
    const show = (positions: Float32Array<ArrayBuffer>, epoch: number) =>
      job.onLayout?.({ positions, epoch, epochs, preview: false, isDrawable: pictures !== null });
    const tell = () => job.onProgress?.({ stage: "Laying out", done: rounds.epoch, total: epochs, unit: "rounds" });
    frames = new GpuLayoutFrames(memory, bytes, firstEpoch, (contents, epoch) =>
      show(positionsOf(new Float32Array(contents), nComponents), epoch),
    );
    tell();
    show(start.slice(), firstEpoch);

    let budget = FIRST_BUDGET;
    let finishedLast = 0;
    let under: { readonly begun: number; readonly done: Promise<number>; readonly isAlone: boolean } | null = null;
    let isAlone = true;
    while (!rounds.isDone && !pace.signal?.aborted) {
      await pictures?.prepare();
      const begun = performance.now();
      const passes = rounds.take(budget);
      const leastMs = pictures?.areAsked ? SELDOM_MS : FRAME_MS;
      const frame = job.onLayout ? frames.begin(rounds.positions, rounds.epoch, leastMs) : null;
      gpu.submit(passes, frame ? [frame.copy] : []);
      frame?.deliver();
      const done = gpu.finish().then(() => performance.now());
      // Awaited one submission later; a failure meanwhile is not an unhandled one.
      done.catch(() => undefined);
      // In the queue before the next rounds, whose time it lengthens.
      const drawsNow = pictures?.draw(rounds.positions) ?? false;
      if (under) {
        const finished = await under.done;
        const took = finished - Math.max(under.begun, finishedLast);
        finishedLast = finished;
        if (under.isAlone && took > MOST_MS) budget = Math.max(1, Math.floor((budget * AIM_MS) / took));
        else if (took < LEAST_MS) budget = Math.min(MOST_BUDGET, budget * 2);
      }
      under = { begun, done, isAlone };
      isAlone = !drawsNow;
      tell();
      await pace.breathe();
    }
    const contents = await gpu.read(rounds.positions, bytes);
    await frames.finish();
    return { positions: positionsOf(new Float32Array(contents), nComponents), epoch: rounds.epoch };
  } finally {
    // A frame on its way must not find its buffer gone: that would look like a device that fails.
    await frames?.finish().catch(() => undefined);
    await pictures?.release();
    memory.release();
  }
}
