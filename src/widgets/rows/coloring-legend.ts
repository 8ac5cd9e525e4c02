import { categoryLegendItems, type LegendPlace, numberLegendItems } from "../export/legend-items.ts";
import { rangeForPoints, scaleTable } from "../theme/color-scales.ts";
import type { Scheme } from "../theme/tokens.ts";
import type { Coloring } from "./coloring.ts";
import type { Paint } from "./paint.ts";

/** The legend of a figure: the classes of its rows with their numbers, or the scale of their values. No `title` is empty. */
export function coloringLegend(
  coloring: Coloring,
  title: string,
  paint: Paint,
  scheme: Scheme,
  selected: number | null,
  place: LegendPlace,
) {
  if (coloring.kind === "numbers") {
    const table = scaleTable("viridis", ...rangeForPoints("viridis", scheme));
    const { low, high, min, max, values, missing } = coloring;
    const clipped = { below: min < low ? 1 : 0, above: max > high ? 1 : 0 };
    return numberLegendItems(title, { low, high, table, clipped, total: values.length - missing }, selected, place);
  }
  const rest = new Set(paint.rest);
  const classes = coloring.names
    .map((name, index) => ({
      name,
      color: paint.classColors[index] ?? null,
      total: coloring.counts[index] ?? 0,
      index,
    }))
    .filter(({ index }) => !rest.has(index));
  const folded = paint.rest.reduce((sum, index) => sum + (coloring.counts[index] ?? 0), 0);
  if (rest.size > 0) {
    const color = paint.classColors[paint.rest[0] ?? -1] ?? null;
    classes.push({ name: `${rest.size} more`, color, total: folded, index: -1 });
  }
  if (coloring.missing > 0) classes.push({ name: "no label", color: null, total: coloring.missing, index: -1 });
  return categoryLegendItems(title, classes, selected, place);
}
