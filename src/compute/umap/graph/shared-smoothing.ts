import { throwIfCancelled } from "../../errors.ts";
import type { Crew } from "../../runtime/crew.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { NeighborGraph } from "../options.ts";
import { type Memberships, meanDistance } from "./fuzzy-graph.ts";
import type { SmoothBegin } from "./smooth-task.ts";

/** `smoothDistances` by a crew, each hand a range of the rows. The bits are those of one. */
export async function smoothByCrew(
  { k, distances }: NeighborGraph,
  localConnectivity: number,
  crew: Crew,
  { signal }: Pace,
): Promise<Memberships> {
  const rows = distances.length / k;
  const mean = meanDistance({ k, distances });
  const each = Math.ceil(rows / crew.size);
  const inputs: SmoothBegin[] = [];
  for (let from = 0; from < rows; from += each)
    inputs.push({ k, distances: distances.slice(from * k, (from + each) * k), localConnectivity, mean });
  const hands = await crew.begin(
    "smooth",
    inputs,
    inputs.map((input) => [input.distances.buffer]),
  );
  const dismissAll = () => {
    for (const hand of hands) hand.dismiss();
  };
  signal?.addEventListener("abort", dismissAll);
  try {
    throwIfCancelled(signal);
    const parts = await Promise.all(hands.map((hand) => hand.ask(null)));
    const all = { rhos: new Float32Array(rows), sigmas: new Float32Array(rows), weights: new Float32Array(rows * k) };
    for (const [place, { rhos, sigmas, weights }] of parts.entries()) {
      all.rhos.set(rhos, place * each);
      all.sigmas.set(sigmas, place * each);
      all.weights.set(weights, place * each * k);
    }
    return all;
  } finally {
    signal?.removeEventListener("abort", dismissAll);
    dismissAll();
  }
}
