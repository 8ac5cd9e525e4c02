import { ComputeError, throwIfCancelled } from "../../compute/errors.ts";
import { OneRun, type RunJob } from "../work/one-run.ts";
import type { WorkStatus } from "../work/work-status.ts";
import type { Faithfulness, ShownMap } from "./data/shown-saliency.ts";

/** Into how many parts a picture's places are cut. */
export const JUDGE_STEPS = 20;

/** How faithful maps are: found out when it is first asked of a map, one after the other. */
export class Judging {
  readonly #known = new WeakMap<ShownMap, Faithfulness>();
  #running: { readonly map: ShownMap; readonly judged: Promise<Faithfulness> } | null = null;
  readonly #run: OneRun;

  /** @param onRest Nothing is judged any more: say again what was said before. */
  constructor(work: WorkStatus, onRest: () => void, lifetime: AbortSignal) {
    const rest = () => {
      this.#running = null;
      onRest();
    };
    this.#run = new OneRun(work, { onDone: rest, onError: rest }, lifetime);
  }

  /** Of a map that was judged; else null. */
  get(map: ShownMap): Faithfulness | null {
    return this.#known.get(map) ?? null;
  }

  /**
   * Judge a map, or wait for whoever judges it already. Another map that is being judged is given up.
   *
   * @throws {ComputeError} "cancelled" where it is given up, and what `find` throws.
   */
  judge(map: ShownMap, find: (job: RunJob) => Promise<Faithfulness>): Promise<Faithfulness> {
    const known = this.#known.get(map);
    if (known) return Promise.resolve(known);
    if (this.#running?.map === map) return this.#running.judged;
    const judged = new Promise<Faithfulness>((resolve, reject) => {
      this.#run.start(async (job) => {
        try {
          const found = await find(job);
          throwIfCancelled(job.signal);
          this.#known.set(map, found);
          resolve(found);
        } catch (thrown) {
          reject(ComputeError.from(thrown));
          throw thrown;
        }
      });
    });
    this.#running = { map, judged };
    return judged;
  }

  /** Give up what is being judged. */
  stop(): void {
    if (this.#running) this.#run.cancel();
  }
}
