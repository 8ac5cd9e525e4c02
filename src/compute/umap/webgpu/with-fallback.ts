import { GpuFailure } from "../../webgpu/gpu-failure.ts";
import type { Backend, StoredRows } from "../backend.ts";
import type { LayoutFrame } from "../result.ts";

/**
 * A backend that goes on when its device fails: the stage at work is done again by the other one, a layout from the last
 * frame that was shown, and so is all that comes after. Both give the same bits, so a layout shows no seam.
 *
 * @param tell Told once, in a sentence for the reader.
 */
export function withFallback(first: Backend, other: Backend, tell: (notice: string) => void): Backend {
  let failure: GpuFailure | null = null;
  const attempt = async <Result>(work: () => Promise<Result>, again: () => Promise<Result>): Promise<Result> => {
    if (failure) return again();
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof GpuFailure)) throw thrown;
      if (!failure) tell(`${thrown.reason.slice(0, -1)}; computing again on the CPU.`);
      failure = thrown;
      return again();
    }
  };
  const reasonNow = () => (failure ? `CPU: ${lowerFirst(failure.reason)}` : first.reason);

  return {
    get name() {
      return failure ? other.name : first.name;
    },
    get reason() {
      return reasonNow();
    },
    async store(points, summary, options, pace) {
      const held: StoredRows[] = [];
      let elsewhere: Promise<StoredRows> | null = null;
      const hold = async (storing: Promise<StoredRows>) => {
        const rows = await storing;
        held.push(rows);
        return rows;
      };
      const again = () => {
        elsewhere ??= hold(other.store(points, summary, options, pace));
        return elsewhere;
      };
      const stored = await attempt(() => hold(first.store(points, summary, options, pace)), again);
      return {
        // Should the first fail, the other stores them.
        readsAgain: true,
        components: (count, own) =>
          attempt(
            () => stored.components(count, own),
            async () => (await again()).components(count, own),
          ),
        neighbors: (k, metric, own, onProgress) =>
          attempt(
            () => stored.neighbors(k, metric, own, onProgress),
            async () => (await again()).neighbors(k, metric, own, onProgress),
          ),
        release: () => {
          for (const rows of held.splice(0)) rows.release();
        },
      };
    },
    smooth: (...all) =>
      attempt(
        () => first.smooth(...all),
        () => other.smooth(...all),
      ),
    settle(graph, start, firstEpoch, epochs, options, job, pace) {
      let shown: LayoutFrame = { positions: start, epoch: firstEpoch, epochs, preview: false };
      const watch = (frame: LayoutFrame) => {
        // The receiver owns a frame's positions and may give them away.
        if (!frame.preview) shown = { ...frame, positions: frame.positions.slice() };
        job.onLayout?.(frame);
      };
      return attempt(
        () => first.settle(graph, start, firstEpoch, epochs, options, { ...job, onLayout: watch }, pace),
        () => {
          const backend = { name: other.name, reason: reasonNow() };
          const onLayout = job.onLayout && ((frame: LayoutFrame) => job.onLayout?.({ ...frame, backend }));
          return other.settle(graph, shown.positions, shown.epoch, epochs, options, { ...job, onLayout }, pace);
        },
      );
    },
  };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
