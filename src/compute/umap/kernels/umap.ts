// Everything that UMAP computes in WebAssembly. Memory is laid out by the caller: each function gets addresses.
// Plain 128-bit SIMD without relaxed operations and without the host's mathematics: the same bits on every machine.
export { normaliseRows } from "./rows";
export { compareByAbsolutes, compareBySquares, packPanel, packStrips } from "./neighbors";
export { rankCandidates } from "./candidates";
export {
  chooseCandidates, countFresh, fillLists, freshenLists, growTree, joinCandidates, rankLists, takeCandidates,
} from "./descent";
export { countNearer, keepNearest, measurePairs, rankQuery } from "./pairs";
export { countBack, sortLists, sumStarts, turnBack, uniteRows } from "./graph";
export { smoothQuery, smoothRows } from "./smooth";
export { projectOnto, projectRows } from "./projection";
export { addTurnedSquares, measureLengths, quantiseRows } from "./quantise";
export { measureHalves, packQuantised } from "./tiles";
export { compareQuantised, uniteLists } from "./quantised";
export { rankQuantised, searchFarRows, searchRows } from "./exact-rows";
export {
  listDue, moveListedFlat, moveListedSolid, prepareLayout, settleFlat, settleNamedFlat, settleNamedSolid, settleSolid,
} from "./layout";
