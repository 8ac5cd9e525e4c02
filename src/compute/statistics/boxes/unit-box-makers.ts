import type { GroupedRows } from "../grouped-rows.ts";
import { UnitBoxMaker } from "./unit-box-maker.ts";

/** One maker for each data set, for as long as somebody keeps the data set. */
export class UnitBoxMakers {
  readonly #makers = new WeakMap<GroupedRows, UnitBoxMaker>();

  of(rows: GroupedRows): UnitBoxMaker {
    const maker = this.#makers.get(rows) ?? new UnitBoxMaker(rows);
    this.#makers.set(rows, maker);
    return maker;
  }
}
