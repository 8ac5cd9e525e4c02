import type { Measure } from "./group-names.ts";

/** Measure texts of 11 px in the font that `element` has now. */
export function textMeasure(element: HTMLElement): Measure {
  const context = element.ownerDocument.createElement("canvas").getContext("2d");
  if (!context) return (text) => text.length * 6;
  context.font = `400 11px ${getComputedStyle(element).fontFamily}`;
  const known = new Map<string, number>();
  return (text) => {
    const found = known.get(text) ?? context.measureText(text).width;
    known.set(text, found);
    return found;
  };
}
