import { rowsOfCells, type WindowCells } from "../../../compute/mosaic/index.ts";
import { addRow, emptyMask, hasRow, type RowMask } from "../../../compute/selection/row-mask.ts";
import { buildElement } from "../../chrome/build-element.ts";
import { type NumberScale, numberLegend } from "../../chrome/number-legend.ts";
import type { SelectionMode } from "../../chrome/selection-mode.ts";
import type { Rgb } from "../../theme/rgb.ts";
import { cellDensities, densityShare } from "../plot/cells/cell-densities.ts";
import { DENSITY_UNIT } from "../plot/drawing/draw-density.ts";

const BINS = 37;

export interface DensityLegend {
  readonly element: HTMLElement;
  /**
   * @param cells What is on show as a density map; null: nothing is, and the legend goes.
   * @param colors From one tile to the most.
   */
  show(cells: WindowCells | null, selected: RowMask | null, colors: readonly Rgb[]): void;
}

/** The scale of a density map: how many tiles a cell holds. A range that is dragged over it selects the tiles of such cells. */
export function densityLegend(
  options: { readonly count: () => number; onSelect(rows: RowMask, mode: SelectionMode): void },
  signal: AbortSignal,
): DensityLegend {
  let shown: WindowCells | null = null;
  const scale = numberLegend((low, high, mode) => {
    if (!shown) return;
    const { counts } = cellDensities(shown);
    const chosen = emptyMask(counts.length);
    counts.forEach((count, cell) => {
      if (count >= low && count <= high) addRow(chosen, cell);
    });
    options.onSelect(rowsOfCells(shown, chosen, options.count()), mode);
  }, signal);
  const element = buildElement("div", { class: "ls-density-legend", children: [scale.element] });
  element.hidden = true;
  return {
    element,
    show(cells, selected, colors) {
      shown = cells;
      element.hidden = cells === null;
      if (cells) scale.show(densityScale(cells, selected, colors));
    },
  };
}

function densityScale(cells: WindowCells, selected: RowMask | null, colors: readonly Rgb[]): NumberScale {
  const { counts, most } = cellDensities(cells);
  const { members, starts } = cells;
  const all = new Uint32Array(BINS);
  const chosen = selected && new Uint32Array(BINS);
  counts.forEach((count, cell) => {
    const bin = Math.min(BINS - 1, Math.floor(densityShare(count, most) * BINS));
    all[bin] = (all[bin] ?? 0) + count;
    if (!selected || !chosen) return;
    let found = 0;
    for (let place = starts[cell] ?? 0; place < (starts[cell + 1] ?? 0); place++)
      if (hasRow(selected, members[place] ?? -1)) found++;
    chosen[bin] = (chosen[bin] ?? 0) + found;
  });
  return {
    title: DENSITY_UNIT,
    low: 1,
    high: most,
    spacing: "log",
    stops: colors.map((color) => `rgb(${color.join(", ")})`),
    counts: all,
    selectedCounts: chosen,
    missing: 0,
  };
}
