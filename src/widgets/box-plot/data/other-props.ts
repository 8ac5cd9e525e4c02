import type { StatisticsOptions } from "../../../compute/statistics/statistics-options.ts";
import type { ColorInput } from "../../rows/coloring.ts";
import type { BoxPlotProps } from "../props.ts";

const DATA = ["values", "labels", "slides", "names", "unitNames"] as const;
const TEST = ["test", "method", "threshold", "permutations", "seed"] as const;

/** Other rows, units, classes or names. */
export function isOtherData(before: BoxPlotProps, after: BoxPlotProps): boolean {
  return DATA.some((name) => keyOf(before[name]) !== keyOf(after[name]));
}

/** Another ranking of the same units. */
export function isOtherTest(before: StatisticsOptions, after: StatisticsOptions): boolean {
  return TEST.some((name) => before[name] !== after[name]);
}

/** The same for the same content, where it is a source. */
function keyOf(input: ColorInput | BoxPlotProps["names"]): unknown {
  if (typeof input !== "object" || input === null) return input;
  if ("key" in input) return input.key;
  if ("kind" in input)
    return JSON.stringify(input.kind === "categories" ? [input.codes.key, input.names] : input.values.key);
  return input;
}
