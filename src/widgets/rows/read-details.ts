import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import type { RowInputs } from "./row-inputs.ts";

/** Numbers of a column that the tooltip shows. */
export interface ValueColumn {
  readonly name: string;
  readonly values: Float32Array<ArrayBuffer>;
}

/** What is said of a single row beside its class and its picture. */
export interface Details {
  readonly names: readonly string[] | null;
  readonly columns: readonly ValueColumn[];
}

/** @throws {ComputeError} when names or values are not one a row. */
export async function readDetails({ names, values }: RowInputs, rows: number, job: Job): Promise<Details> {
  const [texts, columns] = await Promise.all([
    names ? names.read(job) : null,
    Promise.all(
      (values?.columns ?? []).map(async (column) => ({
        name: column.name,
        values: new Float32Array(await column.values.read(job)),
      })),
    ),
  ]);
  if (texts) checkLength(texts.length, rows, "names");
  for (const column of columns) checkLength(column.values.length, rows, `values of ${column.name}`);
  return { names: texts, columns };
}

function checkLength(length: number, rows: number, what: string): void {
  if (length === rows) return;
  const count = (value: number) => value.toLocaleString("en-US");
  throw new ComputeError("input", `${count(length)} ${what} for ${count(rows)} rows.`, `Pass one a row in ${what}.`);
}
