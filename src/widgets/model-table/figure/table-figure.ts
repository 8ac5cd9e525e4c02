import { totalLines } from "../../../compute/model/layers/summary-text.ts";
import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { type Figure, type FigureItem, figureText } from "../../export/figure.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { type FigureWords, figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import { cutText } from "../../export/text-width.ts";
import { type Tokens, tokens } from "../../theme/tokens.ts";
import { type LayerColumnName, layerColumns } from "../data/layer-columns.ts";

/** Millimetres. */
const LINE = 3.4;
const BASELINE = 2.5;
const GAP = 2;
/** Below it there is room for four columns alone. */
const NARROW = 130;

/** Shares of the width. */
const wide: readonly (readonly [LayerColumnName, number])[] = [
  ["layer", 42],
  ["type", 31],
  ["shape", 34],
  ["parameters", 18],
  ["multiplyAdds", 22],
  ["dtype", 13],
  ["kernel", 12],
  ["stride", 11],
];
const narrow: readonly (readonly [LayerColumnName, number])[] = [
  ["layer", 32],
  ["shape", 27],
  ["parameters", 14],
  ["multiplyAdds", 16],
];

/** A layer table for paper: a line a layer, what doesn't fit cut, and the totals below. */
export function tableFigure(
  listed: readonly ModelLayer[],
  all: readonly ModelLayer[],
  words: FigureWords,
  options: FigureOptions,
): Figure {
  const ink = tokens[options.scheme];
  const top = titleHeight(options);
  const columns = placeColumns(options.width);
  const items: FigureItem[] = [rule(top + LINE, options.width, ink)];
  const put = (cells: (name: LayerColumnName) => string, y: number, weight: 400 | 600): void => {
    for (const { name, x, width, isNumber } of columns) {
      const text = isNumber ? cells(name) : cutText(cells(name), width, 7, weight);
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
    items.push(figureText(line.trim(), 0, end + place * LINE + BASELINE + 0.6, ink.textSecond));
  });
  return figureSheet(items, end + (totals.length + 0.5) * LINE, words, options);
}

function placeColumns(width: number) {
  const shares = width < NARROW ? narrow : wide;
  const unit = (width - GAP * (shares.length - 1)) / shares.reduce((sum, [, share]) => sum + share, 0);
  let x = 0;
  return shares.map(([name, share]) => {
    const placed = { name, x, width: share * unit, isNumber: name === "parameters" || name === "multiplyAdds" };
    x += share * unit + GAP;
    return placed;
  });
}

function rule(y: number, width: number, { rule: stroke }: Tokens): FigureItem {
  return { kind: "line", x1: 0, y1: y, x2: width, y2: y, stroke, lineWidth: 0.5 };
}
