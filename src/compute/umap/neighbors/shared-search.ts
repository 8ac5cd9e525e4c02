import { ComputeError, throwIfCancelled } from "../../errors.ts";
import { buffersOf } from "../../runtime/buffers-of.ts";
import type { Crew, Hand } from "../../runtime/crew.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { StoredPoints } from "../stored-points.ts";
import { searchFarRows } from "./far-rows.ts";
import type { NearestLists } from "./nearest-lists.ts";
import type { QuantisingPlan } from "./quantised-rows.ts";
import { blockOf, sampledPairs } from "./quantised-search.ts";
import type { SearchBegin, SearchSteps, StepName } from "./search-task.ts";

/** Fewer blocks are compared before a crew has its copies of the rows. */
const FEWEST_BLOCKS = 8;
/** All copies of the rows together, with what is made of them, in bytes; two workers have theirs whatever they take. */
const MOST_COPIED = 1.5e9;
/** Each hand holds the rows twice when they come, and half as many bytes of whole numbers later. */
const COPIES = 2;
/** Blocks beside each one, itself counted, that it is compared with before all others. */
export const NEAR_BLOCKS = 2;

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The search for neighbours by a crew. Each hand has all rows, rounds its share of them, compares blocks, and ranks its
 * share; what is done here is to hand on. Which hand compares what is chance, the lists are not: each row's is proven.
 */
export class SharedSearch {
  readonly #hands: Promise<readonly Hand<"search">[]>;
  readonly #plan: Promise<QuantisingPlan>;
  #isDismissed = false;

  /** Whether so many rows are worth their copies. */
  static isWorthwhile(points: StoredPoints, crew: Crew): boolean {
    return crew.size > 1 && points.rows > FEWEST_BLOCKS * blockOf(points);
  }

