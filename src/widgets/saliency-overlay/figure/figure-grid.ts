/** A picture's panels beside each other, millimetres. */
export interface GridRow {
  /** Of the panels. */
  readonly top: number;
  /** Of a panel. */
  readonly height: number;
}

export interface FigureGrid {
  /** Of a panel. */
  readonly cell: number;
  /** Where the panels of each column begin. */
  readonly lefts: readonly number[];
  readonly rows: readonly GridRow[];
  /** Where the last row ends, with what stands below it. */
  readonly bottom: number;
}

export interface FigureGridOptions {
  /** Of all columns together. */
  readonly width: number;
  /** Panels of a row. */
  readonly across: number;
  readonly top: number;
  readonly gap: number;
  /** For what stands above each row's panels, and below them. */
  readonly above: number;
  readonly below: number;
}

/** Where panels stand: all as wide as each other, each row as high as its picture's form has it. */
export function figureGrid(
  sizes: readonly { readonly height: number; readonly width: number }[],
  { width, across, top, gap, above, below }: FigureGridOptions,
): FigureGrid {
  const cell = (width - (across - 1) * gap) / across;
  const lefts = Array.from({ length: across }, (_, at) => at * (cell + gap));
  let bottom = top;
  const rows = sizes.map((size, at): GridRow => {
    const row = { top: bottom + (at > 0 ? gap : 0) + above, height: (cell * size.height) / size.width };
    bottom = row.top + row.height + below;
    return row;
  });
  return { cell, lefts, rows, bottom };
}
