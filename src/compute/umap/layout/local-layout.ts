import type { Pace } from "../../runtime/pace.ts";
import { type FuzzyGraph, strongestOf } from "../graph/fuzzy-graph.ts";
import type { Forces } from "./forces.ts";
import type { Layout } from "./layout.ts";
import { LayoutField, placesOf, positionsOf } from "./layout-field.ts";
import { padEntries, padStarts } from "./padded-entries.ts";

/** Rows that one kernel call moves: under 30 ms, for a cancel to be heard within a round of a large map. */
const ROWS_A_CALL = 1 << 15;

/** All rows moved here, one slice of time after the other. */
export async function localLayout(
  graph: FuzzyGraph,
  start: Float32Array,
  nComponents: 2 | 3,
  forces: Forces,
  epochs: number,
  pace: Pace,
): Promise<Layout> {
  const { rows } = graph;
  const starts = padStarts(graph, 0, rows);
  const field = await LayoutField.create(nComponents, rows, 0, rows, starts);
  padEntries(graph, strongestOf(graph.weights), 0, starts, field.columns, field.shares);
  field.placesBefore(0, rows).set(placesOf(start, nComponents));
  field.prepare(forces);
  return {
    async advance(first, last) {
      let epoch = first;
      while (epoch < last) {
        for (let from = 0; from < rows; from += ROWS_A_CALL) {
          field.settle(from, Math.min(rows, from + ROWS_A_CALL), epoch, epochs, forces);
          if (from + ROWS_A_CALL >= rows) break;
          await pace.breathe();
          if (pace.signal?.aborted) return epoch;
        }
        field.turn();
        epoch++;
        if (pace.isDue) break;
      }
      return epoch;
    },
    read: async () => positionsOf(field.placesBefore(0, rows), nComponents),
    // The memory goes with the last reference to it.
    release: () => undefined,
  };
}
