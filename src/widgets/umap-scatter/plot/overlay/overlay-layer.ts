import type { NeighborGraph } from "../../../../compute/umap/options.ts";
import type { ClassAnchor } from "../../../plane/overlay/class-anchors.ts";
import { drawAxes } from "../../../plane/overlay/draw-axes.ts";
import { drawNames } from "../../../plane/overlay/draw-names.ts";
import { drawOutline } from "../../../plane/overlay/draw-outline.ts";
import { drawHairlines, drawRing, type Mark } from "../../../plane/overlay/draw-rings.ts";
import { OverlayCanvas } from "../../../plane/overlay/overlay-canvas.ts";
import { type Box, boxOf } from "../../../plane/overlay/place-names.ts";
import { toBody, type View } from "../../../plane/view.ts";
import type { Tokens } from "../../../theme/tokens.ts";

/** Up to so many rows names leave every mark free; among more they stand on the cluster that they name. */
const FEW_ROWS = 100;

/** What lies above the marks. */
export interface OverlayContents {
  readonly view: View;
  readonly positions: Float32Array;
  /** Of a mark, CSS pixels. */
  readonly diameter: number;
  readonly hovered: number;
  readonly current: number;
  readonly neighbors: NeighborGraph | null;
  readonly anchors: readonly ClassAnchor[];
  /** null: no corner arrow. */
  readonly axes: readonly [string, string] | null;
  /** The selecting drag under way. */
  readonly outline: readonly (readonly [x: number, y: number])[];
  readonly tokens: Tokens;
  readonly font: string;
}

/** The canvas above the marks: cheap to draw, so that hovering never touches the marks themselves. */
export class OverlayLayer {
  readonly #overlay: OverlayCanvas;

  constructor(canvas: HTMLCanvasElement) {
    this.#overlay = new OverlayCanvas(canvas);
  }

  draw(contents: OverlayContents, ratio: number): void {
    const { view, tokens, font, axes, hovered, current, outline } = contents;
    const { height } = view;
    const context = this.#overlay.clear(view, ratio);
    const { text, page, textSecond } = tokens;
    const isEmpty = contents.positions.length === 0;
    const taken =
      axes && !isEmpty ? drawAxes(context, axes, height, { line: textSecond, text: textSecond, page }, font) : [];
    const hoveredMark = markAt(contents, hovered);
    if (hoveredMark) drawHairlines(context, hoveredMark, neighborPlaces(contents, hovered), tokens);
    drawNames(context, contents.anchors, view, tokens, font, [...taken, ...boxesOfFew(contents)]);
    const currentMark = markAt(contents, current);
    if (currentMark) drawRing(context, currentMark, 2, tokens);
    if (hoveredMark && hovered !== current) drawRing(context, hoveredMark, 1, tokens);
    if (outline.length > 1) drawOutline(context, outline, { text, page });
  }
}

/** Where a row's mark is on the body; null where it has none (no such row, no finite position). */
export function markAt(
  { view, positions, diameter }: Pick<OverlayContents, "view" | "positions" | "diameter">,
  row: number,
): Mark | null {
  if (row < 0 || 2 * row + 1 >= positions.length) return null;
  const [x, y] = toBody(view, positions[2 * row] ?? Number.NaN, positions[2 * row + 1] ?? Number.NaN);
  return Number.isFinite(x + y) ? { x, y, radius: diameter / 2 } : null;
}

function boxesOfFew(contents: OverlayContents): readonly Box[] {
  const rows = contents.positions.length >> 1;
  if (rows > FEW_ROWS || contents.anchors.length === 0) return [];
  return Array.from({ length: rows }, (_, row) => markAt(contents, row))
    .filter((mark) => mark !== null)
    .map(({ x, y, radius }) => boxOf({ x, y, width: 2 * radius, height: 2 * radius }));
}

function neighborPlaces(contents: OverlayContents, row: number): readonly (readonly [number, number])[] {
  const { neighbors } = contents;
  if (!neighbors) return [];
  return Array.from(neighbors.indices.subarray(row * neighbors.k, (row + 1) * neighbors.k))
    .map((neighbor) => markAt(contents, neighbor))
    .filter((mark) => mark !== null)
    .map(({ x, y }) => [x, y] as const);
}
