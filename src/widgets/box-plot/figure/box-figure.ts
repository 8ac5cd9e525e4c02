import type { Figure } from "../../export/figure.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import { paintOf } from "../../rows/paint.ts";
import { tokens } from "../../theme/tokens.ts";
import { RATIO } from "../plot/layout/chart-layout.ts";
import type { BoxPlotSession } from "../session.ts";
import { boxScene } from "../view/box-scene.ts";
import { drawBoxes } from "./draw-boxes.ts";

/**
 * The panels on show as a figure for paper: the same boxes, drawn anew for its size. What is said of the units is in its
 * caption.
 */
export function boxFigure(session: BoxPlotSession, options: FigureOptions): Figure {
  const { read, props, caption } = session;
  const { scheme, width, dpi, format } = options;
  const colors = read ? paintOf(read.classes, { scheme, promoted: [] }).classColors : [];
  const scene = boxScene(session, colors);
  const top = titleHeight(options);
  const ink = { tokens: tokens[scheme], dpi, vector: format !== "png" };
  const { items, bottom } = scene
    ? drawBoxes({ scene, top, width, ratio: RATIO, groupsName: null, ...ink })
    : { items: [], bottom: top + 1 };
  return figureSheet(items, bottom, { caption, title: props.title ?? "Units" }, options);
}
