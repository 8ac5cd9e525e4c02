import type { Pace } from "../runtime/pace.ts";
import type { Gpu, GpuPass } from "./gpu.ts";

/** Milliseconds aimed at for a submission: the page composites in between, and no watchdog wakes. */
const AIM_MS = 20;
/** The device works at one submission while the next is being made. */
const UNDER_WAY = 2;

/**
 * Work cut into submissions of about 20 ms; between them the event loop runs and a cancel is heard (it throws).
 *
 * @param total Things to be done, whatever they are.
 * @param passesOf The passes that do things `from` to `to - 1`; what it writes to buffers comes before them.
 * @param onSlice Told how many things are done.
 * @param most Things of one submission.
 */
export async function runInSlices(
  gpu: Gpu,
  total: number,
  passesOf: (from: number, to: number) => readonly GpuPass[],
  pace: Pace,
  onSlice: (done: number) => void = () => {},
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  const underWay: Promise<Slice>[] = [];
  let size = 1;
  let idleSince = 0;
  const settleOldest = async () => {
    const slice = await underWay.shift();
    if (!slice) return;
    const took = Math.max(0.1, slice.finished - Math.max(slice.begun, idleSince));
    idleSince = slice.finished;
    size = Math.max(1, Math.min(2 * slice.things, Math.floor((slice.things * AIM_MS) / took)));
    onSlice(slice.to);
  };
  for (let from = 0; from < total; ) {
    await pace.check();
    const things = Math.min(size, most, total - from);
    const to = from + things;
    const begun = performance.now();
    gpu.submit(passesOf(from, to));
    const slice = gpu.finish().then(() => ({ begun, finished: performance.now(), things, to }));
    // It is awaited later; a failure meanwhile is not one that nobody hears of.
    slice.catch(() => undefined);
    underWay.push(slice);
    from = to;
    if (underWay.length === UNDER_WAY) await settleOldest();
  }
  while (underWay.length > 0) await settleOldest();
}

interface Slice {
  readonly begun: number;
  readonly finished: number;
  readonly things: number;
  readonly to: number;
}
