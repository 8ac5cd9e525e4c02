import { ComputeError } from "../../errors.ts";
import type { CrewTask } from "../../runtime/crew-tasks.ts";
import { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import { NearestLists } from "./nearest-lists.ts";
import { planColumns, planPlaces, QuantisedRows } from "./quantised-rows.ts";
import { QuantisedSearch } from "./quantised-search.ts";
import type { SearchSteps, StepName } from "./search-task.ts";

type Steps = {
  readonly [Name in StepName]: (input: SearchSteps[Name]["input"]) => Promise<SearchSteps[Name]["output"]>;
};

/** A hand of the search for neighbours: it has all rows, does a share of each step, and keeps its own candidates. */
export const searchHand: CrewTask<"search"> = async ({ rows, columns, width, data, mean, k }, signal) => {
  const arena = await Arena.create();
  const pace = new Pace(signal);
  const address = arena.allocate(data.byteLength);
  const meanAt = arena.allocate(mean.byteLength);
  arena.floats(address, data.length).set(data);
  arena.floats(meanAt, mean.length).set(mean);
  const points = { arena, address, mean: meanAt, rows, columns, width };
  const lists = new NearestLists(points, k);
  let quantised: QuantisedRows | null = null;
  let begun: QuantisedSearch | null = null;
  let isSampled = false;
  const search = () => {
    if (!begun) throw new ComputeError("internal", "Rows were to be rounded first.", "Run again.");
    return begun;
  };

  const steps: Steps = {
    places: () => planPlaces(points, pace),
    columns: () => planColumns(points, pace),
    async round({ plan, from, to }) {
      quantised = new QuantisedRows(points, plan);
      await quantised.round(from, to, pace);
      return quantised.part(from, to);
    },
    async near({ parts, from, to, near, hand, hands }) {
      for (const part of parts) quantised?.take(part);
      if (quantised) begun = new QuantisedSearch(points, lists, quantised, pace);
      const { comparison } = search();
      const unsure = await search().countUnsure(hand, hands);
      for (let chosen = from; chosen < to; chosen++)
        await compare(chosen, chosen, Math.min(comparison.blocks, chosen + near));
      return { unsure, limits: comparison.limitsNow() };
    },
    async compare({ chosen, from, limits }) {
      const { comparison } = search();
      comparison.lower(limits);
      if (!isSampled) comparison.stopWhereItPays();
      isSampled = true;
      await compare(chosen, from, comparison.blocks);
      return { limits: comparison.limitsNow() };
    },
    lists: async ({ from, to }) => search().comparison.part(from, to),
    async rank({ from, to, others }) {
      const { comparison, quantised: rounded } = search();
      comparison.unite(from, others);
      await search().searchDoubtful(await search().rank(from, to));
      return lists.of(arena.ints(rounded.order, rounded.count).subarray(from, to));
    },
  };
  async function compare(chosen: number, from: number, to: number): Promise<void> {
    const { comparison } = search();
    comparison.chooseBlock(chosen);
    for (let other = from; other < to; other++) {
      comparison.compare(chosen, other);
      await pace.check();
    }
  }
  return ({ step, input }) => (steps[step] as (given: unknown) => Promise<SearchSteps[StepName]["output"]>)(input);
};
