/** How far a computation is: `done` of `total` things of the kind `unit`, in the stage that a reader would name so. */
export interface Progress {
  /** A phrase that stands before the figures, such as "Finding neighbours". */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** What is counted: "rows", "rounds", "MB". */
  readonly unit: string;
  /** How long the rest will take at the pace so far, where the computation can tell. */
  readonly secondsLeft?: number;
}

/** What every compute call takes besides its data: a way to stop it and a way to watch it. */
export interface Job {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
