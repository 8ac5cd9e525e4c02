import type { CrewTask } from "../../runtime/crew-tasks.ts";
import { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import { PairComparison } from "./pair-comparison.ts";

/** A share of the pairs of rows, compared in a worker of its own; each hand keeps its own candidates. */
export const compareHand: CrewTask<"compare"> = async (input, signal) => {
  const { panels, lengths, limits, block, keep } = input;
  const arena = await Arena.create();
  const panelsAt = arena.allocate(panels.byteLength);
  const lengthsAt = arena.allocate(lengths.byteLength);
  arena.shorts(panelsAt, panels.length).set(panels);
  arena.ints(lengthsAt, lengths.length).set(lengths);
  const { count, padded, width, stops } = input;
  const rows = { count, padded, width, panels: panelsAt, lengths: lengthsAt };
  const comparison = new PairComparison(arena, rows, block, keep);
  arena.ints(comparison.limits, padded).set(limits);
  comparison.stopWhereItPays(stops);
  const pace = new Pace(signal);
  return async (ask) => {
    const listed = ask === "candidates" ? padded * keep : 0;
    if (ask !== "candidates") {
      comparison.chooseBlock(ask.chosen);
      for (let other = ask.from; other < comparison.blocks; other++) {
        comparison.compare(ask.chosen, other);
        await pace.check();
      }
    }
    return {
      distances: arena.ints(comparison.distances, listed).slice(),
      candidates: arena.ints(comparison.candidates, listed).slice(),
    };
  };
};
