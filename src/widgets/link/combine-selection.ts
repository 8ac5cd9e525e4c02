import { countRows, emptyMask, type RowMask, subtractMask, unionMask } from "../../compute/selection/row-mask.ts";

/** The selection after a gesture over `mask`; null when nothing is left in it. */
export function combineSelection(
  before: RowMask | null,
  mask: RowMask,
  mode: "replace" | "add" | "subtract",
): RowMask | null {
  const base = before ?? emptyMask(mask.length * 8);
  const after = mode === "add" ? unionMask(base, mask) : mode === "subtract" ? subtractMask(base, mask) : mask;
  return countRows(after) > 0 ? after : null;
}
