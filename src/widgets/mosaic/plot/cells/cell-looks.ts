import { cellShares, commonestClass, type WindowCells } from "../../../../compute/mosaic/index.ts";
import { hasRow, type RowMask } from "../../../../compute/selection/row-mask.ts";
import type { Coloring } from "../../../rows/coloring.ts";
import { MISSING, type Paint } from "../../../rows/paint.ts";

/** The opacity of a cell that holds no row that is selected, or in focus: the total stays visible. */
const FAINTEST = 0.2;

/** How cells look besides their pictures. */
export interface CellLooks {
  /** Selected rows; null: all. */
  readonly mask: RowMask | null;
  /** Rows in focus; null: all. */
  readonly focus: RowMask | null;
  readonly paint: Paint | null;
  readonly coloring: Coloring | null;
}

/** Looks worked out for cells, once for each. */
export class CellLookbook {
  readonly #opacities = new WeakMap<WindowCells, Float32Array>();
  readonly #colors = new WeakMap<WindowCells, readonly (string | null)[]>();

  constructor(readonly looks: CellLooks) {}

  /** 0 to 1 for each cell; null where all are opaque. */
  opacitiesOf(cells: WindowCells): Float32Array | null {
    const { mask, focus } = this.looks;
    if (!mask && !focus) return null;
    const known = this.#opacities.get(cells);
    if (known) return known;
    const opacities = new Float32Array(cells.shown.length).fill(1);
    for (const rows of [focus, mask])
      if (rows)
        sharesOf(cells, rows).forEach((share, cell) => {
          opacities[cell] = (opacities[cell] ?? 1) * (FAINTEST + (1 - FAINTEST) * share);
        });
    this.#opacities.set(cells, opacities);
    return opacities;
  }

  /** The colour of each cell's commonest class, or of the mean of its numbers; null where it has none. */
  colorsOf(cells: WindowCells): readonly (string | null)[] | null {
    const { paint, coloring } = this.looks;
    if (!paint || !coloring) return null;
    const known = this.#colors.get(cells);
    if (known) return known;
    const colors = coloring.kind === "categories" ? classColors(cells, paint, coloring) : meanColors(cells, paint);
    this.#colors.set(cells, colors);
    return colors;
  }
}

/** The share of each cell's tiles that are in the mask; a cell that borrows its tile goes by that. */
function sharesOf(cells: WindowCells, mask: RowMask): Float32Array {
  const shares = cellShares(cells, mask);
  const { starts, shown } = cells;
  for (let cell = 0; cell < shares.length; cell++)
    if (starts[cell] === starts[cell + 1]) shares[cell] = hasRow(mask, shown[cell] ?? -1) ? 1 : 0;
  return shares;
}

function classColors(
  cells: WindowCells,
  { classColors: colors }: Paint,
  { codes, names }: Extract<Coloring, { kind: "categories" }>,
): readonly (string | null)[] {
  return Array.from(commonestClass(cells, codes, names.length), (code, cell) => {
    const borrowed = cells.starts[cell] === cells.starts[cell + 1] ? codes[cells.shown[cell] ?? -1] : undefined;
    return colors[borrowed ?? code] ?? null;
  });
}

function meanColors({ starts, members, shown }: WindowCells, { palette, codes }: Paint): readonly (string | null)[] {
  return Array.from(shown, (_, cell) => {
    let [sum, count] = [0, 0];
    const end = starts[cell + 1] ?? 0;
    for (let place = starts[cell] ?? 0; place < end; place++) {
      const code = codes?.[members[place] ?? -1] ?? MISSING;
      if (code === MISSING) continue;
      sum += code;
      count++;
    }
    return count > 0 ? (palette[Math.round(sum / count)] ?? null) : null;
  });
}
