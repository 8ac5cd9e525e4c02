import type { FigureItem } from "../../export/figure.ts";
import type { FigureBox } from "../../export/pixel-layer.ts";
import type { InputPixels } from "../../models/input-pixels.ts";
import { mapValues } from "../data/map-values.ts";
import type { MapColumn, ShownMap } from "../data/shown-saliency.ts";
import { contourLines } from "../plot/contour-lines.ts";
import { isCrisp } from "../plot/panel-layout.ts";
import { type PanelLook, panelPixels } from "../plot/panel-pixels.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import { isSignedScale } from "../scale-words.ts";

/** Points. Light on dark, so that a line is seen over any colour. */
const LINES = [
  { stroke: "#000000", lineWidth: 1.1, opacity: 0.55 },
  { stroke: "#ffffff", lineWidth: 0.5 },
] as const;

/** A picture as the model saw it. */
export function pictureItem({ height, width, data }: InputPixels, box: FigureBox): FigureItem {
  return { kind: "image", ...box, pixels: { height, width, data }, smooth: !isCrisp({ height, width }) };
}

/** A map as it is on screen, and the lines around what is salient as lines. */
export function panelItems(
  picture: InputPixels,
  map: ShownMap,
  column: MapColumn,
  look: PanelLook & Pick<SaliencyOverlayProps, "contours">,
  box: FigureBox,
): readonly FigureItem[] {
  const { height, width } = picture;
  const pixels = () => ({ height, width, data: panelPixels(picture, map, column, look) });
  const smooth = !isCrisp({ height, width });
  const lines = look.contours ? contourLines(mapValues(map, column, look), map, isSignedScale(look)) : [];
  const rings = lines.map(({ points }) =>
    points.map((value, at) =>
      at % 2 === 0 ? box.x + (value / map.width) * box.width : box.y + (value / map.height) * box.height,
    ),
  );
  return [
    { kind: "image", ...box, pixels, smooth },
    ...LINES.flatMap((line) =>
      rings.map((points): FigureItem => ({ kind: "polyline", points, closed: true, ...line })),
    ),
  ];
}
