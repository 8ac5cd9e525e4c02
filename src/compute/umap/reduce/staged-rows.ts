import type { Matrix } from "../../matrix.ts";
import type { Arena } from "../arena.ts";
import { paddedColumns } from "../memory.ts";
import type { Metric } from "../options.ts";

/**
 * Some rows at a time in a kernel's memory, for what needs all rows but not all at once: scaled, padded, and of length
 * 1 for angular metrics. A row of zeros then has a direction of its own in a spare column.
 */
export class StagedRows {
  readonly address: number;
  readonly width: number;
  readonly #angular: boolean;

  /** @param scale What the numbers are multiplied by. */
  constructor(
    readonly arena: Arena,
    readonly points: Matrix,
    readonly metric: Metric,
    readonly scale: number,
    readonly capacity: number,
  ) {
    this.width = paddedColumns(points.columns, metric);
    this.address = arena.allocate(capacity * this.width * 4);
    this.#angular = metric === "cosine" || metric === "correlation";
  }

  /** Put these rows, at most `capacity`, in the place of those before. */
  stage(rows: Iterable<number>): void {
    const { arena, address, width, points, scale } = this;
    const { data, columns } = points;
    const staged = arena.floats(address, this.capacity * width);
    let count = 0;
    for (const row of rows) {
      const to = count++ * width;
      for (let column = 0; column < columns; column++)
        staged[to + column] = (data[row * columns + column] ?? 0) * scale;
    }
    if (this.#angular)
      arena.kernels.normaliseRows(address, width, columns, 0, count, this.metric === "correlation" ? 1 : 0);
  }

  stageRange(from: number, to: number): void {
    this.stage(
      (function* () {
        for (let row = from; row < to; row++) yield row;
      })(),
    );
  }
}
