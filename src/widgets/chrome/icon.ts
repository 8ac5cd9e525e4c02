/** An icon element from the text of one of lucide's files (ISC), 16 px with strokes of 1.75; silent to screen readers. */
export function buildIcon(svg: string): SVGElement {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const icon = document.importNode(parsed, true);
  if (!(icon instanceof SVGElement)) throw new TypeError("unknown icon: expected the text of an SVG file");
  // The files are indented and carry a licence comment: line ends would count as the text of a button.
  icon.replaceChildren(...icon.children);
  icon.setAttribute("width", "16");
  icon.setAttribute("height", "16");
  icon.setAttribute("stroke-width", "1.75");
  icon.setAttribute("aria-hidden", "true");
  icon.setAttribute("class", "ls-icon");
  return icon;
}
