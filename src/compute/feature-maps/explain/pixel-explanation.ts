/** A part of a picture, in pixels of it. */
export interface PicturePatch {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Places along a side of a map: `first`, then every `step`; some may lie outside of it, in the padding. Of a sequence that
 * a window slides over, its tokens are the rows. A class token, which no map shows, is row −1, column −1.
 */
export interface WindowSide {
  readonly first: number;
  readonly count: number;
  /** 1 but where a convolution is dilated. */
  readonly step: number;
}

/** Numbers that a pixel was made from, all of one source. */
export interface PixelTerms {
  /** The layer that they are read from; "input" for the picture itself, "inside NAME" for a step within a layer. */
  readonly source: string;
  /** The number of the first channel that is read, of `channels` that follow each other. */
  readonly firstChannel: number;
  readonly channels: number;
  readonly rows: WindowSide;
  readonly columns: WindowSide;
  /** `channels * rows.count * columns.count` numbers, row after row, channel after channel; 0 in the padding. */
  readonly values: Float32Array<ArrayBuffer>;
  /** 1 where a value lies in the padding, else 0. */
  readonly padded: Uint8Array<ArrayBuffer>;
  /** What each value is multiplied by; null where the highest (or lowest) of them is taken. */
  readonly weights: Float32Array<ArrayBuffer> | null;
}

/** What is done to one number. */
export interface PixelStep {
  /** "Relu", "batch normalisation". */
  readonly operation: string;
  /** In x, the number before: "max(0, x)", "0.98·x + 0.12". */
  readonly formula: string;
  readonly before: number;
  readonly after: number;
}

export type LayerKind =
  | "convolution"
  | "pooling"
  | "dense"
  /** Each number by itself; also what leaves numbers as they are and gives them another place. */
  | "elementwise"
  /** Several layers' answers become one. */
  | "merge"
  | "normalization"
  /** Not taken apart. */
  | "other";

/**
 * How one number of a feature map came about. Where `complete`: the products of values and weights of all `terms` and
 * the `bias` add up to `sum` (without weights: it is the highest or lowest value), from which the `steps`, one after the
 * other, lead to `value`; all within the rounding of single precision. Without terms the steps start from `sum`.
 */
export interface PixelExplanation {
  readonly layer: string;
  /** As the layer table has it: "Conv2D", "Relu". */
  readonly type: string;
  readonly kind: LayerKind;
  readonly channel: number;
  readonly row: number;
  readonly column: number;
  /** What the map shows. */
  readonly value: number;
  /** What the pixel saw of the picture, cut to it; null: all of it. */
  readonly patch: PicturePatch | null;
  /** One for each source; empty where nothing is taken apart. */
  readonly terms: readonly PixelTerms[];
  readonly bias: number | null;
  /** null where nothing is taken apart. */
  readonly sum: number | null;
  readonly steps: readonly PixelStep[];
  /** All of it in plain text, one or two sentences. */
  readonly sentence: string;
  readonly complete: boolean;
  /** Why not, a sentence; null where it is complete. */
  readonly reason: string | null;
}

/** What is asked: a pixel of a map as `featureMaps` gives it. */
export interface PixelAsked {
  /** The picture as the model sees it: `input.data` of `featureMaps`. */
  readonly picture: Float32Array<ArrayBuffer>;
  /** Its name in the layer table. */
  readonly layer: string;
  /** Which of its answers; the first unless given. */
  readonly tensor?: string;
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

/** The weights of a convolution, a picture for each channel that goes out and each that comes in. */
export interface LayerKernels {
  /** Channels that go out. */
  readonly out: number;
  /** Channels that each of them reads: fewer than there are where a convolution has groups. */
  readonly in: number;
  readonly height: number;
  readonly width: number;
  /** `out * in * height * width`. */
  readonly data: Float32Array<ArrayBuffer>;
}
