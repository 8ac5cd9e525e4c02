import type { ComputeErrorRecord } from "../errors.ts";
import type { Progress } from "../job.ts";
import type { Matrix } from "../matrix.ts";
import type { PointIndex } from "../points/point-index.ts";
import type { NeighborGraph, UmapOptions } from "../umap/options.ts";
import type { Quality, QualityOptions } from "../umap/quality/measure-quality.ts";
import type { Prepared } from "../umap/relayout.ts";
import type { LayoutFrame, UmapResult } from "../umap/result.ts";

/** What the page may ask of the worker: input and output by name. Everything in them survives structured cloning. */
export interface ComputeFunctions {
  umap: {
    input: {
      points: Matrix;
      options: UmapOptions;
      neighbors?: NeighborGraph | undefined;
      keepNeighbors?: number | undefined;
      resume?: { positions: Float32Array<ArrayBuffer>; epoch: number } | undefined;
    };
    output: UmapResult;
    partial: LayoutFrame;
  };
  quality: {
    input: { points: Matrix; positions: Float32Array<ArrayBuffer>; options: QualityOptions };
    output: Quality;
    partial: never;
  };
  /** The same map with other parameters, from what the first one kept. */
  relayout: {
    input: {
      prepared: Prepared;
      options: UmapOptions;
      resume?: { positions: Float32Array<ArrayBuffer>; epoch: number } | undefined;
    };
    output: UmapResult;
    partial: LayoutFrame;
  };
  indexPoints: { input: { positions: Float32Array<ArrayBuffer> }; output: PointIndex; partial: never };
}

export type FunctionName = keyof ComputeFunctions;

/** Page to worker. */
export type Request =
  | { readonly kind: "call"; readonly id: number; readonly name: FunctionName; readonly input: unknown }
  | { readonly kind: "cancel"; readonly id: number };

/** Worker to page. */
export type Reply =
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "partial"; readonly id: number; readonly partial: unknown }
  | { readonly kind: "result"; readonly id: number; readonly result: unknown }
  | { readonly kind: "error"; readonly id: number; readonly error: ComputeErrorRecord };
