import { type Figure, type FigureItem, figureText } from "../../export/figure.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import type { FigureBox } from "../../export/pixel-layer.ts";
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
import { figureColumns, figureGrid } from "./figure-grid.ts";
import { panelItems, pictureItem } from "./panel-items.ts";
import { scaleLegend } from "./scale-legend.ts";

/** Millimetres. */
const NAME_LINE = 3.6;
const TEXT_LINE = 3.6;
const ABOVE_PANEL = 1.2;
const ABOVE_LEGEND = 1.5;
/** Points, of the columns' names. */
const NAME = 8;

/** What is drawn. */
export interface DrawnSaliency {
  readonly shown: ShownSaliency;
  readonly props: PanelLook & Pick<SaliencyOverlayProps, "arrangement" | "contours" | "title">;
  readonly caption: string;
}

/** What all pictures share. */
interface Paper {
  readonly drawn: DrawnSaliency;
  readonly ink: Tokens;
  /** Whether the picture itself is its first panel. */
  readonly hasPicture: boolean;
  /** What stands above each panel, in lines; nothing where it stands on top of all. */
  readonly names: readonly (readonly string[])[];
  /** Of the first line's names together, millimetres; 0 where they stand on top. */
  readonly head: number;
  readonly width: number;
}

/**
 * Pictures below each other, each with its maps beside it, as they stand on screen; what can be slid there shows its map.
 * Columns have their names once, on top; where there is no room for all beside each other, each panel has its own.
 */
export function saliencyFigure(drawn: DrawnSaliency, options: FigureOptions): Figure {
  const { shown, props, caption } = drawn;
  const { width, scheme } = options;
  const ink = tokens[scheme];
  const hasPicture = props.arrangement === "side";
  const called = [...(hasPicture ? ["picture"] : []), ...shown.columns.map(({ name }) => name)];
  const columns = figureColumns(called.length, width);
  const { across, lines } = columns;
  const names = called.map((name) => wrapText(name, columns.cell, NAME, 600));
  const isOnTop = lines === 1;
  const heads = Array.from({ length: lines }, (_, line) =>
    Math.max(...names.slice(line * across, (line + 1) * across).map((each) => each.length * NAME_LINE)),
  );
  const top = titleHeight(options) + (isOnTop ? (heads[0] ?? 0) : 0);
  const { pictures, bottom } = figureGrid(
    shown.pictures.map(({ pixels }) => pixels),
    {
      columns,
      count: called.length,
      top,
      above: heads.map((head, line) => (isOnTop ? 0 : head) + (line === 0 && !hasPicture ? TEXT_LINE : 0)),
      below: TEXT_LINE,
    },
  );
  const [first = []] = pictures;
  const own = isOnTop ? { names: [], head: 0 } : { names, head: heads[0] ?? 0 };
  const paper = { drawn, ink, hasPicture, width, ...own };
  const look = { words: scaleWords(shown, props), colors: panelColors(props), notes: notesOf(props), ink };
  const legend = scaleLegend(look, width);
  const legendTop = bottom + ABOVE_LEGEND;
  const items = [
    ...(isOnTop ? names.flatMap((name, at) => nameItems(name, first[at]?.x ?? 0, top - ABOVE_PANEL, ink)) : []),
    ...shown.pictures.flatMap((picture, at) => pictureItems(picture, pictures[at] ?? [], paper)),
    ...placeItems(legend.items, { x: 0, y: legendTop, scale: 1 }),
  ];
  return figureSheet(items, legendTop + legend.height, { caption, title: props.title ?? "Saliency" }, options);
}

/** A name in lines, the last of which stands at `bottom`. */
function nameItems(lines: readonly string[], x: number, bottom: number, ink: Tokens): readonly FigureItem[] {
  return lines.map((line, at) =>
    figureText(line, x, bottom - (lines.length - 1 - at) * NAME_LINE, ink.text, { size: NAME, weight: 600 }),
  );
}

/** A picture, where it stands for itself, and its maps, with what is written around them. */
function pictureItems(picture: SaliencyPicture, boxes: readonly FigureBox[], paper: Paper): readonly FigureItem[] {
  const { drawn, ink, hasPicture, names, head, width } = paper;
  const { shown, props } = drawn;
  const [first] = boxes;
  if (!first) return [];
  const named = (room: number, y: number) => figureText(cutMiddle(picture.name, room), first.x, y, ink.textSecond);
  const whole = hasPicture
    ? [pictureItem(picture.pixels, first), named(first.width, belowPanel(first))]
    : [named(width, first.y - head - ABOVE_PANEL)];
  const panels = shown.columns.flatMap((column, at) => {
    const box = boxes[hasPicture ? at + 1 : at];
    const map = picture.maps[at];
    if (!box) return [];
    const empty: FigureItem = { kind: "rect", ...box, fill: ink.surface };
    return [
      ...(map ? panelItems(picture.pixels, map, column, props, box) : [empty]),
      ...classItems(picture, at, shown, box, ink),
    ];
  });
  const own = names.flatMap((name, at) => {
    const box = boxes[at];
    return box ? nameItems(name, box.x, box.y - ABOVE_PANEL, ink) : [];
  });
  return [...own, ...whole, ...panels];
}

/** The baseline of what stands below a panel. */
function belowPanel({ y, height }: FigureBox): number {
  return y + height + TEXT_LINE - 0.8;
}

/** The class that a map is about, and how likely the model finds it. */
function classItems(
  { classes, probabilities }: SaliencyPicture,
  at: number,
  { classNames }: ShownSaliency,
  box: FigureBox,
  ink: Tokens,
): readonly FigureItem[] {
  const classIdx = classes[at] ?? null;
  if (classIdx === null) return [];
  const share = (probabilities[classIdx] ?? Number.NaN).toFixed(2);
  const name = cutText(className(classNames, classIdx), box.width - textWidth(share) - 1);
  const y = belowPanel(box);
  return [figureText(name, box.x, y, ink.text), figureText(share, box.x + textWidth(name) + 1, y, ink.textSecond)];
}

/** What else is to be known of how maps are drawn. */
function notesOf({ contours, top }: DrawnSaliency["props"]): readonly string[] {
  return [...(contours ? [CONTOUR_WORDS] : []), ...(top === null ? [] : [`the most salient ${top} % alone`])];
}
