// Lays out on the page's GPU for layout.test.ts: everything goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import { type UmapOptions, umapDefaults } from "../../../src/compute/umap/options.ts";
import { gpuLayout } from "../../../src/compute/umap/webgpu/gpu-layout.ts";
import { requestGpu } from "../../../src/compute/webgpu/device.ts";
import { Gpu } from "../../../src/compute/webgpu/gpu.ts";

export interface AskedLayout {
  readonly graph: {
    readonly rows: number;
    readonly starts: readonly number[];
    readonly columns: readonly number[];
    readonly weights: readonly number[];
  };
  readonly start: readonly number[];
  readonly firstEpoch: number;
  readonly epochs: number;
  readonly options: Partial<UmapOptions>;
  /** Stop as soon as a frame after the first was seen. */
  readonly cancel?: boolean;
  /** Lose the device at that moment. */
  readonly lose?: boolean;
}

export interface AnsweredLayout {
  readonly positions: readonly number[];
  readonly epoch: number;
  /** Rounds done in each frame shown. */
  readonly frames: readonly number[];
  /** The frame after the first. */
  readonly second: { readonly epoch: number; readonly positions: readonly number[] };
  /** Milliseconds from the first frame to the last. */
  readonly shown: number;
  readonly progress: readonly number[];
  readonly error: string;
}

async function layOut(asked: AskedLayout): Promise<AnsweredLayout> {
  const { graph, start, firstEpoch, epochs, options } = asked;
  const gpu = await requestGpu(true);
  if (!(gpu instanceof Gpu)) throw new Error(gpu.missing);
  const controller = new AbortController();
  const frames: number[] = [];
  const second = { epoch: 0, positions: [] as readonly number[] };
  const times: number[] = [];
  const progress: number[] = [];
  const result = { frames, second, progress };
  try {
    const { positions, epoch } = await gpuLayout(
      gpu,
      {
        rows: graph.rows,
        starts: Int32Array.from(graph.starts),
        columns: Int32Array.from(graph.columns),
        weights: Float32Array.from(graph.weights),
      },
      Float32Array.from(start),
      firstEpoch,
      epochs,
      { ...umapDefaults, ...options },
      {
        onProgress: ({ done }) => progress.push(done),
        onLayout: (frame) => {
          frames.push(frame.epoch);
          if (frames.length === 2) Object.assign(second, { epoch: frame.epoch, positions: [...frame.positions] });
          times.push(performance.now());
          if (frames.length < 2) return;
          if (asked.cancel) controller.abort();
          if (asked.lose) gpu.device.destroy();
        },
      },
      new Pace(controller.signal),
    );
    const shown = (times.at(-1) ?? 0) - (times[0] ?? 0);
    return { ...result, positions: [...positions], epoch, shown, error: "" };
  } catch (thrown) {
    const { kind, message } = ComputeError.from(thrown);
    return { ...result, positions: [], epoch: 0, shown: 0, error: `${kind}: ${message}` };
  }
}

declare global {
  interface Window {
    layOut: typeof layOut;
  }
}
window.layOut = layOut;
