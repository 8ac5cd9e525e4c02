import type { Job } from "../job.ts";
import type { CrewMaker } from "../runtime/crew.ts";
import type { LayoutControl } from "./layout/layout-control.ts";
import type { LayoutPictures } from "./layout/layout-pictures.ts";
import type { NeighborGraph } from "./options.ts";

/** A layout while it settles. `epoch` 0 is the initial layout, before any round. */
export interface LayoutFrame {
  /** `rows * nComponents` numbers, row-major; a copy that the receiver owns. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly epoch: number;
  readonly epochs: number;
  /** True for the PCA shown while neighbours are still being found. */
  readonly preview: boolean;
  /** Whether pictures of the layout as it settles from here on are to be had of `UmapJob.pictures`. */
  readonly isDrawable?: boolean | undefined;
  /** Told with the first frame: what computes, and why that. */
  readonly backend?: { readonly name: "WebGPU" | "CPU"; readonly reason: string } | undefined;
}

export interface UmapJob extends Job {
  /** Called with the PCA preview as soon as it is there, then with the settling layout, at most 30 times a second; twice while pictures are asked for. */
  readonly onLayout?: ((frame: LayoutFrame) => void) | undefined;
  /** Called when `points` are not read any more, where that is before the end: a caller of its own copy can let it go. */
  readonly onRowsTaken?: (() => void) | undefined;
  /** Neighbours to find and keep, the row itself counted, where that is more than `nNeighbors`: `relayout` takes any number up to it. */
  readonly keepNeighbors?: number | undefined;
  /** Neighbours that are known already (of the same rows and metric); they are not searched again. */
  readonly neighbors?: NeighborGraph | undefined;
  /** Go on from here: gives the same bits as a run that was never stopped. */
  readonly resume?: { readonly positions: Float32Array<ArrayBuffer>; readonly epoch: number } | undefined;
  /** Pauses the layout while it settles, moves it by single rounds, changes its parameters. */
  readonly control?: LayoutControl | undefined;
  /** Where a map in two dimensions is asked for pictures while the GPU lays it out: they cost the page no drawing. */
  readonly pictures?: LayoutPictures | undefined;
  /** Where further workers come from; without it all is done in the caller's thread. The map does not depend on it. */
  readonly crew?: CrewMaker | undefined;
}

export interface UmapResult {
  readonly positions: Float32Array<ArrayBuffer>;
  readonly rows: number;
  readonly nComponents: number;
  /** All that were kept, `nNeighbors - 1` a row or more; null where too few rows were given to have any. */
  readonly neighbors: NeighborGraph | null;
  /** Scores on the principal components, `rows * nComponents`, from which the layout began; null where it was gone on with. */
  readonly scores: Float32Array<ArrayBuffer> | null;
  /** Rounds done; less than `epochs` when the layout was cancelled half way. */
  readonly epoch: number;
  readonly epochs: number;
  /** Connected pieces of the fuzzy graph, before entries too weak to come up are taken out. */
  readonly pieces: number;
  /** Share of the true neighbours found, measured on a sample of rows; 1 where the search was exact. */
  readonly recall: number;
  readonly backend: "WebGPU" | "CPU";
  /** Why that one, in a sentence. */
  readonly backendReason: string;
  /** What was changed or could not be done, in sentences for the reader. */
  readonly notices: readonly string[];
  /** Wall seconds a stage, for the status line and the bench. */
  readonly seconds: Readonly<Record<string, number>>;
}
