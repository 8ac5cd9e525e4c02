import { totalLines } from "../../../compute/model/layers/summary-text.ts";
import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { type Figure, type FigureItem, figureText } from "../../export/figure.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { type FigureWords, figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import { cutMiddle, textWidth } from "../../export/text-width.ts";
import { type Tokens, tokens } from "../../theme/tokens.ts";
import { type LayerColumnName, layerColumns } from "../data/layer-columns.ts";

/** Millimetres. */
const LINE = 3.4;
const BASELINE = 2.5;
const GAP = 2;
/** Free at the left and the right. */
const MARGIN = 2;
/** A name that has less is no longer told from others. */
const LEAST_NAME = 30;

const names: readonly LayerColumnName[] = [
  "layer",
  "type",
  "shape",
  "parameters",
  "multiplyAdds",
  "dtype",
  "kernel",
  "stride",
];
/** What goes where there is no room for all, the first of them first. */
const dispensable: readonly LayerColumnName[] = ["stride", "kernel", "dtype", "type", "multiplyAdds"];

/** A layer table for paper: a line a layer, long names cut in their middle, and the totals below. */
export function tableFigure(
  listed: readonly ModelLayer[],
  all: readonly ModelLayer[],
  words: FigureWords,
  options: FigureOptions,
): Figure {
  const ink = tokens[options.scheme];
  const top = titleHeight(options);
  const columns = placeColumns(all, options.width);
  const items: FigureItem[] = [rule(top + LINE, options.width, ink)];
  const put = (cells: (name: LayerColumnName) => string, y: number, weight: 400 | 600): void => {
    for (const { name, x, width, isNumber } of columns) {
      const text = name === "layer" ? cutMiddle(cells(name), width, 7, weight) : cells(name);
      const anchor = isNumber ? "end" : "start";
      items.push(figureText(text, isNumber ? x + width : x, y + BASELINE, ink.text, { weight, anchor }));
    }
  };
  const textOf = (layer: ModelLayer) => (name: LayerColumnName) =>
    layerColumns.find((column) => column.name === name)?.text(layer) ?? "";
  put((name) => layerColumns.find((column) => column.name === name)?.head ?? "", top, 600);
  listed.forEach((layer, line) => {
    put(textOf(layer), top + (line + 1) * LINE, 400);
  });
  const end = top + (listed.length + 1) * LINE;
  items.push(rule(end, options.width, ink));
  const totals = totalLines(all);
  totals.forEach((line, place) => {
    items.push(figureText(line.trim(), MARGIN, end + place * LINE + BASELINE + 0.6, ink.textSecond));
  });
  return figureSheet(items, end + (totals.length + 0.5) * LINE, words, options);
}

/** Columns as wide as what stands in them; the names have the rest of the width, and other columns go until it is enough. */
function placeColumns(layers: readonly ModelLayer[], width: number) {
  const wanted = layerColumns
    .filter(({ name }) => names.includes(name))
    .map(({ name, head, text, isNumber }) => {
      const needed = layers.map((layer) => textWidth(text(layer)));
      return { name, isNumber, width: needed.reduce((most, next) => Math.max(most, next), textWidth(head, 7, 600)) };
    });
  const longest = wanted[0]?.width ?? 0;
  let kept = wanted;
  const roomForNames = () => width - 2 * MARGIN - kept.slice(1).reduce((sum, column) => sum + column.width + GAP, 0);
  for (const name of dispensable)
    if (roomForNames() < Math.min(longest, LEAST_NAME)) kept = kept.filter((column) => column.name !== name);
  let x = MARGIN;
  return kept.map((column, place) => {
    const placed = { ...column, x, width: place === 0 ? roomForNames() : column.width };
    x += placed.width + GAP;
    return placed;
  });
}

function rule(y: number, width: number, { rule: stroke }: Tokens): FigureItem {
  return { kind: "line", x1: 0, y1: y, x2: width, y2: y, stroke, lineWidth: 0.5 };
}
