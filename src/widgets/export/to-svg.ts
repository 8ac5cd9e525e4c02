import { encodePng } from "./encode-png.ts";
import { type Figure, type FigureItem, type FigurePixels, POINTS_PER_MM, pixelsOf } from "./figure.ts";

/** What a viewer without Arial falls back to; Arimo has the same widths. */
const FONTS = "Arial, Arimo, Helvetica, sans-serif";

/**
 * A figure as an SVG file: text stays text, no variables, no style sheet, nothing outside the file; pixels are PNG data
 * URIs; the caption is the `desc`. One unit is one point, so text says "7" and means 7 pt.
 */
export async function figureToSvg(figure: Figure): Promise<string> {
  const width = points(figure.width);
  const height = points(figure.height);
  const body: string[] = [];
  for (const item of figure.items) body.push(await itemToSvg(item));
  const background = figure.background
    ? [`<rect width="${width}" height="${height}" fill="${figure.background}"/>`]
    : [];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(figure.width)}mm" height="${round(figure.height)}mm" viewBox="0 0 ${width} ${height}" font-family="${FONTS}">`,
    `<title>${escapeXml(figure.title)}</title>`,
    `<desc>${escapeXml(figure.caption)}</desc>`,
    ...background,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

async function itemToSvg(item: FigureItem): Promise<string> {
  const faded = item.opacity === undefined || item.opacity >= 1 ? "" : ` opacity="${round(item.opacity)}"`;
  switch (item.kind) {
    case "circle":
      return `<circle cx="${points(item.x)}" cy="${points(item.y)}" r="${points(item.radius)}" fill="${item.fill}"${faded}/>`;
    case "ring":
      return `<circle cx="${points(item.x)}" cy="${points(item.y)}" r="${points(item.radius)}" fill="none"${stroke(item)}${faded}/>`;
    case "line":
      return `<line x1="${points(item.x1)}" y1="${points(item.y1)}" x2="${points(item.x2)}" y2="${points(item.y2)}"${stroke(item)}${faded}/>`;
    case "polyline": {
      const name = item.closed ? "polygon" : "polyline";
      return `<${name} points="${item.points.map(points).join(" ")}" fill="${item.fill ?? "none"}"${stroke(item)}${faded}/>`;
    }
    case "rect":
      return `<rect x="${points(item.x)}" y="${points(item.y)}" width="${points(item.width)}" height="${points(item.height)}" fill="${item.fill ?? "none"}"${stroke(item)}${faded}/>`;
    case "text": {
      const weight = item.weight === 400 ? "" : ` font-weight="${item.weight}"`;
      const anchor = item.anchor === "start" ? "" : ` text-anchor="${item.anchor}"`;
      const turn = item.turn ? ` transform="rotate(${-item.turn} ${points(item.x)} ${points(item.y)})"` : "";
      const place = `x="${points(item.x)}" y="${points(item.y)}" font-size="${round(item.size)}"${weight}${anchor}${turn}`;
      const words = escapeXml(item.text);
      // paint-order keeps the halo behind the letters in one element: searched and copied once.
      const halo = item.halo
        ? ` stroke="${item.halo.color}" stroke-width="${round(item.halo.lineWidth)}" stroke-linejoin="round" paint-order="stroke"`
        : "";
      return `<text ${place} fill="${item.fill}"${halo}${faded} xml:space="preserve">${words}</text>`;
    }
    case "image": {
      const crisp = item.smooth === false ? ` style="image-rendering:pixelated"` : "";
      const place = `x="${points(item.x)}" y="${points(item.y)}" width="${points(item.width)}" height="${points(item.height)}"`;
      return `<image ${place} preserveAspectRatio="none"${crisp}${faded} href="${await dataUri(pixelsOf(item))}"/>`;
    }
  }
}

function stroke({ stroke: color, lineWidth = 0.5 }: { readonly stroke?: string; readonly lineWidth?: number }): string {
  return color ? ` stroke="${color}" stroke-width="${round(lineWidth)}"` : "";
}

function points(mm: number): string {
  return round(mm * POINTS_PER_MM);
}

/** A hundredth of a point is 3.5 µm: finer than any printer. */
function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

async function dataUri(pixels: FigurePixels): Promise<string> {
  const bytes = await encodePng(pixels);
  let text = "";
  // In parts: String.fromCharCode takes as many arguments as the stack holds.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return `data:image/png;base64,${btoa(text)}`;
}

/** Text as XML text; characters that XML 1.0 has no way to write are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
