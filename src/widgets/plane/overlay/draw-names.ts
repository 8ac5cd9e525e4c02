import { toBody, type View } from "../view.ts";
import { type ClassAnchor, liesOn } from "./class-anchors.ts";
import { type Box, placeNames } from "./place-names.ts";

const LINE = 16;
const HALO = 3;
const LONGEST = 140;

/**
 * Write the names of classes at their densest spots: 12/600 in the text colour with a halo of the page's.
 *
 * @param staysOn A name is whole as long as the body is wide enough, and is left out where it would have to be written
 * beside its class; otherwise it is cut at 140 px and may lie up to 90 px away.
 */
export function drawNames(
  context: CanvasRenderingContext2D,
  anchors: readonly ClassAnchor[],
  view: View,
  colors: { readonly text: string; readonly page: string },
  font: string,
  taken: readonly Box[],
  { staysOn = false } = {},
): void {
  context.font = `600 12px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 2 * HALO;
  context.strokeStyle = colors.page;
  context.fillStyle = colors.text;
  const longest = staysOn ? view.width - 2 * HALO : LONGEST;
  const boxes = anchors.map((anchor) => {
    const [bodyX, bodyY] = toBody(view, anchor.x, anchor.y);
    const shown = shorten(context, anchor.name, longest);
    return {
      name: shown,
      x: bodyX,
      y: bodyY,
      width: context.measureText(shown).width + 2 * HALO,
      height: LINE,
      mayLie: staysOn ? liesOn(anchor, view) : undefined,
    };
  });
  for (const { name, x, y } of placeNames(boxes, view, taken)) {
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
}

function shorten(context: CanvasRenderingContext2D, name: string, longest: number): string {
  if (context.measureText(name).width <= longest) return name;
  let [low, high] = [0, name.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${name.slice(0, middle)}…`).width <= longest) low = middle;
    else high = middle - 1;
  }
  return `${name.slice(0, low).trimEnd()}…`;
}
