export { umapMemory } from "./memory.ts";
export { type Prepared, relayout } from "./relayout.ts";
export { umap } from "./umap.ts";
export { validateUmapOptions } from "./validate-options.ts";
