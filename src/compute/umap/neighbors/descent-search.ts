import { hash32 } from "../../random.ts";
import type { NeighborGraph } from "../options.ts";

/** Rows to a leaf, whose rows are all compared with each other. */
export const LEAF_ROWS = 32;
/** Rounds end when a smaller share of the lists' places is fresh (Dong, Charikar, Li 2011: delta). */
export const SETTLED = 0.001;

/**
 * What NN-descent does, wherever it does it: each row has a list of the nearest met so far, filled by random projection
 * trees (Dasgupta and Freund 2008) and refined by rounds. Everything is made of sets and of numbers drawn from counters,
 * so that no order in which pairs are compared shows in the outcome.
 */
export interface DescentSearch {
  readonly rows: number;
  /** Make the tables of candidates long enough for `most` of each kind. */
  makeRoom(most: number): void;
  /** Grow one more tree and compare the rows of its leaves. */
  growTree(): Promise<void>;
  /** Offer rows drawn by chance where the trees have left a list unfilled. */
  fill(): Promise<void>;
  /**
   * One round: candidates chosen from lists in both directions, and each row's compared with each other.
   *
   * @param most Candidates of each kind, for which room was made; fewer are quicker.
   * @returns Whether a further round would change little.
   */
  descend(most: number, onShare: (share: number) => void): Promise<boolean>;
  /** All neighbours are compared anew, for rounds with more candidates. */
  freshen(): Promise<void>;
  /** The nearest of each list, measured in double precision. */
  rank(): Promise<NeighborGraph>;
}

/** What the planes of a tree are drawn with; the first tree is 1. */
export function treeSeed(seed: number, tree: number): number {
  return hash32(seed ^ hash32(tree));
}

/** What the candidates of a round are drawn with; the first round is 1. */
export function roundSeed(seed: number, round: number): number {
  return hash32(seed ^ hash32(round ^ 0x7feb352d));
}
