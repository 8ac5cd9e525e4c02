import type { GradientRule } from "../rule.ts";
import { elements } from "./elements/index.ts";
import { products } from "./products/index.ts";
import { shapes } from "./shapes/index.ts";
import { windows } from "./windows/index.ts";

/** What is known of ONNX' own operators, by their names. */
export const RULES: ReadonlyMap<string, GradientRule> = new Map(
  Object.entries({ ...windows, ...elements, ...shapes, ...products }),
);
