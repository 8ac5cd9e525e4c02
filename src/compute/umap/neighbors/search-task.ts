import type { FoundLists } from "./nearest-lists.ts";
import type { CandidateLists } from "./pair-comparison.ts";
import type { ColumnsPlan, PlacesPlan, QuantisedPart, QuantisingPlan } from "./quantised-rows.ts";

/** What a hand of the search is begun with: all rows, stored as `StoredPoints` has them. */
export interface SearchBegin {
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
  readonly data: Float32Array<ArrayBuffer>;
  readonly mean: Float32Array<ArrayBuffer>;
  readonly k: number;
}

/** What a hand is asked, step after step; places are those of the plan's order, blocks the plan's. */
export interface SearchSteps {
  /** How rows are quantised: for each half of the plan one hand says it for all. */
  places: { input: null; output: PlacesPlan };
  columns: { input: null; output: ColumnsPlan };
  /** Round the rows of some places. */
  round: { input: { plan: QuantisingPlan; from: number; to: number }; output: QuantisedPart };
  /**
   * Take over the rows that were rounded elsewhere, and compare each of the blocks `from` to `to - 1` with itself and
   * the `near - 1` that follow. The hand's share of the sample by which is seen whether whole numbers tell the rows
   * apart is its `hand`-th of `hands`.
   */
  near: {
    input: {
      parts: readonly QuantisedPart[];
      from: number;
      to: number;
      near: number;
      hand: number;
      hands: number;
    };
    output: { unsure: number; limits: Int32Array<ArrayBuffer> };
  };
  /** Compare the block `chosen` with `from` and all later ones; what the others know by now turns candidates away. */
  compare: {
    input: { chosen: number; from: number; limits: Int32Array<ArrayBuffer> };
    output: { limits: Int32Array<ArrayBuffer> };
  };
  /** The hand's candidates of some places. */
  lists: { input: { from: number; to: number }; output: CandidateLists };
  /** Unite them with the others' candidates of these places, and measure: `k` a place, as `NearestLists` has them. */
  rank: {
    input: { from: number; to: number; others: readonly CandidateLists[] };
    output: FoundLists;
  };
}

export type StepName = keyof SearchSteps;

export interface SearchAsk {
  readonly step: StepName;
  readonly input: unknown;
}
