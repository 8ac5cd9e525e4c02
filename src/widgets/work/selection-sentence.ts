import { countRows, type RowMask, sameMask } from "../../compute/selection/row-mask.ts";
import type { LinkedRows } from "../link/linked-rows.ts";
import { formatCount } from "../theme/numbers.ts";

/** "90 of 1,797 selected, 214 here": how many rows are shown as selected, and how many of them were selected here. */
export function selectionSentence({ count, own }: LinkedRows, selected: RowMask): string {
  const shown = `${formatCount(countRows(selected))} of ${formatCount(count)} selected`;
  if (sameMask(own, selected)) return shown;
  return `${shown}, ${own ? formatCount(countRows(own)) : "none"} here`;
}
