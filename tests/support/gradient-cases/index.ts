import type { GradientCase } from "../gradient-check.ts";
import { core } from "./core.ts";
import { elements } from "./elements.ts";
import { products } from "./products.ts";
import { shapes } from "./shapes.ts";
import { windows } from "./windows.ts";

/** Every case by the family that it is of. */
export const GRADIENT_CASES: Readonly<Record<string, readonly GradientCase[]>> = {
  core,
  windows,
  elements,
  shapes,
  products,
};
