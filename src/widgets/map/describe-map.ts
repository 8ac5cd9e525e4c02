import { version } from "../../version.ts";
import { formatCount } from "../theme/numbers.ts";
import type { Layout } from "./layout.ts";

/** "UMAP of 1,797 rows × 64 (n_neighbors 15, ...)": how a map came about, with all that is needed to compute it again. */
export function describeMap(rows: number, layout: Layout | null): string {
  const origin = layout?.origin;
  if (origin?.kind !== "umap") {
    const source = origin?.kind === "coords" ? "coordinates given" : "saved picture";
    return `Map of ${formatCount(rows)} rows (${source}, layerscope ${version})`;
  }
  const { options, columns, exclude, epochs, backend, added } = origin;
  const less = typeof exclude === "number" ? ` without column ${exclude}` : "";
  const table = `${formatCount(rows)} rows × ${formatCount(columns)}${less}`;
  if (layout?.preview) return `PCA of ${table} (layerscope ${version})`;
  const start =
    typeof options.init === "string" ? { pca: "PCA", spectral: "spectral", random: "random" }[options.init] : "given";
  const { nNeighbors, minDist, metric, seed } = options;
  const how = `n_neighbors ${nNeighbors}, min_dist ${minDist}, ${metric}, ${start} start`;
  const run = `${formatCount(epochs)} epochs, seed ${seed}, ${backend}, layerscope ${version}`;
  const later = added > 0 ? `, the last ${formatCount(added)} added to the map of the others` : "";
  return `UMAP of ${table}${later} (${how}, ${run})`;
}
