import { ComputeError, throwIfCancelled } from "../errors.ts";
import type { Job } from "../job.ts";
import type { Matrix } from "../matrix.ts";
import { Pace } from "../runtime/pace.ts";
import { columnsOf, type FeatureBlock } from "./feature-block.ts";
import type { FeatureBatch } from "./feature-runner.ts";
import type { PictureBatches } from "./picture-batches.ts";

/** Features of all pictures, in their order. */
export interface CollectedFeatures {
  readonly features: Matrix;
  readonly blocks: readonly FeatureBlock[];
  /** What the model itself answers; null where it was not asked for. */
  readonly predictions: Matrix | null;
}

/** Does one batch at a time; several work beside each other. */
export type Lane = (pictures: Float32Array<ArrayBuffer>, rows: number) => Promise<FeatureBatch>;

/**
 * Take pictures through the lanes, a batch to whichever is free, and put what they answer together.
 *
 * @throws ComputeError "cancelled" between two batches, "memory" where the features themselves don't fit, and whatever
 * a lane throws: then the others stop at their next batch.
 */
export async function collectFeatures(
  pictures: PictureBatches,
  lanes: readonly Lane[],
  batchSize: number,
  { signal, onProgress }: Job = {},
): Promise<CollectedFeatures> {
  const { count } = pictures;
  if (count === 0) throw new ComputeError("input", "There are no pictures.", "Give one or more.");
  const report = (done: number) => onProgress?.({ stage: "Running the model", done, total: count, unit: "pictures" });
  const rows = new CollectedRows(count);
  let next = 0;
  let done = 0;
  report(0);
  const work = async (lane: Lane) => {
    const pace = new Pace(signal);
    try {
      while (next < count) {
        await pace.check();
        if (next >= count) return;
        const start = next;
        const size = Math.min(batchSize, count - start);
        next += size;
        rows.add(start, await lane(await pictures.read(start, size), size));
        throwIfCancelled(signal);
        done += size;
        report(done);
      }
    } catch (thrown) {
      next = count;
      throw thrown;
    }
  };
  const ends = await Promise.allSettled(lanes.map(work));
  const failure = ends.find((end) => end.status === "rejected");
  if (failure) throw failure.reason;
  return rows.finish();
}

/** The rows of all batches; there is room for them once the first says how wide they are. */
export class CollectedRows {
  #features = new Float32Array();
  #predictions = new Float32Array();
  #first: FeatureBatch | null = null;

  constructor(private readonly rows: number) {}

  add(start: number, batch: FeatureBatch): void {
    const columns = columnsOf(batch.blocks);
    if (!this.#first) {
      this.#features = this.#room(columns);
      this.#predictions = this.#room(batch.classes);
      this.#first = batch;
    }
    this.#features.set(batch.features, start * columns);
    this.#predictions.set(batch.predictions, start * batch.classes);
  }

  finish(): CollectedFeatures {
    const { blocks = [], classes = 0 } = this.#first ?? {};
    const { rows } = this;
    return {
      features: { data: this.#features, rows, columns: columnsOf(blocks) },
      blocks,
      predictions: classes > 0 ? { data: this.#predictions, rows, columns: classes } : null,
    };
  }

  #room(columns: number): Float32Array<ArrayBuffer> {
    try {
      return new Float32Array(this.rows * columns);
    } catch {
      const gigabytes = ((this.rows * columns * 4) / 1e9).toFixed(1);
      throw new ComputeError(
        "memory",
        `The features of ${this.rows.toLocaleString("en")} pictures take ${gigabytes} GB, ${columns.toLocaleString("en")} numbers each.`,
        'Try pooling="avg", another layer or fewer pictures.',
      );
    }
  }
}
