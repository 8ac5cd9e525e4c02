import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { quantile } from "../../quantile.ts";
import { readColumns } from "../sums/read-columns.ts";
import type { RowCells } from "../sums/row-cells.ts";

/** cells × units: the middle value, or the mean of the two in the middle; of no meaning where a value is not finite. */
export async function slideMedians(
  values: Matrix,
  { rows, starts, groups }: RowCells,
  job: Job,
): Promise<Float64Array<ArrayBuffer>> {
  const units = values.columns;
  const medians = new Float64Array(groups.length * units);
  const column = new Float64Array(rows.length);
  await readColumns(
    values,
    rows,
    (read, unit) => {
      column.set(read);
      for (let cell = 0; cell < groups.length; cell++)
        medians[cell * units + unit] = quantile(column.subarray(starts[cell], starts[cell + 1]), 0.5);
    },
    "Finding medians",
    job,
  );
  return medians;
}
