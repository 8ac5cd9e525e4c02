import type { Box } from "./place-names.ts";

const LENGTH = 40;
const INSET = 8;
const HEAD = 4;

const NAME_SIZE = 11;
/** From an arrow's end to the far edge of the name above it. */
const NAME_ABOVE = 16;

/** The corner arrow's colours. */
export interface AxisColors {
  readonly line: string;
  readonly text: string;
  readonly page: string;
}

/**
 * The corner arrow that stands for axes: UMAP's have names but no units, so there are no ticks.
 *
 * @returns The boxes that it takes, for names to stay clear of; its inner corner is free.
 */
export function drawAxes(
  context: CanvasRenderingContext2D,
  [nameX, nameY]: readonly [string, string],
  height: number,
  colors: AxisColors,
  font: string,
): readonly Box[] {
  const left = INSET + 0.5;
  const bottom = height - INSET - 0.5;
  const top = bottom - LENGTH;
  const right = left + LENGTH;
  const arrow = new Path2D();
  arrow.moveTo(left - HEAD, top + HEAD);
  arrow.lineTo(left, top);
  arrow.lineTo(left + HEAD, top + HEAD);
  arrow.moveTo(left, top);
  arrow.lineTo(left, bottom);
  arrow.lineTo(right, bottom);
  arrow.moveTo(right - HEAD, bottom - HEAD);
  arrow.lineTo(right, bottom);
  arrow.lineTo(right - HEAD, bottom + HEAD);
  context.lineJoin = "round";
  context.lineCap = "round";
  for (const [style, width] of [
    [colors.page, 3],
    [colors.line, 1],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke(arrow);
  }
  context.font = fontOf(font);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineWidth = 4;
  context.strokeStyle = colors.page;
  context.fillStyle = colors.text;
  for (const [name, x, y] of [
    [nameX, right + 5, bottom],
    [nameY, left - HEAD, top - 9],
  ] as const) {
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
  return axisBoxes(height, context.measureText(nameX).width, context.measureText(nameY).width);
}

/** How much room the corner arrow takes with its names, as far from every edge as from its own two, CSS pixels. */
export function axesSize(
  context: CanvasRenderingContext2D,
  [nameX, nameY]: readonly [string, string],
  font: string,
): { readonly width: number; readonly height: number } {
  context.font = fontOf(font);
  const boxes = axisBoxes(0, context.measureText(nameX).width, context.measureText(nameY).width);
  const right = Math.max(...boxes.map((box) => box.right));
  return { width: Math.ceil(right + INSET), height: Math.ceil(INSET - Math.min(...boxes.map((box) => box.top))) };
}

function fontOf(family: string): string {
  return `400 ${NAME_SIZE}px ${family}`;
}

/** Both arrows with their names, whose widths are given; `height` is that of the body. */
export function axisBoxes(height: number, widthX: number, widthY: number): readonly Box[] {
  const line = INSET + 0.5;
  const top = height - line - LENGTH;
  return [
    { left: 0, right: line - HEAD + widthY, top: top - NAME_ABOVE, bottom: top - 2 },
    { left: 0, right: line + HEAD, top: top - 2, bottom: height },
    { left: 0, right: line + LENGTH + 5 + widthX, top: height - line - 8, bottom: height },
  ];
}
