import { type FigureItem, figureText } from "../../export/figure.ts";
import { type FigureBox, pixelLayer } from "../../export/pixel-layer.ts";
import { placeItems } from "../../export/place-items.ts";
import type { Tokens } from "../../theme/tokens.ts";
import { type ChartLayout, layOutSheet } from "../plot/layout/chart-layout.ts";
import { panelCorner } from "../plot/layout/panel-grid.ts";
import type { BoxScene } from "../plot/plot-options.ts";
import { type PanelItems, panelItems } from "./panel-items.ts";
import { measure, PIXEL } from "./paper.ts";

/** More points than this make a vector file heavy and slow to open. */
const MOST_CIRCLES = 5000;
const VALUES_BASELINE = 11;
const GROUPS_BASELINE = 14;
const GROUPS_HEIGHT = 18;

/** How panels are drawn on paper. */
export interface BoxDrawing {
  readonly scene: BoxScene;
  /** Where they begin, and how wide they are altogether; millimetres. */
  readonly top: number;
  readonly width: number;
  /** A panel's height by its width. */
  readonly ratio: number;
  readonly tokens: Tokens;
  /** What the groups are, below the last row of panels; null: nothing is said. */
  readonly groupsName: string | null;
  /** Of single values that are too many for circles. */
  readonly dpi: number;
  readonly vector: boolean;
}

/** The panels of a scene on paper, and the millimetres that they reach down to. */
export function drawBoxes(drawing: BoxDrawing): { readonly items: readonly FigureItem[]; readonly bottom: number } {
  const { scene, top, width, ratio, tokens, groupsName } = drawing;
  const sheet = { width: width / PIXEL, height: null, ratio, keepsHeights: false };
  const layout = layOutSheet(scene, sheet, measure);
  const { grid, frames } = layout;
  const onPaper = { x: 0, y: top, scale: PIXEL };
  const panels = frames.map((frame, index) => {
    const corner = { ...panelCorner(grid, index), scale: 1 };
    const { rules, points, marks } = panelItems(scene, index, frame, tokens);
    const place = (items: readonly FigureItem[]) => placeItems(placeItems(items, corner), onPaper);
    const box = {
      x: corner.x * PIXEL,
      y: top + corner.y * PIXEL,
      width: grid.panelWidth * PIXEL,
      height: grid.panelHeight * PIXEL,
    };
    return { rules: place(rules), points: place(points), marks: place(marks), box };
  });
  const bottom = grid.height + (groupsName === null ? 0 : GROUPS_HEIGHT);
  const words = axisWords(layout, width / PIXEL, groupsName, tokens);
  const items = [...layered(panels, drawing), ...placeItems(words, onPaper)];
  return { items, bottom: top + bottom * PIXEL };
}

function layered(
  panels: readonly (PanelItems & { readonly box: FigureBox })[],
  { dpi, vector }: BoxDrawing,
): readonly FigureItem[] {
  const count = panels.reduce((sum, { points }) => sum + points.length, 0);
  const isHeavy = vector && count > MOST_CIRCLES;
  return panels.flatMap(({ rules, points, marks, box }) => [
    ...rules,
    ...(isHeavy ? [pixelLayer(points, box, dpi)] : points),
    ...marks,
  ]);
}

/** What the values are, at the left of each row of panels, and what the groups are. */
function axisWords(
  { grid, frames, values }: ChartLayout,
  width: number,
  groups: string | null,
  { textSecond }: Tokens,
): readonly FigureItem[] {
  const [frame] = frames;
  if (!frame) return [];
  const rows = Array.from({ length: grid.rows }, (_, row) => {
    const middle = panelCorner(grid, row * grid.columns).y + values.middle;
    return figureText(values.text, VALUES_BASELINE, middle, textSecond, { anchor: "middle", turn: 90 });
  });
  const middle = grid.columns === 1 ? panelCorner(grid, 0).x + (frame.left + frame.width) / 2 : width / 2;
  const below =
    groups === null
      ? []
      : [figureText(groups, middle, grid.height + GROUPS_BASELINE, textSecond, { anchor: "middle" })];
  return [...rows, ...below];
}
