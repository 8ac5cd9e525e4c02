import { hasRow, type RowMask } from "../../../compute/selection/row-mask.ts";
import { type FigureItem, figureText } from "../../export/figure.ts";
import { figurePixels } from "../../export/figure-size.ts";
import type { Categories } from "../../rows/coloring.ts";
import { MISSING, type Paint } from "../../rows/paint.ts";
import { parseColor } from "../../theme/rgb.ts";
import { type Scheme, tokens } from "../../theme/tokens.ts";
import { interleavedOrder } from "../marks/interleaved-order.ts";
import { scenePalette } from "../marks/plot-theme.ts";
import { rasterize } from "../marks/rasterize.ts";
import type { Scene } from "../marks/scene.ts";
import { classAnchors, liesOn, type NamedClasses } from "../overlay/class-anchors.ts";
import { type Box, placeNames } from "../overlay/place-names.ts";
import { affineOf, toBody, type View } from "../view.ts";
import { axesSize, axisItems } from "./axis-items.ts";

/** More points than this make a vector file heavy and slow to open: they are drawn as pixels under vector text. */
const MOST_CIRCLES = 5000;
/** As opaque as a lone point on the screen. */
const LIGHTEST_INK = 0.8;

/** A map to be drawn into a box of a figure, millimetres. */
export interface MapDrawing {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** What the screen shows; the same crop is drawn. */
  readonly view: View;
  /** Of a mark in that view, CSS px. */
  readonly diameter: number;
  readonly positions: Float32Array<ArrayBuffer>;
  readonly paint: Paint;
  readonly mask: RowMask | null;
  readonly classes: Categories | null;
  readonly scheme: Scheme;
  /** For a raster layer; its background is transparent where the figure's is. */
  readonly dpi: number;
  readonly vector: boolean;
}

/** The points of a map: circles where they are few and the file is a vector file, pixels otherwise. */
export function pointItems(drawing: MapDrawing): readonly FigureItem[] {
  const rows = drawing.positions.length / 2;
  return drawing.vector && drawing.paint.codes !== null && rows <= MOST_CIRCLES ? circles(drawing) : [pixels(drawing)];
}

function circles(drawing: MapDrawing): FigureItem[] {
  const { left, top, width, height, view, positions, paint, mask, scheme } = drawing;
  const unit = width / view.width;
  const radius = (drawing.diameter / 2) * unit;
  const beneath: FigureItem[] = [];
  const above: FigureItem[] = [];
  // Data is often sorted by class: in the order of the rows the last class would lie on all others.
  for (const row of interleavedOrder(positions.length / 2)) {
    const [bodyX, bodyY] = toBody(view, positions[2 * row] ?? Number.NaN, positions[2 * row + 1] ?? Number.NaN);
    const x = bodyX * unit;
    const y = bodyY * unit;
    if (!(x >= radius && y >= radius && x <= width - radius && y <= height - radius)) continue;
    const place = { x: left + x, y: top + y, radius };
    const code = paint.codes?.[row] ?? MISSING;
    if (mask && !hasRow(mask, row)) beneath.push({ kind: "circle", ...place, fill: tokens[scheme].notSelected });
    else if (code === MISSING) above.push({ kind: "ring", ...place, stroke: tokens[scheme].edge, lineWidth: 0.5 });
    else
      above.push({ kind: "circle", ...place, fill: paint.palette[code] ?? tokens[scheme].edge, opacity: LIGHTEST_INK });
  }
  return [...beneath, ...above];
}

function pixels(drawing: MapDrawing): FigureItem {
  const { left, top, width, height, view, positions, paint, mask, scheme, dpi } = drawing;
  const scene: Scene = {
    positions,
    codes: paint.codes,
    palette: scenePalette(paint, { scheme, missing: parseColor(tokens[scheme].textSecond).rgb }),
    missing: MISSING,
    mask,
  };
  const size = { width: figurePixels(width, dpi), height: figurePixels(height, dpi) };
  const ratio = size.width / view.width;
  const frame = { affine: affineOf(view, ratio), ...size, diameter: drawing.diameter * ratio };
  const notSelected = parseColor(tokens[scheme].notSelected).rgb;
  const data = rasterize(scene, frame, { scheme, notSelected, page: null });
  return { kind: "image", x: left, y: top, width, height, pixels: { data, ...size } };
}

/** Names of the classes at their densest spots, and the corner arrow that stands for axes. */
export function nameItems(drawing: MapDrawing, axes: readonly [string, string]): readonly FigureItem[] {
  const { width, view, classes } = drawing;
  const unit = width / view.width;
  const size = axesSize(axes);
  const arrow = { left: 0, right: size.width / unit, top: view.height - size.height / unit, bottom: view.height };
  return [...(classes ? classNameItems({ ...drawing, classes }, [arrow]) : []), ...axisItems(drawing, axes)];
}

/**
 * Names of the classes at their densest spots, with a halo.
 *
 * @param taken What they are to stay clear of, CSS px of the view.
 * @param how `staysOn`: a name that would have to be written beside its class is left out, as `drawNames` does.
 */
export function classNameItems(
  {
    left,
    top,
    width,
    view,
    positions,
    classes,
    scheme,
  }: Pick<MapDrawing, "left" | "top" | "width" | "view" | "positions" | "scheme"> & { readonly classes: NamedClasses },
  taken: readonly Box[],
  { staysOn = false } = {},
): readonly FigureItem[] {
  const { text, page } = tokens[scheme];
  const unit = width / view.width;
  const sized = classAnchors(positions, classes).map((anchor) => {
    const { name } = anchor;
    const [x, y] = toBody(view, anchor.x, anchor.y);
    const mayLie = staysOn ? liesOn(anchor, view) : undefined;
    // 7 pt letters are about 1.35 mm wide and 2.5 mm high.
    return { name, x, y, width: (name.length * 1.35) / unit, height: 2.8 / unit, mayLie };
  });
  const halo = { color: page, lineWidth: 1.5 };
  return placeNames(sized, view, taken).map(({ name, x, y }) =>
    figureText(name, left + x * unit, top + y * unit + 0.9, text, { weight: 600, anchor: "middle", halo }),
  );
}
