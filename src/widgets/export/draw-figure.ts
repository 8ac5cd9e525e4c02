import { type Figure, type FigureItem, type FigureText, POINTS_PER_MM, pixelsOf } from "./figure.ts";

type Context = OffscreenCanvasRenderingContext2D;

const FONTS = "Arial, Arimo, Helvetica, 'Liberation Sans', sans-serif";

/**
 * Draw a figure of `width × height` px on a canvas.
 *
 * @param corner The pixel of the figure that is the canvas's upper left one.
 */
export function drawFigure(
  context: Context,
  figure: Figure,
  width: number,
  height: number,
  corner: { readonly left: number; readonly top: number } = { left: 0, top: 0 },
): void {
  const { left, top } = corner;
  if (figure.background) {
    context.fillStyle = figure.background;
    context.fillRect(-left, -top, width, height);
  }
  // One unit is one point, as in the SVG.
  const [across, down] = [width / (figure.width * POINTS_PER_MM), height / (figure.height * POINTS_PER_MM)];
  context.setTransform(across, 0, 0, down, -left, -top);
  for (const item of figure.items) {
    context.globalAlpha = item.opacity ?? 1;
    drawItem(context, item);
  }
}

function drawItem(context: Context, item: FigureItem): void {
  const at = (mm: number): number => mm * POINTS_PER_MM;
  context.beginPath();
  switch (item.kind) {
    case "circle":
    case "ring":
      context.arc(at(item.x), at(item.y), at(item.radius), 0, 2 * Math.PI);
      paint(context, item);
      break;
    case "line":
      context.moveTo(at(item.x1), at(item.y1));
      context.lineTo(at(item.x2), at(item.y2));
      paint(context, item);
      break;
    case "polyline":
      for (let point = 0; point + 1 < item.points.length; point += 2)
        context.lineTo(at(item.points[point] ?? 0), at(item.points[point + 1] ?? 0));
      if (item.closed) context.closePath();
      paint(context, item);
      break;
    case "rect":
      context.rect(at(item.x), at(item.y), at(item.width), at(item.height));
      paint(context, item);
      break;
    case "text":
      drawText(context, item);
      break;
    case "image": {
      const pixels = pixelsOf(item);
      const source = new OffscreenCanvas(pixels.width, pixels.height);
      source.getContext("2d")?.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
      context.imageSmoothingEnabled = item.smooth ?? true;
      context.imageSmoothingQuality = "high";
      context.drawImage(source, at(item.x), at(item.y), at(item.width), at(item.height));
    }
  }
}

function paint(
  context: Context,
  { fill, stroke, lineWidth = 0.5 }: { readonly fill?: string; readonly stroke?: string; readonly lineWidth?: number },
): void {
  if (fill) {
    context.fillStyle = fill;
    context.fill();
  }
  if (!stroke) return;
  context.strokeStyle = stroke;
  context.lineWidth = lineWidth;
  context.lineJoin = "miter";
  context.stroke();
}

/** The font of a text, for a canvas whose unit is the point. */
export function fontOf({ weight, size }: Pick<FigureText, "weight" | "size">): string {
  return `${weight} ${size}px ${FONTS}`;
}

/** Draw a text on a canvas whose unit is the point. */
export function drawText(context: Context, item: FigureText): void {
  const { text, x, y, anchor, turn, fill, halo } = item;
  context.save();
  context.translate(x * POINTS_PER_MM, y * POINTS_PER_MM);
  if (turn) context.rotate((-turn * Math.PI) / 180);
  context.font = fontOf(item);
  context.textAlign = anchor === "middle" ? "center" : anchor;
  context.textBaseline = "alphabetic";
  if (halo) {
    context.strokeStyle = halo.color;
    context.lineWidth = halo.lineWidth;
    context.lineJoin = "round";
    context.strokeText(text, 0, 0);
  }
  context.fillStyle = fill;
  context.fillText(text, 0, 0);
  context.restore();
}
