import { countRows } from "../../../compute/selection/row-mask.ts";
import { formatCount, formatCounted } from "../../theme/numbers.ts";
import type { BoxPlotSession } from "../session.ts";

/** "64 units, 3 classes, 6 slides". */
export function boxSubtitle({ read }: BoxPlotSession): string {
  if (!read) return "";
  const { rows, classes, slides } = read;
  const parts = [
    formatCounted(rows.values.columns, "unit"),
    formatCounted(classes.names.length, "class", "classes"),
    ...(slides ? [formatCounted(slides.names.length, "slide")] : []),
  ];
  return parts.join(", ");
}

/** "Box plots of 6 of 64 units in 3 classes, 214 rows selected": the picture for those who don't see it. */
export function boxLabel({ read, panels, rows }: BoxPlotSession): string {
  if (!read) return "Box plots";
  const units = `${formatCount(panels.boxes.length)} of ${formatCounted(read.rows.values.columns, "unit")}`;
  const chosen = rows.selected ? `, ${formatCounted(countRows(rows.selected), "row")} selected` : "";
  return `Box plots of ${units} in ${formatCounted(read.classes.names.length, "class", "classes")}${chosen}`;
}
