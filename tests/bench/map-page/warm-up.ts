/**
 * Before it is measured each contender maps a part of the same rows for a few rounds: what compiles (numba above all,
 * and the browser's WebAssembly) has compiled. So many rows take each peer's way for large data.
 */
export const WARM_UP = { rows: 4_200, epochs: 20 } as const;

/** Rounds of the layout for so many rows: umap-learn's default, asked of every contender. */
export function epochsFor(rows: number): number {
  return rows <= 10_000 ? 500 : 200;
}
