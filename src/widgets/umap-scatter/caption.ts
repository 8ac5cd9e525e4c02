import type { UmapOptions } from "../../compute/umap/options.ts";
import { version } from "../../version.ts";

export interface CaptionParts {
  readonly rows: number;
  /** Columns of the data; null where coordinates were given. */
  readonly columns: number | null;
  readonly options: UmapOptions;
  /** Rounds really done. */
  readonly epochs: number;
  readonly backend: string;
  /** What the points are coloured by: "labels", a column's name; null for density. */
  readonly coloredBy: string | null;
  readonly selected: number;
}

/** The sentence that goes under a figure and into every file: all that is needed to compute the map again. */
export function caption(parts: CaptionParts): string {
  const { rows, columns, options, epochs, backend, coloredBy, selected } = parts;
  const count = (value: number) => value.toLocaleString("en-US");
  const init =
    typeof options.init === "string" ? { pca: "PCA", spectral: "spectral", random: "random" }[options.init] : "given";
  const what =
    columns === null
      ? `Map of ${count(rows)} rows (coordinates given, layerscope ${version})`
      : `UMAP of ${count(rows)} rows × ${count(columns)} (n_neighbors ${options.nNeighbors}, min_dist ${options.minDist}, ` +
        `${options.metric}, ${init} start, ${count(epochs)} epochs, seed ${options.seed}, ${backend}, layerscope ${version})`;
  const color = coloredBy === null ? "" : `, coloured by ${coloredBy}`;
  const selection = selected > 0 ? `; ${count(selected)} selected rows in colour, others grey` : "";
  return `${what}${color}${selection}.`;
}
