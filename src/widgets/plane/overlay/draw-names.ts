import { toBody, type View } from "../view.ts";
import type { ClassAnchor } from "./class-anchors.ts";
import { type Box, placeNames } from "./place-names.ts";

const LINE = 16;
const HALO = 3;
const LONGEST = 140;

/** Write the names of classes at their densest spots: 12/600 in the text colour with a halo of the page's. */
export function drawNames(
  context: CanvasRenderingContext2D,
  anchors: readonly ClassAnchor[],
  view: View,
  colors: { readonly text: string; readonly page: string },
  font: string,
  taken: readonly Box[],
): void {
  context.font = `600 12px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 2 * HALO;
  context.strokeStyle = colors.page;
  context.fillStyle = colors.text;
  const boxes = anchors.map(({ name, x, y }) => {
    const [bodyX, bodyY] = toBody(view, x, y);
    const shown = shorten(context, name);
    return { name: shown, x: bodyX, y: bodyY, width: context.measureText(shown).width + 2 * HALO, height: LINE };
  });
  for (const { name, x, y } of placeNames(boxes, view, taken)) {
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
}

function shorten(context: CanvasRenderingContext2D, name: string): string {
  if (context.measureText(name).width <= LONGEST) return name;
  let [low, high] = [0, name.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${name.slice(0, middle)}…`).width <= LONGEST) low = middle;
    else high = middle - 1;
  }
  return `${name.slice(0, low).trimEnd()}…`;
}
