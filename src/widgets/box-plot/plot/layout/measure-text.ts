import type { Measure } from "./group-names.ts";

const fonts = { text: "400 11px", title: "600 12px" } as const;

/** Measure texts of 11 px, and titles, in the font that `element` has now. */
export function textMeasure(element: HTMLElement): Measure {
  const context = element.ownerDocument.createElement("canvas").getContext("2d");
  if (!context) return (text) => text.length * 6;
  const { fontFamily } = getComputedStyle(element);
  const known = { text: new Map<string, number>(), title: new Map<string, number>() };
  return (text, style) => {
    const kind = style ?? "text";
    const found = known[kind].get(text);
    if (found !== undefined) return found;
    context.font = `${fonts[kind]} ${fontFamily}`;
    const { width } = context.measureText(text);
    known[kind].set(text, width);
    return width;
  };
}
