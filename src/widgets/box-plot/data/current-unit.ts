import { ComputeError } from "../../../compute/errors.ts";
import type { LinkedRows } from "../../link/linked-rows.ts";
import { Latest } from "../../rows/latest.ts";
import type { WorkStatus } from "../../work/work-status.ts";
import type { ReadUnits } from "./read-units.ts";
import { unitName } from "./unit-name.ts";
import type { UnitWorker } from "./unit-worker.ts";

interface UnitHolder {
  readonly rows: LinkedRows;
  readonly work: WorkStatus;
  readonly worker: UnitWorker | null;
  readonly read: ReadUnits | null;
}

/** The unit that the widget and all that are linked with it look at: they are shown its values. */
export class CurrentUnit {
  /** -1: none. */
  unit = -1;
  /** What is to be the current one as soon as the units are ranked; null: none. */
  wanted: number | null = null;
  readonly #latest = new Latest();

  constructor(
    private readonly holder: UnitHolder,
    private readonly changed: () => void,
    private readonly signal: AbortSignal,
  ) {
    holder.rows.listen("unit", (source) => source !== holder.rows.id && this.#follow(), signal);
  }

  /** Make it the current one, or none (null), as soon as it can be. */
  ask(unit: number | null): void {
    this.wanted = this.holder.read ? null : unit;
    if (this.holder.read) void this.show(unit ?? -1);
  }

  /** The units are ranked: what is wanted comes on show, unless another one is. */
  showWanted(): void {
    if (this.wanted !== null && this.unit < 0) void this.show(this.wanted);
    this.wanted = null;
  }

  /** Make it the current one; -1: none is. It is here at once, and in the others when its values are there. */
  async show(unit: number): Promise<void> {
    if (unit === this.unit) return;
    this.unit = unit;
    this.changed();
    const { rows, worker, read, work } = this.holder;
    this.#latest.drop();
    if (unit < 0 || !worker || !read) {
      rows.showUnit(null);
      return;
    }
    const name = unitName(unit, read.unitNames);
    try {
      await this.#latest.take(worker.ask("unitColumn", { unit }, { signal: this.signal }), (values) =>
        rows.showUnit({ index: unit, name, values }),
      );
    } catch (thrown) {
      if (!this.signal.aborted) work.failed("details", ComputeError.from(thrown));
    }
  }

  /** The units are there: others may show one of them already, or have waited for the values of the current one. */
  meet(): void {
    const { unit } = this;
    if (unit < 0) this.#follow();
    else if (!this.holder.rows.unit) {
      this.unit = -1;
      void this.show(unit);
    }
  }

  /** Another widget shows a unit, or no longer. */
  #follow(): void {
    const { rows, read, worker } = this.holder;
    // The unit of a saved picture is its own: it has no values that others might show.
    if (!rows.unit && !worker) return;
    const index = rows.unit?.index ?? -1;
    const unit = read && index < read.rows.values.columns ? index : -1;
    if (unit === this.unit) return;
    this.#latest.drop();
    this.unit = unit;
    this.changed();
  }
}
