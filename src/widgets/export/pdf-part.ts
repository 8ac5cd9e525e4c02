import {
  appendBezierCurve,
  beginText,
  closePath,
  concatTransformationMatrix,
  drawObject,
  endText,
  fill,
  fillAndStroke,
  lineTo,
  moveTo,
  type PDFContext,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setFillingRgbColor,
  setFontAndSize,
  setGraphicsState,
  setLineJoin,
  setLineWidth,
  setStrokingRgbColor,
  setTextMatrix,
  setTextRenderingMode,
  setTextRise,
  showText,
  stroke,
} from "pdf-lib";
import { version } from "../../version.ts";
import { parseColor } from "../theme/rgb.ts";
import { deflate } from "./deflate.ts";
import { type Figure, type FigureItem, type FigurePixels, type FigureText, POINTS_PER_MM, pixelsOf } from "./figure.ts";
import { type DrawnText, drawnText } from "./pdf-drawn-text.ts";
import { type PdfFonts, pdfFonts } from "./pdf-fonts.ts";

/** The distance of a quarter circle's Bézier control points, for radius 1. */
const QUARTER = 0.5522847498;
const ROUND_JOIN = 1;
const FILL_LETTERS = 0;
const OUTLINE_LETTERS = 1;

/**
 * Figures as a PDF file, each a page of its own size: vectors stay vectors, text is text in an embedded subset of Arimo,
 * pixels keep their transparency; the first one's caption is the document's Subject.
 */
export async function figuresToPdf(figures: readonly Figure[]): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  document.setTitle(figures[0]?.title ?? "");
  document.setSubject(figures[0]?.caption ?? "");
  document.setCreator(`layerscope ${version}`);
  document.setProducer(`layerscope ${version}`);
  const fonts = pdfFonts(document);
  for (const figure of figures) await writePage(document, fonts, figure);
  return new Uint8Array(await document.save());
}

async function writePage(document: PDFDocument, fonts: PdfFonts, figure: Figure): Promise<void> {
  const width = figure.width * POINTS_PER_MM;
  const height = figure.height * POINTS_PER_MM;
  const page = document.addPage([width, height]);
  const writer: Writer = { page, context: document.context, fonts, states: new Map(), keys: new Map() };
  if (figure.background) page.pushOperators(fillColor(figure.background), rectangle(0, 0, width, height), fill());
  for (const item of figure.items) await writeItem(writer, item, height);
}

interface Writer {
  readonly page: PDFPage;
  readonly context: PDFContext;
  readonly fonts: PdfFonts;
  /** Graphics states by opacity: a page of translucent points needs one. */
  readonly states: Map<number, PDFOperator>;
  /** Names of the fonts on this page. */
  readonly keys: Map<PDFRef, ReturnType<PDFPage["node"]["newFontDictionary"]>>;
}

async function writeItem(writer: Writer, item: FigureItem, pageHeight: number): Promise<void> {
  const { page } = writer;
  const at = (mm: number): number => mm * POINTS_PER_MM;
  const up = (mm: number): number => pageHeight - mm * POINTS_PER_MM;
  page.pushOperators(pushGraphicsState());
  if (item.opacity !== undefined && item.opacity < 1) page.pushOperators(opacityState(writer, item.opacity));
  switch (item.kind) {
    case "circle":
    case "ring":
      page.pushOperators(...painted(item, circle(at(item.x), up(item.y), at(item.radius))));
      break;
    case "line":
      page.pushOperators(...painted(item, [moveTo(at(item.x1), up(item.y1)), lineTo(at(item.x2), up(item.y2))]));
      break;
    case "polyline": {
      const path = Array.from({ length: item.points.length >> 1 }, (_, index) => {
        const to = index === 0 ? moveTo : lineTo;
        return to(at(item.points[index * 2] ?? 0), up(item.points[index * 2 + 1] ?? 0));
      });
      page.pushOperators(...painted(item, item.closed ? [...path, closePath()] : path));
      break;
    }
    case "rect":
      page.pushOperators(
        ...painted(item, [rectangle(at(item.x), up(item.y + item.height), at(item.width), at(item.height))]),
      );
      break;
    case "text":
      await writeText(writer, item, at(item.x), up(item.y));
      break;
    case "image": {
      const name = page.node.newXObject(
        "Image",
        await embedPixels(writer.context, pixelsOf(item), item.smooth ?? true),
      );
      const place = concatTransformationMatrix(
        at(item.width),
        0,
        0,
        at(item.height),
        at(item.x),
        up(item.y + item.height),
      );
      page.pushOperators(place, drawObject(name));
    }
  }
  page.pushOperators(popGraphicsState());
}

/** Letters that no embedded font has: a picture of the text, with the text itself for whoever searches or listens. */
async function writeDrawnText(
  { page, context }: Writer,
  text: string,
  drawn: DrawnText,
  x: number,
  y: number,
): Promise<void> {
  const name = page.node.newXObject("Image", await embedPixels(context, drawn.pixels, true));
  const said = context.obj({ ActualText: PDFHexString.fromText(text) });
  page.pushOperators(
    PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, [PDFName.of("Span"), said.toString()]),
    pushGraphicsState(),
    concatTransformationMatrix(drawn.width, 0, 0, drawn.height, x + drawn.left, y - drawn.below),
    drawObject(name),
    popGraphicsState(),
    PDFOperator.of(PDFOperatorNames.EndMarkedContent),
  );
}

