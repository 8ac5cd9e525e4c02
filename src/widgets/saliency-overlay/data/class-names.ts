import { ComputeError } from "../../../compute/errors.ts";
import { nearestNames } from "../../../compute/model/layers/nearest-names.ts";

/** What a class is called; its number stands for it where classes have no names. */
export function className(names: readonly string[] | null, classIdx: number): string {
  return names?.[classIdx] ?? `class ${classIdx}`;
}

/**
 * A class's number. Whether the model has so many is known when it is asked.
 *
 * @throws {ComputeError} "input" for a name that no class has.
 */
export function classNumber(asked: number | string, names: readonly string[] | null): number {
  if (typeof asked === "number") return asked;
  const at = names?.indexOf(asked) ?? -1;
  if (at >= 0) return at;
  if (!names)
    throw new ComputeError(
      "input",
      `There is no class "${asked}": the model's classes have no names.`,
      "Pass the class's number, or the model with its classes' names.",
    );
  const near = nearestNames(asked, names);
  throw new ComputeError(
    "input",
    `There is no class "${asked}".`,
    near.length > 0
      ? `Did you mean ${near.map((name) => `"${name}"`).join(" or ")}?`
      : `There are ${names.slice(0, MOST_NAMED).join(", ")}${names.length > MOST_NAMED ? " and others" : ""}.`,
  );
}

/** More names would not be read. */
const MOST_NAMED = 12;
