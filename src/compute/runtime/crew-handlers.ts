import { ComputeError } from "../errors.ts";
import { featuresHand } from "../features/features-hand.ts";
import { gradientHand } from "../saliency/run/gradient-hand.ts";
import { smoothHand } from "../umap/graph/smooth-task.ts";
import { layoutHand } from "../umap/layout/layout-hand.ts";
import { searchHand } from "../umap/neighbors/search-hand.ts";
import type { CrewTask, TaskName } from "./crew-tasks.ts";

/** What each task does in a worker. */
export const crewHandlers: { readonly [Name in TaskName]: CrewTask<Name> } = {
  sum: async ({ numbers: own }) => {
    return ({ numbers }) => {
      if (numbers.length !== own.length)
        throw new ComputeError("input", `sum: expected ${own.length} numbers, got ${numbers.length}`);
      return { numbers: own.map((value, place) => value + (numbers[place] ?? 0)) };
    };
  },
  smooth: smoothHand,
  layout: layoutHand,
  search: searchHand,
  features: featuresHand,
  gradient: gradientHand,
};
