import type { LinkedRows } from "../../link/linked-rows.ts";
import type { Mark } from "../../rows/row-details.ts";
import type { CellOnShow } from "../plot/plot-options.ts";

/** Where a hovered tile is: on its cell, or in the sheet of one. */
export interface HoveredPlace {
  readonly cell: CellOnShow | null;
  /** What a tooltip keeps clear of; null: none is to be shown. */
  readonly mark: Mark | null;
}

/** The tile that this view points at: only then has it a tooltip here, and ends with the view. */
export class TileHover {
  #isOwn = false;
  #place: HoveredPlace = { cell: null, mark: null };

  /** @param show What is pointed at has changed its place: linked widgets hear of other rows alone. */
  constructor(
    readonly rows: LinkedRows,
    readonly show: () => void,
  ) {}

  get cell(): CellOnShow | null {
    return this.#place.cell;
  }

  /** null where another widget points at the row. */
  get mark(): Mark | null {
    return this.#isOwn ? this.#place.mark : null;
  }

  /** @param row -1: none. */
  move(row: number, place: HoveredPlace): void {
    // Leaving what was not pointed at here takes nothing away from the widget that points at it.
    if (row < 0 && !this.#isOwn) return;
    this.#place = place;
    this.#isOwn = true;
    if (row === this.rows.hovered) this.show();
    else this.rows.hover(row);
    this.#isOwn = row >= 0;
  }

  end(): void {
    if (this.#isOwn) this.rows.hover(-1);
  }
}

/** A cell as a mark that a tooltip keeps clear of. */
export function placeOf(cell: CellOnShow | null): HoveredPlace {
  if (!cell) return { cell, mark: null };
  const { left, top, width, height } = cell.box;
  return { cell, mark: { x: left + width / 2, y: top + height / 2, radius: Math.max(width, height) / 2 } };
}
