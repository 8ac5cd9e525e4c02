import { countRows, type RowMask } from "../../../compute/selection/row-mask.ts";
import { formatCount, formatCounted } from "../../theme/numbers.ts";
import type { MosaicSession } from "../session.ts";

/** "20,000 tiles, 50 × 46, 214 in focus": how many there are, the cells that they lie in, and why others are faded. */
export function mosaicSubtitle({ count, tiles, looks }: MosaicSession): string {
  if (count === 0) return "";
  return `${formatCounted(count, "tile")}${tiles ? `, ${cellsOf(tiles.grid)}` : ""}${focusOf(looks.focus)}`;
}

/** "Mosaic of 20,000 tiles in 50 × 46 cells, 2 classes, 214 selected": the picture for those who don't see it. */
export function mosaicLabel({ count, tiles, data, rows, looks }: MosaicSession): string {
  const cells = tiles ? ` in ${cellsOf(tiles.grid)} cells` : "";
  const classes = data.coloring?.kind === "categories" ? `, ${countClasses(data.coloring.names.length)}` : "";
  const chosen = rows.selected ? `, ${formatCount(countRows(rows.selected))} selected` : "";
  return `Mosaic of ${formatCounted(count, "tile")}${cells}${classes}${chosen}${focusOf(looks.focus)}`;
}

const cellsOf = ({ columns, rows }: { readonly columns: number; readonly rows: number }) =>
  `${formatCount(columns)} × ${formatCount(rows)}`;

const focusOf = (focus: RowMask | null) => (focus ? `, ${formatCount(countRows(focus))} in focus` : "");

const countClasses = (classes: number) => formatCounted(classes, "class", "classes");
