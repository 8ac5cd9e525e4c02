// 5,000 x 256 clustered rows to a map on one core, against umap-js, embedding-atlas, umap-learn and fastumap.
import { raceMaps } from "./race-maps.ts";

await raceMaps("umap-5k", 5_000);
