import { countRows, type RowMask, sameMask } from "../../compute/selection/row-mask.ts";
import { LINK_REMEDY, type LinkedRows } from "../link/linked-rows.ts";
import { formatCount } from "../theme/numbers.ts";

/** "90 of 1,797 selected, 214 here": how many rows are shown as selected, and how many of them were selected here. */
export function selectionSentence({ count, own }: LinkedRows, selected: RowMask): string {
  const shown = `${formatCount(countRows(selected))} of ${formatCount(count)} selected`;
  if (sameMask(own, selected)) return shown;
  return `${shown}, ${own ? formatCount(countRows(own)) : "none"} here`;
}

/** That a linked widget is over other rows, so that the two can't follow each other; empty where none is. */
export function misfitSentence({ count, otherCount }: LinkedRows): string {
  if (otherCount === null) return "";
  const rows = `${formatCount(otherCount)} rows, this one ${formatCount(count)}`;
  return `A linked widget has ${rows}: they can't follow each other. ${LINK_REMEDY}`;
}
