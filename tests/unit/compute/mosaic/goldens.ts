import { readFileSync } from "node:fs";
import type { Matrix } from "../../../../src/compute/matrix.ts";

const reference = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../reference/${name}`, import.meta.url)).toString());

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, "base64"));
}
export const singles = (base64: string) => new Float32Array(bytesOf(base64).buffer);
export const doubles = (base64: string) => new Float64Array(bytesOf(base64).buffer);
export const codes = (base64: string) => [...bytesOf(base64)];

interface Written {
  readonly num_tiles_x: number;
  readonly num_tiles_y: number;
  readonly tile_size: number;
  readonly x_edges: readonly number[];
  readonly y_edges: readonly number[];
  readonly grid_x: readonly number[];
  readonly grid_y: readonly number[];
  readonly first: readonly number[];
  readonly nearest: readonly number[];
}

/** What Slideflow 3.0.2 wrote; the file says where. */
export const slideflow = reference("mosaic-slideflow.json") as {
  readonly positions: string;
  readonly rawEmbedding: string;
  readonly range: readonly (readonly number[])[];
  readonly clip: readonly (readonly number[])[];
  readonly slideNames: readonly string[];
  readonly slides: string;
  readonly indexInSlide: readonly number[];
  readonly grids: readonly {
    readonly numTilesX: number;
    readonly tileSelect: "first" | "nearest";
    readonly maxDist: number | null;
    readonly tileSize: number;
    readonly numTiles: readonly number[];
    readonly gridX: readonly number[];
    readonly gridY: readonly number[];
    readonly selected: readonly number[];
  }[];
  readonly focus: { readonly slide: string; readonly numTilesX: number; readonly alpha: string };
  readonly report: { readonly numTilesX: number; readonly rows: readonly (readonly [string, number])[] };
  readonly pointsAtGridIndex: {
    readonly numTilesX: number;
    readonly cell: readonly [number, number];
    readonly rows: readonly number[];
  };
  readonly small: Written & { readonly points: readonly (readonly number[])[] };
  readonly sin500: Written & { readonly "nearest_max_dist_0.3": readonly number[] };
  readonly normalizeLayout: {
    readonly norm_first5: readonly (readonly number[])[];
    readonly norm_sum: readonly number[];
    readonly range: readonly (readonly number[])[];
    readonly clip: readonly (readonly number[])[];
  };
};

interface Answer {
  readonly tileSize: number;
  readonly rows: number;
  readonly gridX: string;
  readonly gridY: string;
  readonly first: readonly number[];
  readonly nearest: readonly number[];
  /** "nearest" within `maxDist`. */
  readonly near: readonly number[];
  readonly centroid: readonly number[];
}

/** Random maps with Slideflow's answer and that of square cells (tests/reference/make-mosaic-goldens.py). */
export const grids = reference("mosaic-grids.json") as {
  readonly maxDist: number;
  readonly maps: readonly {
    readonly name: string;
    readonly columns: number;
    readonly positions: string;
    readonly meta: string;
    readonly upstream: Answer;
    readonly square: Answer;
    readonly expanded: readonly (readonly [number, number])[];
  }[];
  readonly layout: {
    readonly positions: string;
    readonly range: readonly (readonly number[])[];
    readonly clip: readonly (readonly number[])[];
    readonly scaled: string;
    readonly clips: readonly (readonly [rows: number, clip: readonly (readonly number[])[]])[];
  };
};

export function matrixOf(base64: string, columns: number): Matrix {
  const data = singles(base64);
  return { data, rows: data.length / columns, columns };
}
