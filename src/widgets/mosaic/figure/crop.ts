import type { WindowCells } from "../../../compute/mosaic/index.ts";
import type { View } from "../../plane/view.ts";

/** What a reader sees that the session does not know. */
export interface Crop {
  /** null: the whole mosaic. */
  readonly view: View | null;
  /** The cells of the level on show; null: those of the base grid. */
  readonly cells: WindowCells | null;
  readonly mode: "tiles" | "points";
  /** Of a point in that view, CSS px. */
  readonly diameter: number;
  /** Classes that were given a colour of their own. */
  readonly promoted: readonly number[];
}

/** What is drawn while no view shows the mosaic. */
export const wholeMosaic: Crop = { view: null, cells: null, mode: "tiles", diameter: 0, promoted: [] };
