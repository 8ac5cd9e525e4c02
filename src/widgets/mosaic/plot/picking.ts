import { cellsInOutline, columnOf, membersOf, rowOf, rowsOfCells } from "../../../compute/mosaic/index.ts";
import { rowsInPolygon } from "../../../compute/points/polygon-mask.ts";
import { addRow, hasRow, maskOf, type RowMask } from "../../../compute/selection/row-mask.ts";
import type { Corner } from "../../plane/input/gesture-target.ts";
import { toMap } from "../../plane/view.ts";
import { cellOnShow } from "./cells/cell-on-show.ts";
import { cellUnder } from "./cells/cell-under.ts";
import type { MapCells } from "./cells/map-cells.ts";
import { cellBox } from "./cells/row-boxes.ts";
import type { CellOnShow } from "./plot-options.ts";
import type { Stage } from "./stage.ts";

/** A pointer this far from a point's edge still means it, CSS pixels. */
const REACH = 4;

/** A tile that is pointed at, and its cell. */
export interface Picked {
  readonly row: number;
  readonly index: number;
}

const NOTHING: Picked = { row: -1, index: -1 };

/** Which tiles lie under a pointer or in an outline, as they are on show: cells of some level, or points. */
export class Picking {
  constructor(private readonly stage: Stage) {}

  at(bodyX: number, bodyY: number): Picked {
    const map = this.stage.cells;
    if (!map) return NOTHING;
    const { view } = this.stage;
    const [x, y] = toMap(view, bodyX, bodyY);
    const cells = map.cellsIn(view);
    if (this.stage.showsPoints) {
      const row = nearestPointOf(map, x, y, (this.stage.diameter / 2 + REACH) / view.scale);
      return { row, index: map.indexHolding(cells, row) };
    }
    const index = this.stage.isDensity ? map.indexAt(cells, x, y) : cellUnder(map, cells, view, bodyX, bodyY);
    const row = cells.shown[index] ?? -1;
    return row < 0 ? NOTHING : { row, index };
  }

  /** The tile on show whose cell holds a row; the row itself where points are on show. */
  holding(row: number): Picked {
    const map = this.stage.cells;
    if (!map || row < 0) return NOTHING;
    const cells = map.cellsIn(this.stage.view);
    const index = map.indexHolding(cells, row);
    return { row: this.stage.showsPoints || index < 0 ? row : (cells.shown[index] ?? row), index };
  }

  cellOf(index: number): CellOnShow | null {
    const map = this.stage.cells;
    const box = map && cellBox(map, this.stage.view, index);
    return box && cellOnShow(map.cellsIn(this.stage.view), index, map.positions, box);
  }

  /** The rows that a click means: all of the cell, or the point alone. */
  clicked({ row, index }: Picked): RowMask | null {
    const map = this.stage.cells;
    if (!map || row < 0) return null;
    const rows = map.positions.length >> 1;
    if (this.stage.showsPoints) return maskOf([row], rows);
    return maskOf(this.cellOf(index)?.rows ?? [], rows);
  }

  /** The rows of the cells whose centre the outline holds, or of the points in it. */
  outlined(corners: readonly Corner[]): RowMask | null {
    const map = this.stage.cells;
    if (!map) return null;
    const { view } = this.stage;
    const outline = Float32Array.from(corners.flatMap(([x, y]) => toMap(view, x, y)));
    const rows = map.positions.length >> 1;
    if (this.stage.showsPoints) return rowsInPolygon(map.positions, outline, rows);
    const cells = map.cellsIn(view);
    const inside = cellsInOutline(cells.centres, outline);
    const mask = rowsOfCells(cells, inside, rows);
    // A cell without tiles of its own means the one that it shows, as in a click.
    for (const [cell, shown] of cells.shown.entries())
      if (shown >= 0 && cells.starts[cell] === cells.starts[cell + 1] && hasRow(inside, cell)) addRow(mask, shown);
    return mask;
  }
}

/** Only the base cells within reach are looked through. */
function nearestPointOf({ grid, positions }: MapCells, x: number, y: number, reach: number): number {
  if (grid.columns === 0) return -1;
  let found = -1;
  let best = reach * reach;
  for (let line = rowOf(grid, y - reach); line <= rowOf(grid, y + reach); line++)
    for (let column = columnOf(grid, x - reach); column <= columnOf(grid, x + reach); column++)
      for (const point of membersOf(grid, line * grid.columns + column)) {
        const squared = ((positions[2 * point] ?? 0) - x) ** 2 + ((positions[2 * point + 1] ?? 0) - y) ** 2;
        if (squared >= best) continue;
        best = squared;
        found = point;
      }
  return found;
}
