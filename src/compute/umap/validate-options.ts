import { checkChoice, checkNumber, wrongOption } from "../option-checks.ts";
import type { UmapOptions } from "./options.ts";

const metrics = ["euclidean", "cosine", "correlation", "manhattan"];
const inits = ["pca", "spectral", "random"];
const backends = ["auto", "webgpu", "cpu"];
const searches = ["auto", "exact", "nn-descent"];
const engines = ["layerscope", "umap-js"];

/**
 * Throw an "input" error for an option that has no meaning, under umap-learn's name for it.
 *
 * @param rows Rows to map, where known: an `init` array must have a place for each.
 */
export function validateUmapOptions(options: UmapOptions, rows?: number): void {
  const { init, minDist, spread, nComponents } = options;
  checkChoice("metric", options.metric, metrics);
  checkChoice("engine", options.engine, engines);
  checkChoice("backend", options.backend, backends);
  checkChoice("neighbor_search", options.neighborSearch, searches);
  if (options.pca !== null) checkNumber("pca", options.pca, { integer: true, least: 2 });
  if (options.workers !== null) checkNumber("workers", options.workers, { integer: true, least: 1, most: 64 });
  if (typeof init === "string") checkChoice("init", init, inits, " or an array");
  checkNumber("n_neighbors", options.nNeighbors, { integer: true, least: 2 });
  if (nComponents !== 2 && nComponents !== 3) throw wrongOption("n_components", "2 or 3", nComponents);
  checkNumber("spread", spread, { above: 0 });
  checkNumber("min_dist", minDist, { least: 0 });
  if (minDist > spread) throw wrongOption("min_dist", `at most spread (${spread})`, minDist);
  if (options.nEpochs !== null) checkNumber("n_epochs", options.nEpochs, { integer: true, least: 0 });
  checkNumber("learning_rate", options.learningRate, { above: 0 });
  checkNumber("local_connectivity", options.localConnectivity, { least: 0 });
  checkNumber("set_op_mix_ratio", options.setOpMixRatio, { least: 0, most: 1 });
  checkNumber("repulsion_strength", options.repulsionStrength, { least: 0 });
  checkNumber("negative_sample_rate", options.negativeSampleRate, { integer: true, least: 0 });
  checkNumber("random_state", options.seed, { integer: true, least: 0, most: 2 ** 32 - 1 });
  if (typeof init !== "string") validateInit(init, nComponents, rows);
}

function validateInit(init: Float32Array, nComponents: number, rows: number | undefined): void {
  if (rows !== undefined && init.length !== rows * nComponents)
    throw wrongOption("init", `${rows} × ${nComponents} numbers`, init.length);
  const place = init.findIndex((value) => !Number.isFinite(value));
  if (place >= 0)
    throw wrongOption("init", "finite numbers", `${init[place]} in row ${Math.floor(place / nComponents)}`);
}
