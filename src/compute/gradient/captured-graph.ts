/** What one run told of a graph: it is differentiated for pictures of these sizes, so many at a time. */
export interface CapturedGraph {
  /** Pictures at a time. */
  readonly batch: number;
  /** Dimensions of every tensor that operators make and of the graph's inputs, the batch included. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** Numbers of tensors that operators make of constants and of shapes alone; of long ones none. */
  readonly values: ReadonlyMap<string, Float32Array>;
}
