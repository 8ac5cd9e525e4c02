/** A table of single-precision numbers, row after row. */
export interface Matrix {
  /** `rows * columns` numbers, row-major. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
}
