import type { Forces } from "./forces.ts";

/** Some rows of a graph, as `FuzzyGraph` has all: their entries, of which the first is number 0. */
export interface RowsOfGraph {
  readonly starts: Int32Array<ArrayBuffer>;
  readonly columns: Int32Array<ArrayBuffer>;
  readonly weights: Float32Array<ArrayBuffer>;
}

/** What a hand of the layout is begun with: its rows' entries, and where all rows stand. */
export interface LayoutBegin {
  readonly nComponents: 2 | 3;
  readonly rows: number;
  /** Rows that the hand moves: `from` (a multiple of 256) to `to - 1`. */
  readonly from: number;
  readonly to: number;
  readonly graph: RowsOfGraph;
  /** The greatest weight of the whole graph. */
  readonly strongest: number;
  readonly places: Float32Array<ArrayBuffer>;
  readonly forces: Forces;
  readonly epochs: number;
  /** A line to each of the others. After each round all tell all where their rows have come. */
  readonly peers: readonly MessagePort[];
}

/** Do rounds `first` to `last - 1`, then say where the hand's own rows stand if `read` is set. */
export interface LayoutAsk {
  readonly first: number;
  readonly last: number;
  readonly read: boolean;
}

export interface LayoutAnswer {
  /** Places of the hand's own rows; empty unless asked for. */
  readonly places: Float32Array<ArrayBuffer>;
}

/** From hand to hand: where the sender's rows stand after a round. */
export interface MovedRows {
  readonly from: number;
  readonly places: Float32Array<ArrayBuffer>;
}
