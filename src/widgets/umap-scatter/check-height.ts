import { ComputeError } from "../../compute/errors.ts";
import { isNumericSource, type NumericSource } from "../host/sources.ts";
import type { UmapScatterProps } from "./props.ts";

/** @throws {ComputeError} for a column that is not there, for another number of rows, and over a map that is not flat. */
export function checkHeight(
  height: number | NumericSource,
  { points, coords, nComponents }: Pick<UmapScatterProps, "points" | "coords" | "nComponents">,
): void {
  if (coords?.shape[1] === 3 || (points && nComponents === 3))
    throw new ComputeError(
      "input",
      "The map has three dimensions of its own, and no room for a height.",
      coords ? "Pass n × 2 coords." : "Map it in two (nComponents 2).",
    );
  const rows = (points ?? coords)?.shape[0] ?? 0;
  const count = (value: number) => value.toLocaleString("en-US");
  if (isNumericSource(height)) {
    const given = height.shape.reduce((product, length) => product * length, 1);
    if (rows > 0 && given !== rows)
      throw new ComputeError(
        "input",
        `${count(given)} heights for ${count(rows)} rows.`,
        "Pass one a row in height, or the number of a column.",
      );
    return;
  }
  if (points) checkColumn(height, "height", points);
  else if (coords)
    throw new ComputeError(
      "input",
      `height is column ${String(height)}, and there are no points, only their coordinates.`,
      "Pass a number a row instead.",
    );
}

/** @throws {ComputeError} for a column that is not there, and where no map of the others can be computed. */
export function checkExcluded(
  exclude: number,
  { points, coords, precomputedKNN }: Pick<UmapScatterProps, "points" | "coords" | "precomputedKNN">,
): void {
  if (coords)
    throw new ComputeError(
      "input",
      `exclude is column ${String(exclude)}, and there are no points, only their coordinates.`,
      "Pass points.",
    );
  // A saved picture of a map stands without them.
  if (!points) return;
  checkColumn(exclude, "exclude", points);
  if (points.shape[1] === 1)
    throw new ComputeError("input", "Without their only column there is nothing to tell rows apart by.");
  if (precomputedKNN)
    throw new ComputeError(
      "input",
      "The neighbours that are known were found with all columns.",
      "Leave out precomputedKNN, or exclude.",
    );
}

/** @throws {ComputeError} for a column that is not there; of activations, whose width is known once they are read, then. */
export function checkColumn(column: unknown, name: string, points: NumericSource): void {
  const columns = points.shape[1] || Number.POSITIVE_INFINITY;
  if (typeof column !== "number" || !Number.isInteger(column) || column < 0 || column >= columns)
    throw new ComputeError(
      "input",
      `${name}: there is no column ${String(column)} in ${columns.toLocaleString("en-US")} columns.`,
      `Columns are 0 to ${(columns - 1).toLocaleString("en-US")}.`,
    );
}
