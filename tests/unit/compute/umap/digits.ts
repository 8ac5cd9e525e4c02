import { readFileSync } from "node:fs";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import type { Metric } from "../../../../src/compute/umap/options.ts";

const reference = (name: string) => readFileSync(new URL(`../../../reference/${name}`, import.meta.url));

/** scikit-learn's digits: 1,797 pictures of 8 x 8 pixels, as rows. */
export const digits: Matrix = { data: Float32Array.from(reference("digits.bin")), rows: 1797, columns: 64 };

/** What umap-learn says about them (tests/reference/make-umap-goldens.py). */
export const golden = JSON.parse(reference("umap-digits.json").toString()) as {
  readonly neighbors: number;
  readonly graphs: readonly {
    readonly metric: Metric;
    readonly options: { readonly local_connectivity?: number; readonly set_op_mix_ratio?: number };
    readonly edges: number;
    readonly weight: number;
    readonly rows: readonly {
      readonly row: number;
      readonly distances: readonly number[];
      readonly rho: number;
      readonly sigma: number;
      readonly columns: readonly number[];
      readonly weights: readonly number[];
    }[];
  }[];
  readonly curves: readonly {
    readonly spread: number;
    readonly minDist: number;
    readonly a: number;
    readonly b: number;
  }[];
  readonly quality: { readonly trustworthiness: number; readonly preservation: number };
};
