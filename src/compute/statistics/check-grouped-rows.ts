import { ComputeError } from "../errors.ts";
import type { RowMask } from "../selection/row-mask.ts";
import type { GroupedRows, Grouping } from "./grouped-rows.ts";

/** @throws {ComputeError} "input" where lengths or codes don't fit the rows. */
export function checkGroupedRows({ values: { data, rows, columns }, groups, slides }: GroupedRows): void {
  if (rows < 1 || columns < 1)
    throw new ComputeError("input", `values: expected rows and columns, got ${rows} × ${columns}`);
  if (data.length !== rows * columns)
    throw new ComputeError("input", `values: expected ${rows} × ${columns} numbers, got ${data.length}`);
  checkGrouping("labels", groups, rows);
  if (slides) checkGrouping("slides", slides, rows);
}

/** @throws {ComputeError} "input" where the mask is of another number of rows: kernels read and write as far as it goes. */
export function checkMask(mask: RowMask, { values: { rows } }: GroupedRows): void {
  if (mask.length === (rows + 7) >> 3) return;
  const count = (value: number) => value.toLocaleString("en-US");
  throw new ComputeError(
    "input",
    `The selection is of some ${count(8 * mask.length)} rows, and there are ${count(rows)}.`,
    "Link widgets over the same rows.",
  );
}

function checkGrouping(name: string, { codes, count }: Grouping, rows: number): void {
  if (codes.length !== rows) throw new ComputeError("input", `${name}: expected ${rows}, got ${codes.length}`);
  const wrong = codes.find((code) => code < -1 || code >= count);
  if (wrong !== undefined)
    throw new ComputeError("input", `${name}: expected numbers from -1 to ${count - 1}, got ${wrong}`);
}
