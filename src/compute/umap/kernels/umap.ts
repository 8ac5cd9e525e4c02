// Everything that UMAP computes in WebAssembly. Memory is laid out by the caller: each function gets addresses.
// Plain 128-bit SIMD without relaxed operations and without the host's mathematics: the same bits on every machine.
export { measureRows, normaliseRows } from "./rows";
export { compareByAbsolutes, compareByProducts, compareBySquares, packPanel, packStrips } from "./neighbors";
export { rankCandidates } from "./candidates";
export { countNearer, keepNearest, measurePairs, rankQuery } from "./pairs";
export { smoothQuery, smoothRows } from "./smooth";
export { projectRows } from "./projection";
export { prepareLayout, settleFlat, settleSolid } from "./layout";
