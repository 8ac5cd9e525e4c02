import { countRows } from "../../../compute/selection/row-mask.ts";
import { type LegendDrawing, type LegendPlace, numberLegendItems } from "../../export/legend-items.ts";
import { coloringLegend } from "../../rows/coloring-legend.ts";
import type { Paint } from "../../rows/paint.ts";
import type { Scheme } from "../../theme/tokens.ts";
import { cellDensities } from "../plot/cells/cell-densities.ts";
import { DENSITY_UNIT, densityColors } from "../plot/drawing/draw-density.ts";
import type { MosaicSession } from "../session.ts";
import type { TileDrawing } from "./tile-drawing.ts";

/** Between two legends, millimetres. */
const GAP = 4;

/**
 * What stands at the right of a mosaic: what its colours mean.
 *
 * @param dense Tiles that are drawn as a density map, whose scale is added; null: none are.
 */
export function figureLegend(
  { data, rows }: Pick<MosaicSession, "data" | "rows">,
  { paint, scheme, dense }: { readonly paint: Paint; readonly scheme: Scheme; readonly dense: TileDrawing | null },
  place: LegendPlace,
): LegendDrawing {
  const { coloring, shownLoan } = data;
  const selected = rows.selected ? countRows(rows.selected) : null;
  const title = shownLoan?.title ?? "";
  const classes = coloring ? coloringLegend(coloring, title, paint, scheme, selected, place) : { items: [], height: 0 };
  if (!dense) return classes;
  const below = { ...place, y: place.y + (coloring ? classes.height + GAP : 0) };
  const { counts, most } = cellDensities(dense.cells);
  const scale = {
    low: 1,
    high: most,
    table: Uint8Array.from(densityColors(scheme).flat()),
    total: counts.reduce((sum, count) => sum + count, 0),
  };
  // What is selected is told once.
  const densities = numberLegendItems(DENSITY_UNIT, scale, coloring ? null : selected, below);
  return {
    items: [...classes.items, ...densities.items],
    height: below.y - place.y + densities.height,
  };
}
