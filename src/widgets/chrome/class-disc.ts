import { shapeOf } from "../theme/class-shapes.ts";
import { buildElement } from "./build-element.ts";
import { buildSvg } from "./build-svg.ts";

/**
 * A disc of 10 px in the class colour; hollow where `color` is null: the row has no label. Where the system allows no
 * colours the class's shape takes its place.
 */
export function disc(color: string | null): HTMLElement {
  const mark = buildElement("span", { class: color === null ? "ls-disc ls-disc-hollow" : "ls-disc" });
  if (color === null) return mark;
  mark.style.setProperty("--ls-disc", color);
  const shape = shapeOf(color);
  if (shape) mark.append(drawShape(shape));
  return mark;
}

function drawShape(shape: string): SVGElement {
  return buildSvg("svg", {
    class: "ls-class-shape",
    attributes: { viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" },
    children: [buildSvg("path", { attributes: { d: shape } })],
  });
}

/** A class as it is named everywhere: its disc and, in the text colour, its name. */
export function classDisc(name: string, color: string | null): HTMLElement {
  return buildElement("div", {
    class: "ls-class",
    children: [disc(color), buildElement("span", { class: "ls-class-name", text: name, attributes: { title: name } })],
  });
}
