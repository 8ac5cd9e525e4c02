/** What a hand is begun with: the quantised rows and how near a candidate must be to matter. */
export interface CompareBegin {
  readonly count: number;
  readonly padded: number;
  readonly width: number;
  readonly stops: readonly number[];
  readonly block: number;
  readonly keep: number;
  readonly panels: Int16Array<ArrayBuffer>;
  readonly lengths: Int32Array<ArrayBuffer>;
  readonly limits: Int32Array<ArrayBuffer>;
}

/** Compare the block `chosen` with `from` and all later ones, or give the candidates found. */
export type CompareAsk = { readonly chosen: number; readonly from: number } | "candidates";

/** Lists of `keep` a row; empty unless asked for. */
export interface CompareAnswer {
  readonly distances: Int32Array<ArrayBuffer>;
  readonly candidates: Int32Array<ArrayBuffer>;
}
