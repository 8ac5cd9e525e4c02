import type { WindowCells } from "../../../../compute/mosaic/index.ts";
import type { View } from "../../../plane/view.ts";
import { numberColors } from "../../../rows/paint.ts";
import { parseColor, type Rgb } from "../../../theme/rgb.ts";
import type { Scheme } from "../../../theme/tokens.ts";
import { cellDensities, densityShare } from "../cells/cell-densities.ts";
import { cellPlaces } from "../cells/cell-places.ts";

/** What the scale of a density map is headed by. */
export const DENSITY_UNIT = "Tiles a cell (log)";

/** The colours of densities, sparse to dense: the dense end where the contrast with the page is greatest. */
export function densityColors(scheme: Scheme): readonly Rgb[] {
  const colors = numberColors(scheme).map((color) => parseColor(color).rgb);
  return scheme === "dark" ? colors : colors.reverse();
}

/** The counts of cells in colour, a pixel a cell. */
export interface DensityPicture {
  readonly cells: WindowCells;
  readonly canvas: OffscreenCanvas;
}

/**
 * How many tiles each cell holds, by the logarithm of their number, from the first colour (one tile) to the last (the
 * most).
 */
export function densityPicture(
  cells: WindowCells,
  opacities: Float32Array | null,
  colors: readonly Rgb[],
): DensityPicture {
  const { columns, rows } = cells.lattice;
  const canvas = new OffscreenCanvas(Math.max(1, columns), Math.max(1, rows));
  const picture = new ImageData(canvas.width, canvas.height);
  const { counts, most } = cellDensities(cells);
  counts.forEach((count, index) => {
    const share = densityShare(count, most);
    const [red, green, blue] = colors[Math.round(share * (colors.length - 1))] ?? [0, 0, 0];
    const at = 4 * ((rows - 1 - (cells.row[index] ?? 0)) * columns + (cells.column[index] ?? 0));
    picture.data.set([red, green, blue, Math.round(255 * (opacities?.[index] ?? 1))], at);
  });
  canvas.getContext("2d")?.putImageData(picture, 0, 0);
  return { cells, canvas };
}

/** Draw the density where its cells lie, as squares. */
export function drawDensity(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  { cells, canvas }: DensityPicture,
  view: View,
  ratio: number,
): void {
  const { columns, rows } = cells.lattice;
  const places = cellPlaces(cells.lattice, view, ratio);
  const first = places.boxOf(0, rows - 1);
  const last = places.boxOf(columns - 1, 0);
  // Cells smaller than pixels are averaged, not left out.
  context.imageSmoothingEnabled = places.size < 1;
  context.imageSmoothingQuality = "high";
  const width = last.left + last.width - first.left;
  const height = last.top + last.height - first.top;
  context.drawImage(canvas, first.left, first.top, width, height);
}
