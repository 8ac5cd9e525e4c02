import type { LayoutPictures } from "../../compute/umap/layout/layout-pictures.ts";
import type { UmapOptions } from "../../compute/umap/options.ts";

/** How coordinates came about: what the caption and the header tell of them. */
export type Origin =
  | {
      readonly kind: "umap";
      readonly options: UmapOptions;
      /** Key of the data. */
      readonly data: string;
      /** Columns of the data. */
      readonly columns: number;
      /** Of them the one that rows were compared without; null, and where it is left out: none. */
      readonly exclude?: number | null | undefined;
      /** Rounds done. */
      readonly epochs: number;
      readonly backend: string;
      /** Rows that were added to the map of the others. */
      readonly added: number;
    }
  | { readonly kind: "coords" }
  | { readonly kind: "saved"; readonly caption: string };

/** Coordinates on show. */
export interface Layout {
  /** `rows * dims` numbers, row-major. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly dims: 2 | 3;
  /** More follow soon. */
  readonly settling: boolean;
  /** The PCA, until the layout replaces it. */
  readonly preview: boolean;
  readonly origin: Origin;
  /** Where pictures of it are to be had while it settles. */
  readonly line?: LayoutPictures | null | undefined;
}