  /** Hands get their copies and two begin to plan; they go on beside whatever is done here. */
  constructor(
    readonly points: StoredPoints,
    readonly k: number,
    crew: Crew,
  ) {
    this.#hands = this.#copyTo(crew);
    this.#plan = this.#hands.then(async ([first, second]) => {
      if (!first || !second) throw new ComputeError("internal", "A crew had no hands for the search.", "Run again.");
      const [places, columns] = await Promise.all([ask(first, "places", null), ask(second, "columns", null)]);
      return { places, columns, block: blockOf(points) };
    });
    // Heard by `search`, which may not be called any more.
    this.#plan.catch(() => undefined);
  }

  /**
   * Fill the lists, which are those of these rows and this `k`.
   *
   * @param mostUnsure Share of the other rows that whole numbers may not be able to tell from a row's neighbours.
   * @param onShare How much of it is done.
   * @returns false when that is more, and nothing was found.
   */
  async search(
    lists: NearestLists,
    mostUnsure: number,
    pace: Pace,
    onShare: (share: number) => void,
  ): Promise<boolean> {
    const dismiss = () => this.dismiss();
    pace.signal?.addEventListener("abort", dismiss);
    try {
      throwIfCancelled(pace.signal);
      const hands = await this.#hands;
      const plan = await this.#plan;
      const { limits, unsure } = await this.#begin(hands, plan);
      const { order } = plan.places;
      if (unsure / sampledPairs(order.length) > mostUnsure) return false;
      await this.#compare(hands, limits.length / plan.block, limits, pace, onShare);
      await this.#rank(hands, order, lists);
      await searchFarRows(this.points, lists, plan.places, pace);
      return true;
    } finally {
      pace.signal?.removeEventListener("abort", dismiss);
      this.dismiss();
    }
  }

  /** A promise from the first step on: there may be no room for the copies. */
  async #copyTo(crew: Crew): Promise<readonly Hand<"search">[]> {
    const { k, points } = this;
    const { arena, address, mean, rows, columns, width } = points;
    const most = Math.floor(MOST_COPIED / (COPIES * rows * width * 4));
    const inputs = Array.from(
      { length: Math.min(crew.size, Math.max(2, most)) },
      (): SearchBegin => ({
        rows,
        columns,
        width,
        data: arena.floats(address, rows * width).slice(),
        mean: arena.floats(mean, width).slice(),
        k,
      }),
    );
    return crew.begin("search", inputs, inputs.map(buffersOf));
  }

  /** Rows rounded, and near blocks compared. */
  async #begin(hands: readonly Hand<"search">[], plan: QuantisingPlan) {
    const { block, places } = plan;
    const ranges = divide(Math.ceil(places.order.length / block), hands.length);
    const parts = await Promise.all(
      hands.map((hand, own) => {
        const { from, to } = rangeAt(ranges, own);
        return ask(hand, "round", { plan, from: from * block, to: to * block });
      }),
    );
    const answers = await Promise.all(
      hands.map((hand, own) => {
        // The last of those that get a part gets it itself.
        const others = parts.flatMap((part, place) => {
          if (place === own) return [];
          const last = hands.length - (place === hands.length - 1 ? 2 : 1);
          return [own === last ? part : structuredClone(part)];
        });
        const input = {
          parts: others,
          ...rangeAt(ranges, own),
          near: NEAR_BLOCKS,
          hand: own,
          hands: hands.length,
        };
        return ask(hand, "near", input, buffersOf(others));
      }),
    );
    const [first, ...rest] = answers.map((answer) => answer.limits);
    const limits = first ?? new Int32Array(0);
    for (const other of rest) lower(limits, other);
    return { limits, unsure: answers.reduce((sum, answer) => sum + answer.unsure, 0) };
  }

  /** All pairs of blocks that are not near. */
  async #compare(
    hands: readonly Hand<"search">[],
    blocks: number,
    limits: Int32Array<ArrayBuffer>,
    pace: Pace,
    onShare: (share: number) => void,
  ): Promise<void> {
    const last = blocks - NEAR_BLOCKS;
    let next = 0;
    let compared = 0;
    const takeTurns = async (hand: Hand<"search">) => {
      // The first blocks have the most others to be compared with, so the last ones even out who is done when.
      while (next < last) {
        const chosen = next++;
        const given = limits.slice();
        const answer = await ask(hand, "compare", { chosen, from: chosen + NEAR_BLOCKS, limits: given }, [
          given.buffer,
        ]);
        lower(limits, answer.limits);
        compared += last - chosen;
        onShare((2 * compared) / (last * (last + 1)));
        await pace.check();
      }
    };
    // Two questions are under way with each hand: it has the next one when it has answered.
    await Promise.all(hands.flatMap((hand) => [takeTurns(hand), takeTurns(hand)]));
  }

  /** Candidates measured, each hand a range of places, and the lists filled. */
  async #rank(hands: readonly Hand<"search">[], order: Int32Array, lists: NearestLists): Promise<void> {
    const ranges = divide(order.length, hands.length);
    await Promise.all(
      hands.map(async (hand, own) => {
        const { from, to } = rangeAt(ranges, own);
        const others = await Promise.all(
          hands.filter((other) => other !== hand).map((other) => ask(other, "lists", { from, to })),
        );
        const found = await ask(hand, "rank", { from, to, others }, buffersOf(others));
        lists.take(order.subarray(from, to), found);
      }),
    );
  }

  /** Forget what was begun; what the hands were still asked rejects with kind "cancelled". */
  dismiss(): void {
    if (this.#isDismissed) return;
    this.#isDismissed = true;
    this.#hands.then(
      (hands) => {
        for (const hand of hands) hand.dismiss();
      },
      () => undefined,
    );
  }
}

function ask<Name extends StepName>(
  hand: Hand<"search">,
  step: Name,
  input: SearchSteps[Name]["input"],
  transfer: readonly Transferable[] = [],
): Promise<SearchSteps[Name]["output"]> {
  return hand.ask({ step, input }, transfer) as Promise<SearchSteps[Name]["output"]>;
}

/** So many things in as many ranges as equal as can be. */
function divide(count: number, ranges: number): readonly Range[] {
  const end = (range: number) => Math.round((count * range) / ranges);
  return Array.from({ length: ranges }, (_, range) => ({ from: end(range), to: end(range + 1) }));
}

function rangeAt(ranges: readonly Range[], place: number): Range {
  return ranges[place] ?? { from: 0, to: 0 };
}

/** Lower limits where others are lower. */
function lower(limits: Int32Array, others: Int32Array): void {
  for (let place = 0; place < limits.length; place++) {
    const other = others[place] ?? 0;
    if (other < (limits[place] ?? 0)) limits[place] = other;
  }
}
