import { formatCount, formatCounted } from "../../theme/numbers.ts";
import type { CellOnShow } from "../plot/plot-options.ts";

/** "cell 31, 7", counted from the lower left corner; a part of one, where cells are split, is "in cell 31, 7". */
export function cellName({ x, y, level }: Pick<CellOnShow, "x" | "y" | "level">): string {
  const base = `cell ${formatCount(x >> level)}, ${formatCount(y >> level)}`;
  return level > 0 ? `in ${base}` : base;
}

/** "43 tiles in this cell". */
export function cellSize({ level, rows }: Pick<CellOnShow, "level" | "rows">): string {
  return `${formatCounted(rows.length, "tile")} ${level > 0 ? "here" : "in this cell"}`;
}
