import type { SlideMethod } from "../statistics-options.ts";
import { type AscendingValues, ListedValues } from "./ascending-values.ts";
import type { RowList, RowPicker } from "./row-picker.ts";
import { type SlideNumbers, slideMeans, slideMedians } from "./slide-numbers.ts";

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
  readonly mean: number;
  /** Of the same rows, whatever one observation is. */
  readonly ofSlides: SlideNumbers;
}

/** Tiles one by one; they last until the picker's next pick. */
export function observeTiles(picker: RowPicker, unit: number, rows: RowList): Observations {
  const { values, ofSlides } = picker.pick(unit, rows, { share: false, bound: 0 });
  const mean = ofSlides.sums.reduce((sum, each) => sum + each, 0) / values.length;
  return { ascending: values, values: values.values, mean, ofSlides: slideMeans(ofSlides) };
}

/** @param codes The slide of every row; -1: none. */
export function observeSlides(
  picker: RowPicker,
  unit: number,
  rows: RowList,
  { method, threshold }: ObservationRule,
  codes: Int32Array,
): Observations {
  const { values, ofSlides: sums } = picker.pick(unit, rows, { share: method === "threshold", bound: threshold });
  const ofSlides = method === "median" ? slideMedians(values, sums.tiles, codes) : slideMeans(sums);
  const numbers = ofSlides.values;
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  return { ascending: new ListedValues(numbers, ofSlides.slides), values: numbers, mean, ofSlides };
}
