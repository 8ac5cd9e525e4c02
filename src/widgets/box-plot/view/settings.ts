import { boxShapes } from "../../../compute/statistics/boxes/unit-boxes.ts";
import { levels, slideMethods, unitTests } from "../../../compute/statistics/statistics-options.ts";
import type { SettingField, SettingValues } from "../../chrome/settings-fields.ts";
import { type BoxPlotProps, boxPlotDefaults, levelOf } from "../props.ts";

const MOST_PERMUTATIONS = 9999;
const MOST_PANELS = 64;

const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/**
 * What a reader may change in the panel, by the names that Python has for it; all of it takes effect at once.
 *
 * @param values Least and greatest value of the units on show: between them a threshold makes sense.
 */
export function settingFields(
  { slides, panels, permutations, threshold }: BoxPlotProps,
  values: readonly [number, number],
): readonly SettingField[] {
  // So fine that the slider's steps are not seen in any values.
  const step = 10 ** Math.floor(Math.log10((values[1] - values[0]) / 100 || 0.01));
  const ofSlides: readonly SettingField[] = [
    {
      key: "level",
      label: "level",
      kind: "choice",
      options: choices(levels),
      default: "slide",
      applies: "now",
      help: "What counts as one observation. Tiles of one slide are not independent.",
    },
    {
      key: "method",
      label: "method",
      kind: "choice",
      options: choices(slideMethods),
      default: boxPlotDefaults.method,
      applies: "now",
      help: "How the tiles of a slide become one number; threshold: the share of them above it.",
    },
    {
      key: "threshold",
      label: "threshold",
      kind: "number",
      min: Math.min(Math.floor(values[0]), threshold),
      max: Math.max(Math.ceil(values[1]), threshold),
      step,
      default: boxPlotDefaults.threshold,
      applies: "now",
      help: 'With method "threshold": tiles above it count.',
    },
    {
      key: "permutations",
      label: "permutations",
      kind: "number",
      min: 0,
      max: Math.max(MOST_PERMUTATIONS, permutations),
      step: 1,
      default: boxPlotDefaults.permutations,
      applies: "now",
      help: "Rearrangements of the slides' classes that the permutation test draws; 0: none.",
    },
    {
      key: "boxesOf",
      label: "boxes of",
      kind: "choice",
      options: choices(["tiles", "slides"]),
      default: boxPlotDefaults.boxesOf,
      applies: "now",
      help: "Whether a box shows all tiles, or one number a slide.",
    },
  ];
  return [
    {
      key: "test",
      label: "test",
      kind: "choice",
      options: choices(unitTests),
      default: boxPlotDefaults.test,
      applies: "now",
      help: "One-way analysis of variance, Welch's for unequal variances, or Kruskal-Wallis by ranks.",
    },
    ...(slides ? ofSlides : []),
    {
      key: "shape",
      label: "shape",
      kind: "choice",
      options: choices(boxShapes),
      default: boxPlotDefaults.shape,
      applies: "now",
      help: "Boxes, violins (densities), or every point.",
    },
    {
      key: "axes",
      label: "axes",
      kind: "choice",
      options: choices(["free", "shared"]),
      default: boxPlotDefaults.axes,
      applies: "now",
      help: "Each panel its own scale, or one for all.",
    },
    {
      key: "panels",
      label: "panels",
      kind: "number",
      min: 1,
      max: Math.max(MOST_PANELS, panels),
      step: 1,
      scale: "log",
      default: boxPlotDefaults.panels,
      applies: "now",
      help: "How many of the best units are on show.",
    },
  ];
}

export function settingValues(props: BoxPlotProps): SettingValues {
  const { test, method, threshold, permutations, boxesOf, shape, axes, panels } = props;
  return { level: levelOf(props), test, method, threshold, permutations, boxesOf, shape, axes, panels };
}
