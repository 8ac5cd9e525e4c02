import {
  type CellTree,
  type ChooseTile,
  cellsInWindow,
  expandedCellsInWindow,
  type MapWindow,
  type MosaicGrid,
  type WindowCells,
} from "../../../../compute/mosaic/index.ts";
import { toMap, type View } from "../../../plane/view.ts";
import { CellFinder } from "./cell-finder.ts";
import { cellsOfGrid } from "./cells-of-grid.ts";
import { finestLevel, levelOf } from "./level-of.ts";

/** Finer cells are made for a part of the map that is larger than the view by this share of it on every side. */
const AROUND = 0.5;

/** The cells of a map at whatever level a view asks for. */
export class MapCells {
  readonly base: WindowCells;
  #tree: CellTree | null = null;
  #finest = 0;
  /** The level on show. */
  #level = 0;
  readonly #finer = new Map<number, { readonly cells: WindowCells; readonly window: MapWindow }>();
  #finder: CellFinder | null = null;

  constructor(
    readonly grid: MosaicGrid,
    readonly positions: Float32Array<ArrayBuffer>,
    private readonly chooseTile: ChooseTile | null,
    /** Empty cells take a tile that lies within so many cells of their centre; null: they stay empty. */
    private readonly expandsTo: number | null = null,
  ) {
    this.base = cellsOfGrid(grid);
  }

  /** Two corners of the grid's box, `x, y` interleaved: what is to be kept in view. */
  get corners(): Float32Array<ArrayBuffer> {
    const { left, bottom, columns, rows, cellSize } = this.grid;
    if (columns === 0) return new Float32Array();
    return Float32Array.of(left, bottom, left + columns * cellSize, bottom + rows * cellSize);
  }

  /** Of the cells on show; 0: the base grid. */
  get level(): number {
    return this.#level;
  }

  /** Cells are about to be split, and what splitting needs is not here. */
  needsTree(view: View): boolean {
    return !this.#tree && this.chooseTile !== null && levelOf(this.grid.cellSize * view.scale, 1) > 0;
  }

  setTree(tree: CellTree): void {
    this.#tree = tree;
    this.#finest = finestLevel(tree);
  }

  /**
   * Go to the level that a view asks for. Coarse cells stay on show until `isReady` says that there is something to be
   * seen of the finer ones, which are given back until then; null: what is on show is what is asked for.
   */
  follow(view: View, isReady: (finer: WindowCells) => boolean): WindowCells | null {
    const level = levelOf(this.grid.cellSize * view.scale, this.#finest);
    const finer = level > this.#level ? this.#cellsAt(level, view) : null;
    if (finer && !isReady(finer)) return finer;
    this.#level = level;
    for (const kept of this.#finer.keys()) if (kept !== level) this.#finer.delete(kept);
    return null;
  }

  /** The cells on show, and some around them. The same object as long as it serves. */
  cellsIn(view: View): WindowCells {
    return this.#cellsAt(this.#level, view);
  }

  #cellsAt(level: number, view: View): WindowCells {
    if (level === 0 || !this.#tree || !this.chooseTile) return this.base;
    const known = this.#finer.get(level);
    if (known && holds(known.window, windowOf(view, 0))) return known.cells;
    const window = windowOf(view, AROUND);
    const cells =
      this.expandsTo === null
        ? cellsInWindow(this.#tree, level, window, this.chooseTile)
        : expandedCellsInWindow(this.#tree, level, window, this.positions, this.expandsTo);
    this.#finer.set(level, { cells, window });
    return cells;
  }

  /** The number of the cell that lies there, map coordinates; -1 where there is none. */
  indexAt(cells: WindowCells, x: number, y: number): number {
    const { left, bottom, cellSize } = cells.lattice;
    return this.#finderOf(cells).at(Math.floor((x - left) / cellSize), Math.floor((y - bottom) / cellSize));
  }

  /** The number of the cell that shows a row, else of the one that holds it; -1 where none of these cells does. */
  indexHolding(cells: WindowCells, row: number): number {
    const place = this.placeOf(cells, row);
    return place ? this.#finderOf(cells).at(...place) : -1;
  }

  /** Where the cell lies that shows a row, else the one that holds it, near or far; null where the row has no place. */
  placeOf(cells: WindowCells, row: number): readonly [column: number, row: number] | null {
    return this.#finderOf(cells).placeOf(row);
  }

  #finderOf(cells: WindowCells): CellFinder {
    if (this.#finder?.cells !== cells) this.#finder = new CellFinder(cells, this.grid, this.positions);
    return this.#finder;
  }
}

function windowOf(view: View, around: number): MapWindow {
  const [aside, above] = [around * view.width, around * view.height];
  const [left, top] = toMap(view, -aside, -above);
  const [right, bottom] = toMap(view, view.width + aside, view.height + above);
  return { left, right, bottom, top };
}

function holds(outer: MapWindow, inner: MapWindow): boolean {
  return (
    outer.left <= inner.left && outer.right >= inner.right && outer.bottom <= inner.bottom && outer.top >= inner.top
  );
}