async function writeText(writer: Writer, item: FigureText, x: number, y: number): Promise<void> {
  const { turn } = item;
  if (!turn) {
    await writeUprightText(writer, item, x, y);
    return;
  }
  const [along, up] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  writer.page.pushOperators(concatTransformationMatrix(along, up, -up, along, x, y));
  await writeUprightText(writer, { ...item, turn: 0 }, 0, 0);
}

async function writeUprightText(writer: Writer, item: FigureText, x: number, y: number): Promise<void> {
  const { page, fonts, keys } = writer;
  const drawn = fonts.covers(item.text, item.weight) ? null : drawnText(item);
  if (drawn) {
    await writeDrawnText(writer, item.text, drawn, x, y);
    return;
  }
  const runs = await fonts.runs(item.text, item.weight);
  const widths = runs.map(({ font, text, scale }) => font.widthOfTextAtSize(text, item.size * scale));
  const width = widths.reduce((total, next) => total + next, 0);
  const start = x - { start: 0, middle: width / 2, end: width }[item.anchor];
  const write = (mode: number): void => {
    page.pushOperators(beginText(), setTextRenderingMode(mode));
    let pen = start;
    for (const [index, { font, text, scale, rise }] of runs.entries()) {
      const key = keys.get(font.ref) ?? page.node.newFontDictionary(font.name, font.ref);
      keys.set(font.ref, key);
      page.pushOperators(
        setFontAndSize(key, item.size * scale),
        setTextRise(item.size * rise),
        setTextMatrix(1, 0, 0, 1, pen, y),
        showText(font.encodeText(text)),
      );
      pen += widths[index] ?? 0;
    }
    page.pushOperators(endText());
  };
  if (item.halo) {
    page.pushOperators(strokeColor(item.halo.color), setLineWidth(item.halo.lineWidth), setLineJoin(ROUND_JOIN));
    write(OUTLINE_LETTERS);
  }
  page.pushOperators(fillColor(item.fill));
  write(FILL_LETTERS);
}

function circle(x: number, y: number, radius: number): PDFOperator[] {
  const reach = radius * QUARTER;
  return [
    moveTo(x + radius, y),
    appendBezierCurve(x + radius, y + reach, x + reach, y + radius, x, y + radius),
    appendBezierCurve(x - reach, y + radius, x - radius, y + reach, x - radius, y),
    appendBezierCurve(x - radius, y - reach, x - reach, y - radius, x, y - radius),
    appendBezierCurve(x + reach, y - radius, x + radius, y - reach, x + radius, y),
    closePath(),
  ];
}

interface Paint {
  readonly fill?: string;
  readonly stroke?: string;
  readonly lineWidth?: number;
}

/** Colours, the path, and the operator that paints it: PDF takes no colour between a path and its painting. */
function painted(paint: Paint, path: readonly PDFOperator[]): PDFOperator[] {
  const colors = [
    ...(paint.fill ? [fillColor(paint.fill)] : []),
    ...(paint.stroke ? [strokeColor(paint.stroke), setLineWidth(paint.lineWidth ?? 0.5)] : []),
  ];
  if (colors.length === 0) return [];
  return [...colors, ...path, paint.fill ? (paint.stroke ? fillAndStroke() : fill()) : stroke()];
}

function fillColor(color: string): PDFOperator {
  const { rgb } = parseColor(color);
  return setFillingRgbColor(rgb[0] / 255, rgb[1] / 255, rgb[2] / 255);
}

function strokeColor(color: string): PDFOperator {
  const { rgb } = parseColor(color);
  return setStrokingRgbColor(rgb[0] / 255, rgb[1] / 255, rgb[2] / 255);
}

function opacityState({ page, context, states }: Writer, opacity: number): PDFOperator {
  const known = states.get(opacity);
  if (known) return known;
  const state = context.register(context.obj({ Type: "ExtGState", ca: opacity, CA: opacity }));
  const made = setGraphicsState(page.node.newExtGState("Opacity", state));
  states.set(opacity, made);
  return made;
}

/**
 * Colours and, where anything shines through, opacities as two streams, as PDF wants them; smaller than the same pixels as a
 * PNG file.
 */
async function embedPixels(
  context: PDFContext,
  { data, width, height }: FigurePixels,
  smooth: boolean,
): Promise<PDFRef> {
  const colors = new Uint8Array(width * height * 3);
  const opacities = new Uint8Array(width * height);
  for (let pixel = 0, from = 0, to = 0; pixel < opacities.length; pixel++, from += 4, to += 3) {
    colors[to] = data[from] ?? 0;
    colors[to + 1] = data[from + 1] ?? 0;
    colors[to + 2] = data[from + 2] ?? 0;
    opacities[pixel] = data[from + 3] ?? 0;
  }
  const shared = {
    Type: "XObject",
    Subtype: "Image",
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    Interpolate: smooth,
    Filter: "FlateDecode",
  };
  // The library's own packing would hold the page for seconds where a layer is as large as a page of print.
  const packedColors = await deflate(colors);
  const opaque = { ...shared, ColorSpace: "DeviceRGB" };
  if (opacities.every((opacity) => opacity === 255)) return context.register(context.stream(packedColors, opaque));
  const packedOpacities = await deflate(opacities);
  const mask = context.register(context.stream(packedOpacities, { ...shared, ColorSpace: "DeviceGray" }));
  return context.register(context.stream(packedColors, { ...opaque, SMask: mask }));
}
