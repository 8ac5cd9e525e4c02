import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import type { Matrix } from "../../../compute/matrix.ts";
import { pageClient } from "../../../compute/runtime/page-client.ts";
import type { UmapOptions } from "../../../compute/umap/options.ts";
import { isNumericSource, type NumericSource } from "../../host/sources.ts";
import { readMatrix } from "../../map/compute-map.ts";
import type { Layout } from "../../map/layout.ts";
import { withoutColumn } from "../../map/without-column.ts";

/** A map that the worker holds, or is about to. */
interface Kept {
  readonly positions: Float32Array;
  readonly key: string;
  readonly ready: Promise<void>;
}

/** Tells where rows that a map has not seen belong in it; the worker keeps the map ready from one question to the next. */
export class RowPlacer {
  #kept: Kept | null = null;

  /** @param lifetime When it aborts, the worker need not hold the map any longer. */
  constructor(readonly lifetime: AbortSignal) {
    lifetime.addEventListener("abort", () => this.#forget(), { once: true });
  }

  /**
   * @param points The rows of the map.
   * @param rows Rows × the same columns.
   * @returns Rows × components, row-major.
   * @throws {ComputeError} "input" for another number of columns and for what is not finite, "cancelled".
   */
  async place(layout: Layout, points: NumericSource, rows: unknown, job: Job): Promise<Float32Array<ArrayBuffer>> {
    if (!isNumericSource(rows) || rows.shape.length !== 2)
      throw new ComputeError("input", "rows is not a table of numbers.", "Pass rows × columns of numbers.");
    const asked = await readCompared(rows, points, layout, job);
    const kept = this.#keptFor(layout, points);
    await kept.ready;
    try {
      return await this.#ask(kept, asked, job);
    } catch (thrown) {
      // Others have been kept since.
      if (ComputeError.from(thrown).kind !== "lost") throw thrown;
    }
    if (this.#kept === kept) this.#kept = null;
    const again = this.#keptFor(layout, points);
    await again.ready;
    return this.#ask(again, asked, job);
  }

  /** One for all who ask of the same map, whoever asks first; it is not given up with a question. */
  #keptFor(layout: Layout, points: NumericSource): Kept {
    const { positions, origin } = layout;
    if (this.#kept?.positions === positions) return this.#kept;
    if (origin.kind !== "umap") throw new ComputeError("input", "No map was computed: its coordinates were given.");
    this.#forget();
    const key = crypto.getRandomValues(new Uint32Array(4)).join("-");
    // Where the map began does not matter any more, and may be an array that was given away.
    const ready = this.#send(key, layout, points, { ...origin.options, init: "pca" });
    const kept = { positions, key, ready };
    this.#kept = kept;
    ready.catch(() => {
      if (this.#kept === kept) this.#kept = null;
    });
    return kept;
  }

  async #send(key: string, layout: Layout, points: NumericSource, options: UmapOptions): Promise<void> {
    const signal = this.lifetime;
    const compared = await readCompared(points, points, layout, { signal });
    const map = { points: compared, positions: layout.positions, options };
    await pageClient().call("keepMap", { key, map }, { signal });
  }

  #forget(): void {
    const kept = this.#kept;
    this.#kept = null;
    // Before it is there it can't be forgotten. A worker that is gone holds nothing.
    kept?.ready.then(() => pageClient().call("forgetMap", { key: kept.key })).catch(() => undefined);
  }

  #ask({ key }: Kept, rows: Matrix, { signal, onProgress }: Job): Promise<Float32Array<ArrayBuffer>> {
    return pageClient().call("transform", { key, rows }, { signal, onProgress });
  }
}

/** Rows with the columns that the map compares: those of its points, less the one that was left out. */
async function readCompared(rows: NumericSource, points: NumericSource, { origin }: Layout, job: Job): Promise<Matrix> {
  const exclude = origin.kind === "umap" ? origin.exclude : null;
  const matrix = await readMatrix(rows, job);
  const [expected, given] = [points.shape[1] ?? 0, matrix.columns];
  // The worker, which says so otherwise, knows of one column less.
  if (typeof exclude === "number" && given !== expected)
    throw new ComputeError("input", `rows: expected ${expected} columns as in the map, got ${given}.`);
  return withoutColumn(matrix, exclude);
}
