import { ComputeError } from "../../../compute/errors.ts";

/**
 * The numbers of some units, each once, in the order given; "top": the best of the ranking. One number stands for itself.
 *
 * @param count Units that there are.
 * @throws {ComputeError} where one is not there, and where none is named.
 */
export function acceptUnits(given: unknown, count: number): "top" | readonly number[] {
  if (given === "top") return given;
  if (typeof given === "string")
    throw new ComputeError("input", `Unknown units: "${given}".`, 'Pass "top" or unit numbers.');
  const several = isIterable(given) ? [...given] : [given];
  const units = [...new Set(several.map((unit) => acceptUnit(unit, count)))];
  if (units.length === 0) throw new ComputeError("input", "No unit is named.", 'Pass unit numbers, or "top".');
  return units;
}

/** @throws {ComputeError} where it is no number of a unit. */
export function acceptUnit(given: unknown, count: number): number {
  const known = `Units are 0 to ${(count - 1).toLocaleString("en-US")}.`;
  if (typeof given !== "number")
    throw new ComputeError("input", `A unit is a number, not ${JSON.stringify(given) ?? String(given)}.`, known);
  if (Number.isInteger(given) && given >= 0 && given < count) return given;
  throw new ComputeError("input", `There is no unit ${given} in ${count.toLocaleString("en-US")} units.`, known);
}

function isIterable(given: unknown): given is Iterable<unknown> {
  return typeof given === "object" && given !== null && Symbol.iterator in given;
}
