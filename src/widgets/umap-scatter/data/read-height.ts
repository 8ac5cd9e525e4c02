import type { Job } from "../../../compute/job.ts";
import { isNumericSource, type NumericSource } from "../../host/sources.ts";
import type { LinkedUnit } from "../../link/linked-unit.ts";
import { checkColumn } from "../check-height.ts";

/**
 * The unit that a caller shows as height: a column of the points, or numbers of its own.
 *
 * @returns null where nothing is asked for, and where the points are not there of which it is a column.
 * @throws {ComputeError} for a column that is not there.
 */
export async function readHeight(
  height: number | NumericSource | null,
  points: NumericSource | null,
  job: Job,
): Promise<LinkedUnit | null> {
  if (isNumericSource(height)) {
    const read = await height.read(job);
    return { index: -1, name: "height", values: read instanceof Float32Array ? read : new Float32Array(read) };
  }
  if (height === null || !points) return null;
  const read = await points.read(job);
  checkColumn(height, "height", points);
  const [rows = 0, columns = 0] = points.shape;
  const values = new Float32Array(rows);
  for (let row = 0; row < rows; row++) values[row] = read[row * columns + height] ?? Number.NaN;
  return { index: height, name: `unit ${height}`, values };
}
