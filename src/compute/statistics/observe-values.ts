import { type AscendingValues, ListedValues } from "./ascending-values.ts";
import type { Grouping } from "./grouped-rows.ts";
import type { PickedValues } from "./picked-values.ts";
import { type SlideNumbers, slideNumbers } from "./slide-numbers.ts";
import type { SlideMethod } from "./statistics-options.ts";

/** What is taken for one observation: a tile, or all tiles that a slide has among those picked. */
export interface ObservationRule {
  readonly boxesOf: "tiles" | "slides";
  /** How a slide's tiles become one number. */
  readonly method: SlideMethod;
  readonly threshold: number;
}

/** Some rows as a box sees them. */
export interface Observations {
  readonly ascending: AscendingValues;
  /** The same values in any order. */
  readonly values: Float32Array | Float64Array;
  /** Of the same rows, whatever one observation is. */
  readonly ofSlides: SlideNumbers;
}

export function observeValues(picked: PickedValues, slides: Grouping | null, rule: ObservationRule): Observations {
  if (rule.boxesOf === "slides" && slides) {
    const ofSlides = slideNumbers(picked, slides, rule.method, rule.threshold);
    return { ascending: new ListedValues(ofSlides.values, ofSlides.slides), values: ofSlides.values, ofSlides };
  }
  const ofSlides = slides
    ? slideNumbers(picked, slides, "mean", 0)
    : { values: new Float64Array(), slides: new Int32Array() };
  return { ascending: picked, values: picked.values, ofSlides };
}
