/** A layout that settles, wherever its rows are moved. */
export interface Layout {
  /** Rounds from `first` on, about a frame's time of them, at most to `last - 1`; gives the next round to be done. */
  advance(first: number, last: number): Promise<number>;
  /** Where all rows stand, `rows * nComponents` numbers; a copy. */
  read(): Promise<Float32Array<ArrayBuffer>>;
  release(): void;
}
