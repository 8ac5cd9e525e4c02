import type { UmapResult } from "../result.ts";

/** UMAP needs more neighbours than this many rows have. */
export const FEWEST_ROWS = 4;

const corners = [
  [[0, 0]],
  [
    [-1, 0],
    [1, 0],
  ],
  [
    [-1, -0.58],
    [1, -0.58],
    [0, 1.15],
  ],
] as const;

/** One, two or three rows: a point, a line, a triangle. */
export function placeFewRows(rows: number, nComponents: number): UmapResult {
  const positions = new Float32Array(rows * nComponents);
  for (const [row, [x, y]] of (corners[rows - 1] ?? []).entries()) {
    positions[row * nComponents] = x;
    positions[row * nComponents + 1] = y;
  }
  return {
    positions,
    rows,
    nComponents,
    neighbors: null,
    scores: null,
    epoch: 0,
    epochs: 0,
    pieces: rows,
    recall: 1,
    backend: "CPU",
    backendReason: "CPU: there is nothing to compute.",
    notices: [`${rows} ${rows === 1 ? "row" : "rows"}: drawn, not mapped. UMAP needs ${FEWEST_ROWS}.`],
    seconds: {},
  };
}
