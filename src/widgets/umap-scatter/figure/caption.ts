import { version } from "../../../version.ts";
import type { Layout } from "../../map/layout.ts";

export interface CaptionParts {
  readonly rows: number;
  /** What is on show; null while there is nothing. */
  readonly layout: Layout | null;
  /** What the points are coloured by: "labels", "color"; null for density. */
  readonly coloredBy: string | null;
  readonly selected: number;
}

/** The sentence that goes under a figure and into every file: all that is needed to compute the map again. */
export function caption({ rows, layout, coloredBy, selected }: CaptionParts): string {
  const color = coloredBy === null ? "" : `, coloured by ${coloredBy}`;
  const selection = selected > 0 ? `; ${count(selected)} selected rows in colour, others grey` : "";
  if (layout?.origin.kind === "saved" && layout.origin.caption) return layout.origin.caption;
  return `${whatIsShown(rows, layout)}${color}${selection}.`;
}

const count = (value: number) => value.toLocaleString("en-US");

function whatIsShown(rows: number, layout: Layout | null): string {
  const origin = layout?.origin;
  if (origin?.kind !== "umap") {
    const source = origin?.kind === "coords" ? "coordinates given" : "saved picture";
    return `Map of ${count(rows)} rows (${source}, layerscope ${version})`;
  }
  const { options, columns, epochs, backend, added } = origin;
  if (layout?.preview) return `PCA of ${count(rows)} rows × ${count(columns)} (layerscope ${version})`;
  const start =
    typeof options.init === "string" ? { pca: "PCA", spectral: "spectral", random: "random" }[options.init] : "given";
  const { nNeighbors, minDist, metric, seed } = options;
  const how = `n_neighbors ${nNeighbors}, min_dist ${minDist}, ${metric}, ${start} start`;
  const run = `${count(epochs)} epochs, seed ${seed}, ${backend}, layerscope ${version}`;
  const later = added > 0 ? `, the last ${count(added)} added to the map of the others` : "";
  return `UMAP of ${count(rows)} rows × ${count(columns)}${later} (${how}, ${run})`;
}
