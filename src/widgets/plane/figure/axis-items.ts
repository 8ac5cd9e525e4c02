import { type FigureItem, figureText } from "../../export/figure.ts";
import { type Scheme, tokens } from "../../theme/tokens.ts";

const INSET = 2;
const LENGTH = 9;
const HEAD = 0.8;
/** Of a letter of 7 pt, about. */
const LETTER = 1.35;

/** A map in a figure, millimetres, and the colours of its page. */
export interface AxesPlace {
  readonly left: number;
  readonly top: number;
  readonly height: number;
  readonly scheme: Scheme;
}

/** What the corner arrow and its words take up at the lower left of a map, as far from every edge, millimetres. */
export function axesSize([x, y]: readonly [x: string, y: string]): {
  readonly width: number;
  readonly height: number;
} {
  const words = Math.max(LENGTH + 1 + x.length * LETTER, y.length * LETTER - HEAD);
  return { width: INSET + words + INSET, height: 16 };
}

/** The corner arrow that stands for the axes of a map, with their names. */
export function axisItems(
  { left, top, height, scheme }: AxesPlace,
  axes: readonly [x: string, y: string],
): readonly FigureItem[] {
  const { textSecond, page } = tokens[scheme];
  const halo = { color: page, lineWidth: 1.5 };
  const stroke = { stroke: textSecond, lineWidth: 0.5 };
  const [x, y] = [left + INSET, top + height - INSET];
  return [
    { kind: "polyline", points: [x, y - LENGTH, x, y, x + LENGTH, y], ...stroke },
    { kind: "polyline", points: [x - HEAD, y - LENGTH + HEAD, x, y - LENGTH, x + HEAD, y - LENGTH + HEAD], ...stroke },
    { kind: "polyline", points: [x + LENGTH - HEAD, y - HEAD, x + LENGTH, y, x + LENGTH - HEAD, y + HEAD], ...stroke },
    figureText(axes[0], x + LENGTH + 1, y + 0.9, textSecond, { halo }),
    figureText(axes[1], x - HEAD, y - LENGTH - 1, textSecond, { halo }),
  ];
}
