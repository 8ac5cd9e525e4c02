import type { Tested } from "./group-moments.ts";

/** What a test says of units none of which has a statistic. */
export function noAnswers(units: number): Tested {
  const none = () => new Float64Array(units).fill(Number.NaN);
  return { statistic: none(), logP: new Float64Array(units), etaSquared: none(), omegaSquared: none() };
}
