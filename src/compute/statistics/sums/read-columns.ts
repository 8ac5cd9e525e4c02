import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { Pace } from "../../runtime/pace.ts";

/** So many units are read at once: what a processor fetches of a row in one go. */
const STRIP = 16;

/** Show each unit's values of the given rows, in the order of the rows; the array is the same for every sixteenth unit. */
export async function readColumns(
  { data, columns }: Matrix,
  rows: Int32Array,
  take: (column: Float32Array<ArrayBuffer>, unit: number) => void,
  stage: string,
  { signal, onProgress }: Job = {},
): Promise<void> {
  const pace = new Pace(signal);
  await pace.check();
  const strip = Array.from({ length: Math.min(STRIP, columns) }, () => new Float32Array(rows.length));
  for (let first = 0; first < columns; first += STRIP) {
    const count = Math.min(STRIP, columns - first);
    for (let place = 0; place < rows.length; place++) {
      const start = (rows[place] ?? 0) * columns + first;
      for (let unit = 0; unit < count; unit++) {
        const column = strip[unit];
        if (column) column[place] = data[start + unit] ?? 0;
      }
    }
    for (let unit = 0; unit < count; unit++) {
      const column = strip[unit];
      if (column) take(column, first + unit);
      if (!pace.isDue) continue;
      onProgress?.({ stage, done: first + unit + 1, total: columns, unit: "units" });
      await pace.check();
    }
  }
}

/** One unit's values, one a row. */
export function readColumn({ data, rows, columns }: Matrix, unit: number): Float32Array<ArrayBuffer> {
  const column = new Float32Array(rows);
  for (let row = 0; row < rows; row++) column[row] = data[row * columns + unit] ?? 0;
  return column;
}
