import type { Completeness } from "../../../compute/saliency/attribution.ts";
import type { SaliencyMethod } from "../../../compute/saliency/saliency-method.ts";
import type { InputPixels } from "../../models/input-pixels.ts";

/** What one map of a picture tells. */
export interface ShownMap {
  readonly height: number;
  readonly width: number;
  /** How much each place matters, unscaled: the sum over channels of sizes; of XRAI the segments' values. */
  readonly strength: Float32Array<ArrayBuffer>;
  /** The sum over channels with its sign: for the class above 0, against it below. */
  readonly signed: Float32Array<ArrayBuffer>;
  /** It is still being made: its scale is its own, and there is no score yet. */
  readonly isPartial: boolean;
  /** The model's for the class; null for a map that was given. */
  readonly score: number | null;
  readonly baselineScore: number | null;
  readonly completeness: Completeness | null;
  /** That Grad-CAM and its kin looked at; null for the others. */
  readonly layer: string | null;
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
}

/** What is asked of each picture: a method about a class; a column of the grid. */
export interface MapColumn {
  /** null for maps that were given. */
  readonly method: SaliencyMethod | null;
  readonly smooth: boolean;
  /** null: the class that the model finds likeliest, of each picture its own. */
  readonly classIdx: number | null;
  /** "integrated gradients", "integrated gradients, dog". */
  readonly name: string;
}

/** One picture, what the model says of it, and its maps; a row of the grid. */
export interface SaliencyPicture {
  /** The same for the same picture. */
  readonly key: string;
  readonly name: string;
  /** Its number among those that were passed; null: a reader gave it. */
  readonly number: number | null;
  /** As the model saw it. */
  readonly pixels: InputPixels;
  /** A share a class; empty where there is no model. */
  readonly probabilities: Float32Array<ArrayBuffer>;
  /** The class that the maps of each column are about; null for maps that were given. */
  readonly classes: readonly (number | null)[];
  /** A map a column; null: not there yet. */
  readonly maps: readonly (ShownMap | null)[];
}

/** What is on show. */
export interface ShownSaliency {
  /** The model's file name; "" for maps that were given. */
  readonly model: string;
  /** "WebGPU" or "WebAssembly", and why that. */
  readonly processor: string;
  readonly reason: string;
  readonly columns: readonly MapColumn[];
  readonly pictures: readonly SaliencyPicture[];
  /** A name a class; where there are none the class's number stands for it. */
  readonly classNames: readonly string[] | null;
}

/** A map by its picture (row) and its column. */
export interface MapPlace {
  readonly picture: number;
  readonly column: number;
}

/** What becomes of the class as more and more of the most salient places are blurred away, or put into the blurred picture. */
export interface Faithfulness {
  /** Shares of the picture that are taken away, or put in, from 0 to 1, evenly. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** The class's probability with that share taken away. */
  readonly deletion: Float32Array<ArrayBuffer>;
  /** And with only that share there. */
  readonly insertion: Float32Array<ArrayBuffer>;
  /** The areas under them, 0 to 1: of a faithful map deletion's is small and insertion's is large. */
  readonly deletionArea: number;
  readonly insertionArea: number;
  /** The places from the most salient on. */
  readonly order: Uint32Array<ArrayBuffer>;
  /** The picture with every place blurred, as it is to be seen. */
  readonly blurred: InputPixels;
}
