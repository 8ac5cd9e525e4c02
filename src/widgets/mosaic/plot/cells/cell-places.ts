import type { Lattice } from "../../../../compute/mosaic/index.ts";
import type { View } from "../../../plane/view.ts";

/** A rectangle, in the pixels that it was asked for. */
export interface CellBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the cells of a lattice lie on the body. */
export interface CellPlaces {
  /** Of a cell, before its edges are put on whole pixels. */
  readonly size: number;
  /** Whole pixels: neighbours share their edges, so that no line shows between them. */
  boxOf(column: number, row: number): CellBox;
  /** The cell touches this rectangle. */
  touches(column: number, row: number, within: CellBox): boolean;
}

/** @param ratio Pixels a CSS pixel: that of the device for drawing, 1 for CSS pixels. */
export function cellPlaces(lattice: Lattice, view: View, ratio: number): CellPlaces {
  const scale = view.scale * ratio;
  const left = (ratio * view.width) / 2 + (lattice.left - view.centerX) * scale;
  const bottom = (ratio * view.height) / 2 - (lattice.bottom - view.centerY) * scale;
  const size = lattice.cellSize * scale;
  return {
    size,
    boxOf(column, row) {
      const from = Math.round(left + column * size);
      const top = Math.round(bottom - (row + 1) * size);
      return {
        left: from,
        top,
        width: Math.round(left + (column + 1) * size) - from,
        height: Math.round(bottom - row * size) - top,
      };
    },
    // A pixel more on every side: edges are rounded.
    touches: (column, row, within) =>
      left + (column + 1) * size > within.left - 1 &&
      left + column * size < within.left + within.width + 1 &&
      bottom - row * size > within.top - 1 &&
      bottom - (row + 1) * size < within.top + within.height + 1,
  };
}

/** The same places for tiles that are at least so large: about the middles of their cells, and over their neighbours. */
export function enlargePlaces({ size, boxOf, touches }: CellPlaces, least: number): CellPlaces {
  const more = (least - size) / 2;
  if (more <= 0) return { size, boxOf, touches };
  const side = Math.round(least);
  return {
    size: least,
    boxOf(column, row) {
      const { left, top, width, height } = boxOf(column, row);
      const [x, y] = [left + (width - side) / 2, top + (height - side) / 2];
      return { left: Math.round(x), top: Math.round(y), width: side, height: side };
    },
    touches: (column, row, { left, top, width, height }) =>
      touches(column, row, { left: left - more, top: top - more, width: width + 2 * more, height: height + 2 * more }),
  };
}

/** The same places on a canvas whose upper left pixel is that one of theirs. */
export function shiftPlaces({ size, boxOf, touches }: CellPlaces, byLeft: number, byTop: number): CellPlaces {
  return {
    size,
    boxOf(column, row) {
      const { left, top, width, height } = boxOf(column, row);
      return { left: left - byLeft, top: top - byTop, width, height };
    },
    touches: (column, row, within) =>
      touches(column, row, { ...within, left: within.left + byLeft, top: within.top + byTop }),
  };
}
