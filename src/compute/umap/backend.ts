import type { Progress } from "../job.ts";
import type { Matrix } from "../matrix.ts";
import type { Pace } from "../runtime/pace.ts";
import type { FuzzyGraph, Memberships } from "./graph/fuzzy-graph.ts";
import type { SettledLayout } from "./layout/settle-layout.ts";
import type { Metric, NeighborGraph, UmapOptions } from "./options.ts";
import type { UmapJob } from "./result.ts";
import type { PointsSummary } from "./validate-points.ts";

/**
 * The heavy stages of a map, done by one kind of processor. Each backend gives what the others give, to rounding, and
 * the same bits at every run of its own.
 */
export interface Backend {
  readonly name: "WebGPU" | "CPU";
  /** Why this one, in a sentence for the status line. */
  readonly reason: string;
  /** Take the rows over, scaled and padded as the stages want them. */
  store(points: Matrix, summary: PointsSummary, options: UmapOptions, pace: Pace): Promise<StoredRows>;
  /** umap-learn's smooth_knn_dist and compute_membership_strengths for every row. */
  smooth(neighbors: NeighborGraph, localConnectivity: number, pace: Pace): Promise<Memberships>;
  /**
   * Rounds `firstEpoch` to `epochs - 1` of the layout by gather, or to `job.until - 1`; resolves early when the job is
   * aborted.
   */
  settle(
    graph: FuzzyGraph,
    start: Float32Array<ArrayBuffer>,
    firstEpoch: number,
    epochs: number,
    options: UmapOptions,
    job: SettleJob,
    pace: Pace,
  ): Promise<SettledLayout>;
}

export interface SettleJob extends UmapJob {
  /** The round to stop before, at most `epochs`, which it is unless given. */
  readonly until?: number | undefined;
}

/** The rows of one run in a backend's own memory. */
export interface StoredRows {
  /** Whether the rows that were given to `store` are read again: what a search misses is measured on them, say. */
  readonly readsAgain: boolean;
  /** Scores on the first principal components, `rows * count` numbers; to be asked for before the neighbours. */
  components(count: number, pace: Pace): Promise<Float32Array<ArrayBuffer>>;
  /** The same is to be asked of `neighbors` soon: workers that are free begin, beside what is done here until then. */
  expectNeighbors?(k: number, metric: Metric): void;
  /** The `k` nearest other rows of every row. Angular metrics normalise the rows in place. */
  neighbors(k: number, metric: Metric, pace: Pace, onProgress?: (progress: Progress) => void): Promise<FoundNeighbors>;
  /** Give the memory back. */
  release(): void;
}

export interface FoundNeighbors {
  readonly graph: NeighborGraph;
  /** Share of the true neighbours found, measured on a sample of rows; 1 where the search is exact. */
  readonly recall: number;
}
