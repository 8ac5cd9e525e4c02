import type { StainNormalizer } from "../../../compute/images/stain/normalizer.ts";
import type { WindowCells } from "../../../compute/mosaic/index.ts";
import type { ImageSource } from "../../host/sources.ts";
import type { View } from "../../plane/view.ts";
import type { Scheme } from "../../theme/tokens.ts";
import type { CellLookbook } from "../plot/cells/cell-looks.ts";
import type { CellBox, CellPlaces } from "../plot/cells/cell-places.ts";
import { tilePlaces } from "../plot/drawing/tile-places.ts";
import type { ClassMarks } from "../plot/plot-options.ts";

/** Tiles to be drawn into a box of a figure, millimetres. */
export interface TileDrawing {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** What the screen shows; the same crop is drawn. */
  readonly view: View;
  readonly cells: WindowCells;
  /** Cells are too small for pictures: how many tiles they hold is drawn instead. */
  readonly isDensity: boolean;
  readonly looks: CellLookbook;
  readonly marks: ClassMarks;
  readonly scheme: Scheme;
  /** Between a frame and its picture. */
  readonly page: string;
  /** What tiles lie on, `#rrggbb`; null: nothing, or what is not known, shines through those that fade. */
  readonly ground: string | null;
  readonly images: ImageSource;
  readonly stain: StainNormalizer | null;
}

/** A tile in a drawing: its cell's number, its row, its place in pixels of the drawing. */
export interface PlacedTile {
  readonly index: number;
  readonly row: number;
  readonly box: CellBox;
}

/** The pixels of a drawing at a resolution, from its own upper left corner. */
export interface DrawingPixels {
  readonly width: number;
  readonly height: number;
  /** Pixels a CSS pixel of the view. */
  readonly ratio: number;
  readonly places: CellPlaces;
}

export function pixelsOf({ width, height, view, cells }: TileDrawing, dpi: number): DrawingPixels {
  const pixels = (mm: number) => Math.max(1, Math.round((mm / 25.4) * dpi));
  const ratio = pixels(width) / view.width;
  return { width: pixels(width), height: pixels(height), ratio, places: tilePlaces(cells.lattice, view, ratio) };
}

/** All tiles of which something is to be seen. */
export function placedTiles({ cells }: TileDrawing, { width, height, places }: DrawingPixels): readonly PlacedTile[] {
  const tiles: PlacedTile[] = [];
  cells.shown.forEach((row, index) => {
    if (row < 0) return;
    const box = places.boxOf(cells.column[index] ?? 0, cells.row[index] ?? 0);
    if (touches(box, { left: 0, top: 0, width, height })) tiles.push({ index, row, box });
  });
  return tiles;
}

export function touches(a: CellBox, b: CellBox): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}
