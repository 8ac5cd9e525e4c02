import type { LinkedRows } from "../link/linked-rows.ts";
import type { LinkedUnit } from "../link/linked-unit.ts";
import { numbersOf } from "./coloring.ts";
import type { Loan, RowData } from "./row-data.ts";

/** What a unit lends to the rows that it is of: the scale of its values under its name. */
export function unitLoan({ name, values }: LinkedUnit): Loan {
  return { coloring: numbersOf(values), name, title: name };
}

/**
 * Colour rows by the unit that linked widgets show, for as long as they show one of as many rows.
 *
 * @returns What is to be called when the rows are others.
 */
export function followUnit(rows: LinkedRows, data: RowData, signal: AbortSignal): () => void {
  const show = (): void => {
    const { unit } = rows;
    data.borrow(unit && unit.values.length === rows.count ? unitLoan(unit) : null);
  };
  rows.listen("unit", show, signal);
  show();
  return show;
}
