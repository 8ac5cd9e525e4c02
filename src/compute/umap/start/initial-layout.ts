import { randomAt } from "../../random.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { FuzzyGraph } from "../graph/fuzzy-graph.ts";
import { findPieces } from "../graph/pieces.ts";
import type { UmapOptions } from "../options.ts";
import { spectralLayout } from "./spectral-layout.ts";

const EXTENT = 10;
/** So that equal rows don't start in the same place, where nothing would part them. */
const NOISE = 1e-4;

/**
 * Where the rows stand before the first round, `rows * nComponents` numbers: centred, its largest coordinate 10, with a
 * little seeded noise. ("random" is uniform in -10 .. 10.)
 *
 * @param scores Principal components of the rows.
 * @returns The layout, and whether it is what was asked for in full ("spectral" may end before it has settled).
 */
export async function initialLayout(
  { init, nComponents, seed }: UmapOptions,
  scores: Float32Array<ArrayBuffer>,
  graph: FuzzyGraph,
  pace: Pace,
): Promise<{ readonly positions: Float32Array<ArrayBuffer>; readonly settled: boolean }> {
  if (init === "random")
    return { positions: Float32Array.from(scores, (_, place) => EXTENT * randomAt(seed, place)), settled: true };
  if (init !== "spectral")
    return { positions: spreadOut(init === "pca" ? scores : init, nComponents, seed), settled: true };
  const { positions, settled } = await spectralLayout(
    graph,
    findPieces(graph),
    spreadOut(scores, nComponents, seed),
    nComponents,
    pace,
  );
  return { positions: spreadOut(positions, nComponents, seed), settled };
}

/** Centre, scale to +-10 and add the noise. */
export function spreadOut(layout: Float32Array, nComponents: number, seed: number): Float32Array<ArrayBuffer> {
  const rows = layout.length / nComponents;
  const centre = new Float64Array(nComponents);
  for (let place = 0; place < layout.length; place++) {
    const axis = place % nComponents;
    centre[axis] = (centre[axis] ?? 0) + (layout[place] ?? 0) / rows;
  }
  let largest = 0;
  for (let place = 0; place < layout.length; place++)
    largest = Math.max(largest, Math.abs((layout[place] ?? 0) - (centre[place % nComponents] ?? 0)));
  const scale = largest > 0 ? EXTENT / largest : 0;
  const spread = new Float32Array(layout.length);
  for (let place = 0; place < layout.length; place++)
    spread[place] = ((layout[place] ?? 0) - (centre[place % nComponents] ?? 0)) * scale + NOISE * randomAt(seed, place);
  return spread;
}
