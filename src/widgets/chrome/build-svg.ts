const SVG = "http://www.w3.org/2000/svg";

/** What an SVG element is given when it is made; numbers are written as they are, texts never as markup. */
export interface SvgParts {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly children?: readonly (Node | null)[];
}

export function buildSvg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  { class: classes, text, attributes = {}, children = [] }: SvgParts = {},
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name);
  if (classes) element.setAttribute("class", classes);
  if (text !== undefined) element.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  for (const child of children) if (child) element.append(child);
  return element;
}
