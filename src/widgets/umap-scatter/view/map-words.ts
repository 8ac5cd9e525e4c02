import { countRows } from "../../../compute/selection/row-mask.ts";
import { formatCount } from "../../theme/numbers.ts";
import type { ScatterSession } from "../session.ts";

/** "1,797 rows × 64, seed 42": what is on show, not what was asked for; a run that failed leaves the picture before it. */
export function mapSubtitle({ layout, props, count }: ScatterSession): string {
  if (count === 0) return "";
  const origin = layout?.origin;
  const known = origin?.kind === "umap" ? origin.columns : props.points?.shape[1];
  // Not told of activations that nobody has read yet.
  const columns = known === 0 ? undefined : known;
  const exclude = origin?.kind === "umap" ? origin.exclude : null;
  const less = typeof exclude === "number" ? `, without column ${exclude}` : "";
  const size = columns === undefined ? "" : ` × ${formatCount(columns)}${less}`;
  const seed = origin?.kind === "umap" ? origin.options.seed : props.seed;
  const source = origin?.kind === "coords" ? ", coordinates given" : known === undefined ? "" : `, seed ${seed}`;
  return `${formatCount(count)} rows${size}${source}`;
}

/**
 * "UMAP of 1,797 rows in 10 classes, 214 selected", "UMAP of 1,797 rows, coloured by unit 3, with unit 3 as height": the
 * picture in a sentence, for those who don't see it.
 */
export function mapLabel({ layout, props, count, data, rows, unit }: ScatterSession): string {
  const what = layout?.preview ? "PCA" : props.points ? "UMAP" : "Map";
  const classes = data.coloring?.kind === "categories" ? ` in ${formatCount(data.coloring.names.length)} classes` : "";
  const chosen = rows.selected ? `, ${formatCount(countRows(rows.selected))} selected` : "";
  const lent = data.shownLoan ? `, coloured by ${data.shownLoan.name}` : "";
  const raised = unit.isRaised && unit.shown ? `, with ${unit.shown.name} as height` : "";
  return `${what} of ${formatCount(count)} rows${classes}${lent}${raised}${chosen}`;
}
