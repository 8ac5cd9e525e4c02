import { ComputeError } from "../errors.ts";
import type { Matrix } from "../matrix.ts";
import type { Pace } from "../runtime/pace.ts";

/** What one reading of all the numbers tells. */
export interface PointsSummary {
  /** Mean of each column. */
  readonly means: Float64Array;
  /**
   * A power of two that brings the numbers to where squares neither overflow nor vanish in single precision;
   * 1 for all but extreme data. Multiplying by it changes no digit.
   */
  readonly scale: number;
}

const CHUNK = 1 << 16;

/** Read all numbers once; throws an "input" error that names the first one that is not finite. */
export async function validatePoints(points: Matrix, pace: Pace): Promise<PointsSummary> {
  const { data, rows, columns } = points;
  if (rows < 1 || columns < 1)
    throw new ComputeError("input", `points: expected rows and columns, got ${rows} × ${columns}`);
  if (data.length !== rows * columns)
    throw new ComputeError("input", `points: expected ${rows} × ${columns} numbers, got ${data.length}`);
  const means = new Float64Array(columns);
  let largest = 0;
  const chunk = Math.max(1, Math.floor(CHUNK / columns));
  for (let from = 0; from < rows; from += chunk) {
    const to = Math.min(rows, from + chunk);
    // One test for the whole chunk: what is not finite leaves NaN when it is taken from itself.
    let doubt = 0;
    for (let place = from * columns; place < to * columns; place += columns) {
      for (let column = 0; column < columns; column++) {
        const value = data[place + column] ?? 0;
        doubt += value - value;
        means[column] = (means[column] ?? 0) + value;
        largest = Math.max(largest, Math.abs(value));
      }
    }
    if (doubt !== 0) throw firstNotFinite(points, from);
    await pace.check();
  }
  const extreme = largest > 2 ** 30 || (largest > 0 && largest < 2 ** -30);
  const scale = extreme ? 2 ** -Math.max(-126, Math.floor(Math.log2(largest))) : 1;
  for (let column = 0; column < columns; column++) means[column] = ((means[column] ?? 0) / rows) * scale;
  return { means, scale };
}

/** @param from No row above it holds anything that is not finite. */
function firstNotFinite({ data, rows, columns }: Matrix, from: number): ComputeError {
  let place = from * columns;
  while (Number.isFinite(data[place])) place++;
  const row = Math.floor(place / columns);
  const column = place % columns;
  const name = Number.isNaN(data[row * columns + column]) ? "NaN" : "infinite";
  let bad = 0;
  for (let each = row; each < rows; each++)
    if (!data.subarray(each * columns, (each + 1) * columns).every(Number.isFinite)) bad++;
  const count = `${bad.toLocaleString("en-US")} ${bad === 1 ? "row" : "rows"} in all`;
  return new ComputeError("input", `Row ${row}, column ${column} is ${name} (${count}).`, "Remove or fill them.");
}
