import type { GradientRules } from "../../rule.ts";
import { averagePool } from "./average-pool.ts";
import { depthToSpace, spaceToDepth } from "./blocks.ts";
import { convolution } from "./convolution.ts";
import { globalAveragePool, globalMaxPool } from "./global-pools.ts";
import { globalLpPool, lpPool } from "./lp-pool.ts";
import { maxPool } from "./max-pool.ts";
import { padding } from "./padding.ts";
import { resize } from "./resize.ts";
import { transposedConvolution } from "./transposed-convolution.ts";

/** Operators that slide windows over rows and columns, and those that change how many there are. */
export const windows: GradientRules = {
  AveragePool: averagePool,
  Conv: convolution,
  ConvTranspose: transposedConvolution,
  DepthToSpace: depthToSpace,
  GlobalAveragePool: globalAveragePool,
  GlobalLpPool: globalLpPool,
  GlobalMaxPool: globalMaxPool,
  LpPool: lpPool,
  MaxPool: maxPool,
  Pad: padding,
  Resize: resize,
  SpaceToDepth: spaceToDepth,
  Upsample: resize,
};
