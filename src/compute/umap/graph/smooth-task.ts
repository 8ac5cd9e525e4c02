import type { CrewTask } from "../../runtime/crew-tasks.ts";
import { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import { type Memberships, smoothDistances } from "./fuzzy-graph.ts";

/** Rows whose distances are smoothed by a hand; `mean` is that of all rows' distances. */
export interface SmoothBegin {
  readonly k: number;
  readonly distances: Float32Array<ArrayBuffer>;
  readonly localConnectivity: number;
  readonly mean: number;
}

/** A hand that smooths the distances of its rows when it is asked. */
export const smoothHand: CrewTask<"smooth"> = async ({ k, distances, localConnectivity, mean }, signal) => {
  const arena = await Arena.create();
  return (): Promise<Memberships> =>
    smoothDistances(arena, { k, distances }, localConnectivity, new Pace(signal), undefined, mean);
};
