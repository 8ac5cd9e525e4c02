import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import type { RowMask } from "../../../compute/selection/row-mask.ts";
import type { NumericSource } from "../../host/sources.ts";
import { formatCount } from "../../theme/numbers.ts";

/**
 * Rows in focus, a bit each; null where all are.
 *
 * @throws {ComputeError} "input" when there is not one bit a row.
 */
export async function readFocus(focus: NumericSource | null, rows: number, job: Job): Promise<RowMask | null> {
  if (!focus) return null;
  const mask = Uint8Array.from(await focus.read(job));
  const bytes = (rows + 7) >> 3;
  if (mask.length !== bytes)
    throw new ComputeError(
      "input",
      `The focus is a mask of ${formatCount(mask.length)} bytes; ${formatCount(rows)} tiles need ${formatCount(bytes)}.`,
      "Pass the numbers of the tiles, or one value a tile.",
    );
  return mask;
}
