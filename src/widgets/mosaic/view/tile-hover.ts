import type { LinkedRows } from "../../link/linked-rows.ts";
import type { Mark } from "../../rows/row-details.ts";
import type { CellOnShow } from "../plot/plot-options.ts";

/** Where a hovered tile is: on its cell, or in the sheet of one. */
export interface HoveredPlace {
  readonly cell: CellOnShow | null;
  /** What a tooltip keeps clear of; null: none is to be shown. */
  readonly mark: Mark | null;
}

const NOWHERE: HoveredPlace = { cell: null, mark: null };

/** The tile that this view points at: only then has it a tooltip here, and ends with the view. */
export class TileHover {
  #row = -1;
  #place: HoveredPlace = NOWHERE;

  /** @param show What is pointed at has changed its place: linked widgets hear of other rows alone. */
  constructor(
    readonly rows: LinkedRows,
    readonly show: () => void,
  ) {}

  /** null where another widget points at a row, or nobody at any. */
  get cell(): CellOnShow | null {
    return this.#isOwn ? this.#place.cell : null;
  }

  /** As `cell`. */
  get mark(): Mark | null {
    return this.#isOwn ? this.#place.mark : null;
  }

  /** @param row -1: none. */
  move(row: number, place: HoveredPlace): void {
    // Leaving what is not pointed at from here takes nothing away from the widget that points at it.
    const isOver = row < 0 && !this.#isOwn;
    this.#row = row;
    this.#place = place;
    if (isOver) return;
    if (row === this.rows.hovered) this.show();
    else this.rows.hover(row);
  }

  end(): void {
    if (this.#isOwn) this.rows.hover(-1);
  }

  /** What keys point at here stays so until the focus leaves: a pointer elsewhere may have moved on to another row. */
  get #isOwn(): boolean {
    return this.#row >= 0 && this.#row === this.rows.hovered;
  }
}

/** A cell as a mark that a tooltip keeps clear of. */
export function placeOf(cell: CellOnShow | null): HoveredPlace {
  if (!cell) return { cell, mark: null };
  const { left, top, width, height } = cell.box;
  return { cell, mark: { x: left + width / 2, y: top + height / 2, radius: Math.max(width, height) / 2 } };
}
