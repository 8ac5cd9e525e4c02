import type { LinkedUnit } from "../link/linked-unit.ts";
import { numbersOf } from "../rows/coloring.ts";
import { unitLoan } from "../rows/follow-unit.ts";
import type { Loan } from "../rows/row-data.ts";
import type { ScatterSession } from "./session.ts";

/** What colours a map in place of what the caller asked for: its quality, asked for last, or a unit. */
export class MapColors {
  #byQuality: Loan | null = null;
  #byUnit: Loan | null = null;
  #unit: LinkedUnit | null = null;

  constructor(readonly session: ScatterSession) {}

  get isByQuality(): boolean {
    return this.#byQuality !== null && this.session.data.shownLoan === this.#byQuality;
  }

  /** Colour each row by the share of its neighbours that the map has kept, or as before. */
  showQuality(on: boolean): void {
    const { result } = this.session.quality;
    const coloring = on && result ? numbersOf(result.perRow) : null;
    this.#byQuality = coloring && { coloring, name: "neighbours kept", title: "Neighbours kept" };
    this.#lend();
    this.session.data.putLoanAside(false);
  }

  /** Colour by the unit on show, if there is one. */
  showUnit(): void {
    const unit = this.session.unit.shown;
    if (unit === this.#unit) return;
    this.#unit = unit;
    this.#byUnit = unit && unitLoan(unit);
    if (unit) this.#byQuality = null;
    this.#lend();
  }

  /** Other rows, or another map: what was measured is not of it. */
  forgetQuality(): void {
    if (!this.#byQuality) return;
    this.#byQuality = null;
    this.#lend();
  }

  #lend(): void {
    this.session.data.borrow(this.#byQuality ?? this.#byUnit);
  }
}
