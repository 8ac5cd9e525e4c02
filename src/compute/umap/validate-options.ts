import { ComputeError } from "../errors.ts";
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
  oneOf("metric", options.metric, metrics);
  oneOf("engine", options.engine, engines);
  oneOf("backend", options.backend, backends);
  oneOf("neighbor_search", options.neighborSearch, searches);
  if (options.pca !== null) number("pca", options.pca, { integer: true, least: 2 });
  if (options.workers !== null) number("workers", options.workers, { integer: true, least: 1, most: 64 });
  if (typeof init === "string") oneOf("init", init, inits, " or an array");
  number("n_neighbors", options.nNeighbors, { integer: true, least: 2 });
  if (nComponents !== 2 && nComponents !== 3) throw wrong("n_components", "2 or 3", nComponents);
  number("spread", spread, { above: 0 });
  number("min_dist", minDist, { least: 0 });
  if (minDist > spread) throw wrong("min_dist", `at most spread (${spread})`, minDist);
  if (options.nEpochs !== null) number("n_epochs", options.nEpochs, { integer: true, least: 0 });
  number("learning_rate", options.learningRate, { above: 0 });
  number("local_connectivity", options.localConnectivity, { least: 0 });
  number("set_op_mix_ratio", options.setOpMixRatio, { least: 0, most: 1 });
  number("repulsion_strength", options.repulsionStrength, { least: 0 });
  number("negative_sample_rate", options.negativeSampleRate, { integer: true, least: 0 });
  number("random_state", options.seed, { integer: true, least: 0, most: 2 ** 32 - 1 });
  if (typeof init !== "string") validateInit(init, nComponents, rows);
}

function validateInit(init: Float32Array, nComponents: number, rows: number | undefined): void {
  if (rows !== undefined && init.length !== rows * nComponents)
    throw wrong("init", `${rows} × ${nComponents} numbers`, init.length);
  const place = init.findIndex((value) => !Number.isFinite(value));
  if (place >= 0) throw wrong("init", "finite numbers", `${init[place]} in row ${Math.floor(place / nComponents)}`);
}

interface Range {
  readonly integer?: boolean;
  readonly least?: number;
  readonly most?: number;
  readonly above?: number;
}

function number(name: string, value: unknown, { integer = false, least, most, above }: Range): void {
  const fits =
    typeof value === "number" &&
    Number.isFinite(value) &&
    (!integer || Number.isInteger(value)) &&
    (least === undefined || value >= least) &&
    (most === undefined || value <= most) &&
    (above === undefined || value > above);
  if (fits) return;
  const kind = integer ? "an integer" : "a number";
  const range =
    least !== undefined && most !== undefined
      ? ` from ${least} to ${most}`
      : above !== undefined
        ? ` above ${above}`
        : ` of at least ${least}`;
  throw wrong(name, kind + range, value);
}

function oneOf(name: string, value: unknown, known: readonly string[], orElse = ""): void {
  if (typeof value === "string" && known.includes(value)) return;
  const listed = orElse
    ? `${known.join(", ")}${orElse}`
    : `${known.slice(0, -1).join(", ")} or ${known[known.length - 1]}`;
  throw new ComputeError("input", `unknown ${name}: ${JSON.stringify(value)} (expected ${listed})`);
}

function wrong(name: string, expected: string, value: unknown): ComputeError {
  return new ComputeError("input", `${name}: expected ${expected}, got ${String(value)}`);
}
