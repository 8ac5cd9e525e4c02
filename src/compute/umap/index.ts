export { umapMemory } from "./memory.ts";
export { umap } from "./umap.ts";
export { validateUmapOptions } from "./validate-options.ts";
