import { columnOf, type MosaicGrid, rowOf, type WindowCells } from "../../../../compute/mosaic/index.ts";

/** Finds cells by their place, and those that show or hold a row. */
export class CellFinder {
  readonly #byPlace: Map<number, number> | Int32Array;
  /** Cells that show a row which lies in another. */
  readonly #borrowing = new Map<number, number>();

  constructor(
    readonly cells: WindowCells,
    grid: MosaicGrid,
    private readonly positions: Float32Array<ArrayBuffer>,
  ) {
    const { lattice, level, column, row, shown } = cells;
    const places = (index: number) => (row[index] ?? 0) * lattice.columns + (column[index] ?? 0);
    if (level > 0) {
      this.#byPlace = new Map(Array.from(shown, (_, index) => [places(index), index]));
      shown.forEach((tile, index) => {
        const [x = 0, y = 0] = positions.subarray(2 * tile, 2 * tile + 2);
        const isOwn = columnOf(lattice, x) === column[index] && rowOf(lattice, y) === row[index];
        if (tile >= 0 && !isOwn) this.#borrowing.set(tile, index);
      });
      return;
    }
    // Of the base grid all cells are here, maybe a million: an array is made in no time.
    const byPlace = new Int32Array(lattice.columns * lattice.rows).fill(-1);
    for (let index = 0; index < shown.length; index++) {
      byPlace[places(index)] = index;
      const tile = shown[index] ?? -1;
      if (tile >= 0 && grid.cellOf[tile] !== places(index)) this.#borrowing.set(tile, index);
    }
    this.#byPlace = byPlace;
  }

  /** The number of the cell there; -1 where there is none. */
  at(column: number, row: number): number {
    const { columns, rows } = this.cells.lattice;
    if (!(column >= 0 && column < columns && row >= 0 && row < rows)) return -1;
    const place = row * columns + column;
    const found = this.#byPlace instanceof Map ? this.#byPlace.get(place) : this.#byPlace[place];
    return found ?? -1;
  }

  /** Where the cell lies that shows a row, else the one that holds it, near or far; null where the row has no place. */
  placeOf(tile: number): readonly [column: number, row: number] | null {
    const { lattice, column, row } = this.cells;
    const showing = this.#borrowing.get(tile);
    if (showing !== undefined) return [column[showing] ?? 0, row[showing] ?? 0];
    const x = this.positions[2 * tile] ?? Number.NaN;
    const y = this.positions[2 * tile + 1] ?? Number.NaN;
    if (tile < 0 || !Number.isFinite(x + y)) return null;
    return [columnOf(lattice, x), rowOf(lattice, y)];
  }
}
