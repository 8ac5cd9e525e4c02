import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import type { Matrix } from "../../../compute/matrix.ts";
import { pageClient } from "../../../compute/runtime/page-client.ts";
import { isNumericSource, type NumericSource } from "../../host/sources.ts";
import { readMatrix } from "../../map/compute-map.ts";
import type { Layout } from "../../map/layout.ts";

/** Tells where rows that a map has not seen belong in it; the worker keeps the map ready from one question to the next. */
export class RowPlacer {
  #kept: { readonly positions: Float32Array; readonly key: string } | null = null;

  /** @param lifetime When it aborts, the worker need not hold the map any longer. */
  constructor(lifetime: AbortSignal) {
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
    const asked = await readMatrix(rows, job);
    if (this.#kept?.positions === layout.positions) {
      try {
        return await this.#ask(this.#kept.key, asked, job);
      } catch (thrown) {
        // Others have been kept since.
        if (ComputeError.from(thrown).kind !== "lost") throw thrown;
      }
    }
    return this.#ask(await this.#keep(layout, points, job), asked, job);
  }

  #forget(): void {
    // A worker that is gone holds nothing.
    if (this.#kept)
      pageClient()
        .call("forgetMap", { key: this.#kept.key })
        .catch(() => undefined);
    this.#kept = null;
  }

  async #keep({ positions, origin }: Layout, points: NumericSource, job: Job): Promise<string> {
    if (origin.kind !== "umap") throw new ComputeError("input", "No map was computed: its coordinates were given.");
    this.#forget();
    const key = crypto.getRandomValues(new Uint32Array(4)).join("-");
    // Where the map began does not matter any more, and may be an array that was given away.
    const options = { ...origin.options, init: "pca" } as const;
    const { signal } = job;
    await pageClient().call(
      "keepMap",
      { key, map: { points: await readMatrix(points, job), positions, options } },
      { signal },
    );
    this.#kept = { positions, key };
    return key;
  }

  #ask(key: string, rows: Matrix, { signal, onProgress }: Job): Promise<Float32Array<ArrayBuffer>> {
    return pageClient().call("transform", { key, rows }, { signal, onProgress });
  }
}
