import type { Preprocessing } from "./preprocessing.ts";
import type { ProposedPreprocessing } from "./propose-preprocessing.ts";

type Name = keyof Preprocessing;

/** Values that are standardised are scaled by nothing else. */
const REPLACED: readonly Name[] = ["scale", "mean", "deviation"];

/**
 * What of a model's preparation is assumed still, in words that follow "Assumed: "; empty where nothing is.
 *
 * @param proposed As its file says, or not.
 * @param inForce Settings that differ from the proposed ones are no longer assumed.
 * @param declared Names of settings that somebody has vouched for, whatever their value.
 */
export function stillAssumed(
  proposed: ProposedPreprocessing,
  inForce: Preprocessing,
  declared: readonly string[] = [],
): string {
  // A table that an earlier version saved knows the words alone.
  const { preprocessing, assumed, assumedSettings = [], assumedFrom } = proposed;
  const isSaid = (name: Name): boolean =>
    declared.includes(name) ||
    JSON.stringify(preprocessing[name]) !== JSON.stringify(inForce[name]) ||
    (inForce.standardize !== null && REPLACED.includes(name));
  const left = assumedSettings.filter((name) => !isSaid(name));
  if (left.length === assumedSettings.length) return assumed;
  return left.map((name) => `${name} as ${assumedFrom}`).join(", ");
}
