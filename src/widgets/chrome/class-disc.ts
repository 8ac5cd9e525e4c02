import { shapeOf } from "../theme/class-shapes.ts";
import { buildElement } from "./build-element.ts";

const SVG = "http://www.w3.org/2000/svg";

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
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shape);
  for (const [name, value] of [
    ["class", "ls-class-shape"],
    ["viewBox", "-1.2 -1.2 2.4 2.4"],
    ["aria-hidden", "true"],
  ] as const)
    svg.setAttribute(name, value);
  svg.append(path);
  return svg;
}

/** A class as it is named everywhere: its disc and, in the text colour, its name. */
export function classDisc(name: string, color: string | null): HTMLElement {
  return buildElement("div", {
    class: "ls-class",
    children: [disc(color), buildElement("span", { class: "ls-class-name", text: name, attributes: { title: name } })],
  });
}
