import { buildElement } from "./build-element.ts";

/** A disc of 10 px in the class colour; hollow where `color` is null: the row has no label. */
export function disc(color: string | null): HTMLElement {
  const mark = buildElement("span", { class: color === null ? "ls-disc ls-disc-hollow" : "ls-disc" });
  if (color !== null) mark.style.setProperty("--ls-disc", color);
  return mark;
}

/** A class as it is named everywhere: its disc and, in the text colour, its name. */
export function classDisc(name: string, color: string | null): HTMLElement {
  return buildElement("div", {
    class: "ls-class",
    children: [disc(color), buildElement("span", { class: "ls-class-name", text: name, attributes: { title: name } })],
  });
}
