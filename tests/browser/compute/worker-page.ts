// Computes in the page's worker for umap-in-worker.test.ts: everything goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { type UmapOptions, umapDefaults } from "../../../src/compute/umap/options.ts";

export interface Asked {
  readonly data: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly options: Partial<UmapOptions>;
  /** Cancel as soon as a frame of the layout was seen. */
  readonly cancel?: boolean;
}

export interface Answered {
  readonly positions: readonly number[];
  readonly epoch: number;
  readonly epochs: number;
  readonly frames: number;
  readonly error: string;
}

async function computeMap({ data, rows, columns, options, cancel }: Asked): Promise<Answered> {
  const controller = new AbortController();
  let frames = 0;
  try {
    const { positions, epoch, epochs } = await pageClient().call(
      "umap",
      { points: { data: Float32Array.from(data), rows, columns }, options: { ...umapDefaults, ...options } },
      {
        signal: controller.signal,
        onPartial: ({ preview }) => {
          frames++;
          if (cancel && !preview) controller.abort();
        },
      },
    );
    return { positions: [...positions], epoch, epochs, frames, error: "" };
  } catch (thrown) {
    const { kind, message } = ComputeError.from(thrown);
    return { positions: [], epoch: 0, epochs: 0, frames, error: `${kind}: ${message}` };
  }
}

declare global {
  interface Window {
    computeMap: typeof computeMap;
  }
}
window.computeMap = computeMap;
