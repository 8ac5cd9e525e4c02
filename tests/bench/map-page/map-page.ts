import { UMAP } from "umap-js";
import type { Matrix } from "../../../src/compute/matrix.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { type UmapOptions, umapDefaults } from "../../../src/compute/umap/options.ts";
import type { UmapResult } from "../../../src/compute/umap/result.ts";
import { uniformFrom } from "../data/random.ts";
import { createUMAP } from "../node_modules/embedding-atlas/dist/umap.js";

/** Parameters that the peers share; all others are as each has them, and the same in meaning. */
export interface MapTask {
  readonly seed: number;
  readonly epochs: number;
  /** Ours alone. */
  readonly workers: number | null;
  /** Ours alone. */
  readonly backend: "auto" | "cpu";
}

export interface PageMap {
  readonly positions: Float32Array;
  /** From rows in the page to positions in the page. */
  readonly seconds: number;
  /** Ours alone: neighbours, recall, which backend ran. */
  readonly result?: UmapResult;
}

/** Takes rows in, in the form that the contender asks for; what is given back makes the map, and is what is timed. */
type Contender = (points: Matrix, task: MapTask) => () => Promise<Omit<PageMap, "seconds">>;

export type PageContender = "layerscope" | "umap-js" | "embedding-atlas";

const NEIGHBORS = 15;
const MIN_DIST = 0.1;

/** Ours: what is not said here is as a reader's widget has it. */
function optionsOf({ seed, epochs, workers, backend }: MapTask): UmapOptions {
  return { ...umapDefaults, nNeighbors: NEIGHBORS, minDist: MIN_DIST, nEpochs: epochs, seed, workers, backend };
}

const contenders: Readonly<Record<PageContender, Contender>> = {
  layerscope(points, task) {
    const options = optionsOf(task);
    return async () => {
      const result = await pageClient().call("umap", { points, options });
      return { positions: result.positions, result };
    };
  },
  "umap-js"({ data, rows, columns }, { seed, epochs }) {
    const lists = Array.from({ length: rows }, (_, row) =>
      Array.from(data.subarray(row * columns, (row + 1) * columns)),
    );
    return async () => {
      const umap = new UMAP({ nNeighbors: NEIGHBORS, minDist: MIN_DIST, nEpochs: epochs, random: uniformFrom(seed) });
      return { positions: Float32Array.from(umap.fit(lists).flat()) };
    };
  },
  "embedding-atlas"({ data, rows, columns }, { seed, epochs }) {
    const options = { metric: "euclidean", nNeighbors: NEIGHBORS, minDist: MIN_DIST, nEpochs: epochs, seed } as const;
    return async () => {
      const umap = await createUMAP(rows, columns, 2, data, options);
      await umap.run();
      const positions = new Float32Array(umap.embedding);
      umap.destroy();
      return { positions };
    };
  },
};

/** What a benchmark asks of the page. */
export interface MapPage {
  /** Fetch rows from an address, so many bytes a request; kept for what comes. */
  load(address: string, pieceBytes: number, rows: number, columns: number): Promise<void>;
  /** Get a contender ready for the first `rows` of them. */
  prepare(who: PageContender, rows: number, task: MapTask): () => Promise<PageMap>;
  /** Our engine alone: map the first `fitted` rows, then time how long the others take to be placed in that map. */
  transform(fitted: number, task: MapTask): Promise<PageMap>;
}

declare global {
  interface Window {
    mapPage: MapPage;
  }
}

let loaded: Matrix | null = null;

window.mapPage = {
  async load(address, pieceBytes, rows, columns) {
    const data = new Float32Array(rows * columns);
    for (let from = 0; from < data.byteLength; from += pieceBytes) {
      const response = await fetch(`${address}?from=${from}`);
      data.set(new Float32Array(await response.arrayBuffer()), from / data.BYTES_PER_ELEMENT);
    }
    loaded = { data, rows, columns };
  },
  prepare(who, rows, task) {
    if (!loaded) throw new Error("load comes first");
    const { data, columns } = loaded;
    const points = rows === loaded.rows ? loaded : { data: data.slice(0, rows * columns), rows, columns };
    const run = contenders[who](points, task);
    return async () => {
      const start = performance.now();
      const made = await run();
      return { ...made, seconds: (performance.now() - start) / 1000 };
    };
  },
  async transform(fitted, task) {
    if (!loaded) throw new Error("load comes first");
    const { data, columns } = loaded;
    const points = { data: data.slice(0, fitted * columns), rows: fitted, columns };
    const rows = { data: data.slice(fitted * columns), rows: loaded.rows - fitted, columns };
    const options = optionsOf(task);
    const { positions } = await pageClient().call("umap", { points, options });
    const place = async () => {
      await pageClient().call("keepMap", { key: "bench", map: { points, positions, options } });
      return pageClient().call("transform", { key: "bench", rows });
    };
    // Once for nothing, as the peer's is compiled before it is timed.
    await place();
    const start = performance.now();
    const placed = await place();
    const seconds = (performance.now() - start) / 1000;
    const all = new Float32Array(positions.length + placed.length);
    all.set(positions);
    all.set(placed, positions.length);
    return { positions: all, seconds };
  },
};
