import { type Figure, type FigureItem, figureText } from "../../export/figure.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import { placeItems } from "../../export/place-items.ts";
import { cutMiddle, cutText, textWidth } from "../../export/text-width.ts";
import { wrapText } from "../../export/wrap-text.ts";
import { type Tokens, tokens } from "../../theme/tokens.ts";
import { className } from "../data/class-names.ts";
import type { SaliencyPicture, ShownSaliency } from "../data/shown-saliency.ts";
import { CONTOUR_WORDS } from "../plot/contour-lines.ts";
import { type PanelLook, panelColors } from "../plot/panel-pixels.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import { scaleWords } from "../scale-words.ts";
import { type FigureGrid, figureGrid, type GridRow } from "./figure-grid.ts";
import { panelItems, pictureItem } from "./panel-items.ts";
import { scaleLegend } from "./scale-legend.ts";

/** Millimetres. */
const GAP = 2;
const NAME_LINE = 3.6;
const TEXT_LINE = 3.6;
const ABOVE_LEGEND = 1.5;
/** Points, of the columns' names. */
const NAME = 8;

/** What is drawn. */
export interface DrawnSaliency {
  readonly shown: ShownSaliency;
  readonly props: PanelLook & Pick<SaliencyOverlayProps, "arrangement" | "contours" | "title">;
  readonly caption: string;
}

/** What all rows share. */
interface Paper {
  readonly drawn: DrawnSaliency;
  readonly grid: FigureGrid;
  readonly ink: Tokens;
  /** Whether a row begins with the picture itself. */
  readonly hasPicture: boolean;
}

/**
 * Pictures below each other, each with its maps beside it, as they stand on screen; what can be slid there shows its map.
 * Columns have their names once, on top.
 */
export function saliencyFigure(drawn: DrawnSaliency, options: FigureOptions): Figure {
  const { shown, props, caption } = drawn;
  const { width, scheme } = options;
  const ink = tokens[scheme];
  const hasPicture = props.arrangement === "side";
  const columns = [...(hasPicture ? ["picture"] : []), ...shown.columns.map(({ name }) => name)];
  const across = columns.length;
  const names = columns.map((name) => wrapText(name, (width - (across - 1) * GAP) / across, NAME, 600));
  const head = Math.max(...names.map(({ length }) => length)) * NAME_LINE;
  const top = titleHeight(options);
  const grid = figureGrid(
    shown.pictures.map(({ pixels }) => pixels),
    { width, across, top: top + head, gap: GAP, above: hasPicture ? 0 : TEXT_LINE, below: TEXT_LINE },
  );
  const paper = { drawn, grid, ink, hasPicture };
  const legend = scaleLegend(
    { words: scaleWords(shown, props), colors: panelColors(props), notes: notesOf(props), ink },
    width,
  );
  const legendTop = grid.bottom + ABOVE_LEGEND;
  const items = [
    ...names.flatMap((lines, at) => nameItems(lines, grid.lefts[at] ?? 0, top + head, ink)),
    ...shown.pictures.flatMap((picture, at) => {
      const row = grid.rows[at];
      return row ? rowItems(picture, row, paper) : [];
    }),
    ...placeItems(legend.items, { x: 0, y: legendTop, scale: 1 }),
  ];
  return figureSheet(items, legendTop + legend.height, { caption, title: props.title ?? "Saliency" }, options);
}

/** A column's name in lines, the last of which stands above its panels. */
function nameItems(lines: readonly string[], x: number, bottom: number, ink: Tokens): readonly FigureItem[] {
  return lines.map((line, at) =>
    figureText(line, x, bottom - (lines.length - 1 - at) * NAME_LINE - 1.2, ink.text, { size: NAME, weight: 600 }),
  );
}

function rowItems(picture: SaliencyPicture, row: GridRow, paper: Paper): readonly FigureItem[] {
  const { drawn, grid, ink, hasPicture } = paper;
  const { shown, props } = drawn;
  const { pixels, name } = picture;
  const box = (at: number) => ({ x: grid.lefts[at] ?? 0, y: row.top, width: grid.cell, height: row.height });
  const below = row.top + row.height + TEXT_LINE - 0.8;
  const panels = shown.columns.flatMap((column, at) => {
    const place = box(hasPicture ? at + 1 : at);
    const map = picture.maps[at];
    return [
      ...(map
        ? panelItems(pixels, map, column, props, place)
        : [{ kind: "rect", ...place, fill: ink.surface } as const]),
      ...classItems(picture, at, shown, { x: place.x, y: below, room: grid.cell, ink }),
    ];
  });
  if (!hasPicture) return [figureText(cutMiddle(name, paper.grid.cell), 0, row.top - 1.2, ink.textSecond), ...panels];
  const named = figureText(cutMiddle(name, grid.cell), 0, below, ink.textSecond);
  return [pictureItem(pixels, box(0)), named, ...panels];
}

/** The class that a map is about, and how likely the model finds it. */
function classItems(
  { classes, probabilities }: SaliencyPicture,
  at: number,
  { classNames }: ShownSaliency,
  { x, y, room, ink }: { readonly x: number; readonly y: number; readonly room: number; readonly ink: Tokens },
): readonly FigureItem[] {
  const classIdx = classes[at] ?? null;
  if (classIdx === null) return [];
  const share = (probabilities[classIdx] ?? Number.NaN).toFixed(2);
  const name = cutText(className(classNames, classIdx), room - textWidth(share) - 1);
  return [figureText(name, x, y, ink.text), figureText(share, x + textWidth(name) + 1, y, ink.textSecond)];
}

/** What else is to be known of how maps are drawn. */
function notesOf({ contours, top }: DrawnSaliency["props"]): readonly string[] {
  return [...(contours ? [CONTOUR_WORDS] : []), ...(top === null ? [] : [`the most salient ${top} % alone`])];
}
