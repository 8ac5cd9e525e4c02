import type { UnitBoxes, UnitGroup } from "../../../compute/statistics/boxes/unit-boxes.ts";
import { formatCount, formatCounted, formatNumber } from "../../theme/numbers.ts";
import type { GroupLook, PanelWords } from "./plot-options.ts";

/** What stands in a panel without any value. */
export const NO_VALUES = "No values";

/** Whether a panel has anything to draw. */
export function hasValues({ groups, selection }: UnitBoxes): boolean {
  return groups.some(({ box }) => box.n > 0) || (selection !== null && selection.box.n > 0);
}

/** What stands beside a panel's title where there is one line for all of it. */
export function panelSubtitle({ subtitle }: PanelWords, boxes: UnitBoxes): string {
  return [subtitle, outlierNote(boxes)].filter(Boolean).join(" · ");
}

/** The same as `outlierWords` where there is little room: "600 of 1,204 outliers". */
export function outlierNote(boxes: UnitBoxes): string {
  return outlierWords(boxes).replace(" drawn", "");
}

/** One sentence that says what a panel shows: "unit 3, η² 0.71, q 0.004: median 0.12 in a, 0.31 in b". */
export function panelLabel(boxes: UnitBoxes, { title, subtitle }: PanelWords, looks: readonly GroupLook[]): string {
  if (!hasValues(boxes)) return `${[title, subtitle].filter(Boolean).join(", ")}: no values`;
  const { groups, selection } = boxes;
  const parts = groups.map((group, index) => `${medianOf(group)} in ${looks[index]?.name ?? ""}`);
  if (selection) parts.push(`${medianOf(selection)} in the selection`);
  return `${[title, subtitle, outlierWords(boxes)].filter(Boolean).join(", ")}: median ${parts.join(", ")}`;
}

/** One box in words: "benign: median 0.31, quartiles 0.2 and 0.4, n 204". */
export function groupLabel({ box }: UnitGroup, name: string): string {
  if (box.n === 0) return `${name}: no values`;
  const [q1, median, q3] = [box.q1, box.median, box.q3].map(formatNumber);
  return `${name}: median ${median}, quartiles ${q1} and ${q3}, n ${formatCount(box.n)}`;
}

/** "600 of 1,204 outliers drawn" where not all of them are drawn, else nothing. */
export function outlierWords({ groups, selection }: UnitBoxes): string {
  const boxes = [...groups, ...(selection ? [selection] : [])].map(({ box }) => box);
  const drawn = boxes.reduce((sum, { outliers }) => sum + outliers.length, 0);
  const all = boxes.reduce((sum, { outlierCount }) => sum + outlierCount, 0);
  return drawn < all ? `${formatCount(drawn)} of ${formatCounted(all, "outlier")} drawn` : "";
}

const medianOf = ({ box }: UnitGroup): string => (box.n === 0 ? "none" : formatNumber(box.median));
