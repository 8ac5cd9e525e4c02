import { ComputeError } from "../../errors.ts";
import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { type FinishedMap, FittedMap } from "./fitted-map.ts";

/** Each holds a copy of its rows. */
const MOST_KEPT = 4;

/** Finished maps kept ready under the names that a page gives them; of more than four, the longest unused one goes. */
export class FittedMaps {
  readonly #kept = new Map<string, FittedMap>();

  async keep(key: string, map: FinishedMap, job: Job = {}): Promise<void> {
    const fitted = await FittedMap.prepare(map, job);
    this.#kept.delete(key);
    this.#kept.set(key, fitted);
    for (const oldest of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(oldest);
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }

  /** @throws ComputeError "lost" when the map is no longer kept: keep it again, and ask again. */
  async transform(key: string, rows: Matrix, job: Job = {}): Promise<Float32Array<ArrayBuffer>> {
    const fitted = this.#kept.get(key);
    if (!fitted) throw new ComputeError("lost", "The map is no longer kept ready.", "Run again.");
    this.#kept.delete(key);
    this.#kept.set(key, fitted);
    return fitted.transform(rows, job);
  }
}
