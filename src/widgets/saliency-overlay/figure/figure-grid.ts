import type { FigureBox } from "../../export/pixel-layer.ts";

/** Millimetres. */
const GAP = 2;
/** Of a panel: less is no picture any more. */
const LEAST = 16;

/** How a picture's panels stand: beside each other, in several lines where they would be too small. */
export interface FigureColumns {
  /** Panels of a line. */
  readonly across: number;
  /** Lines of a picture. */
  readonly lines: number;
  /** Of a panel, millimetres. */
  readonly cell: number;
}

/** As many panels beside each other as can be looked at, in lines of about the same length. */
export function figureColumns(count: number, width: number): FigureColumns {
  const most = Math.max(1, Math.min(count, Math.floor((width + GAP) / (LEAST + GAP))));
  const lines = Math.ceil(count / most);
  const across = Math.ceil(count / lines);
  return { across, lines, cell: (width - (across - 1) * GAP) / across };
}

export interface FigureGrid {
  /** Of each picture its panels' places; millimetres. */
  readonly pictures: readonly (readonly FigureBox[])[];
  /** Where the last line ends, with what stands below it. */
  readonly bottom: number;
}

export interface FigureGridOptions {
  readonly columns: FigureColumns;
  /** Panels of a picture. */
  readonly count: number;
  readonly top: number;
  /** For what stands above each line of a picture's panels. */
  readonly above: readonly number[];
  /** For what stands below each line. */
  readonly below: number;
}

/** Where panels stand: all as wide as each other, and as high as their picture's form has it. */
export function figureGrid(
  sizes: readonly { readonly height: number; readonly width: number }[],
  { columns: { across, lines, cell }, count, top, above, below }: FigureGridOptions,
): FigureGrid {
  let bottom = top;
  const pictures = sizes.map(({ height, width }) => {
    const panels: FigureBox[] = [];
    for (let line = 0; line < lines; line++) {
      const y = bottom + (bottom > top ? GAP : 0) + (above[line] ?? 0);
      for (let at = line * across; at < Math.min(count, (line + 1) * across); at++)
        panels.push({ x: (at - line * across) * (cell + GAP), y, width: cell, height: (cell * height) / width });
      bottom = y + (cell * height) / width + below;
    }
    return panels;
  });
  return { pictures, bottom };
}
