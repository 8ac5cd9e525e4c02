import { type GradientRules, passesNothing } from "../../rule.ts";
import { compress } from "./compress.ts";
import { concat } from "./concat.ts";
import { expand, tile } from "./copies.ts";
import { gather } from "./gather.ts";
import { gatherElements, topK } from "./gather-elements.ts";
import { gatherNd } from "./gather-nd.ts";
import { reshape } from "./reshape.ts";
import { reverseSequence } from "./reverse-sequence.ts";
import { scatterElements, scatterNd } from "./scatter.ts";
import { slice } from "./slice.ts";
import { split } from "./split.ts";
import { transpose } from "./transpose.ts";

/** Operators that move numbers about, and those whose answers are shapes, counts and places. */
export const shapes: GradientRules = {
  Compress: compress,
  Concat: concat,
  Expand: expand,
  Flatten: reshape,
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  Reshape: reshape,
  ReverseSequence: reverseSequence,
  Scatter: scatterElements,
  ScatterElements: scatterElements,
  ScatterND: scatterNd,
  Slice: slice,
  Split: split,
  Squeeze: reshape,
  Tile: tile,
  TopK: topK,
  Transpose: transpose,
  Unsqueeze: reshape,

  ArgMax: passesNothing,
  ArgMin: passesNothing,
  ConstantOfShape: passesNothing,
  EyeLike: passesNothing,
  NonZero: passesNothing,
  OneHot: passesNothing,
  RandomNormalLike: passesNothing,
  RandomUniformLike: passesNothing,
  Range: passesNothing,
  Shape: passesNothing,
  Size: passesNothing,
};
