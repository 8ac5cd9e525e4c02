import { buildElement, setDataText } from "../../chrome/build-element.ts";
import { buildSvg } from "../../chrome/build-svg.ts";
import type { InputPixels } from "../../models/input-pixels.ts";
import type { ContourLine } from "../plot/contour-lines.ts";
import { isCrisp, type PanelSize } from "../plot/panel-layout.ts";

/** A place of a panel, as shares of its width and height. */
export interface PanelPoint {
  readonly x: number;
  readonly y: number;
}

export interface MapPanel {
  readonly element: HTMLElement;
  /** What is drawn, with the crosshair over it. */
  readonly stage: HTMLElement;
  setName(name: string, label: string): void;
  setSize(size: PanelSize): void;
  draw(pixels: InputPixels): void;
  /** Lines in pixels of a map of that size. */
  drawContours(lines: readonly ContourLine[], size: PanelSize): void;
  setCross(point: PanelPoint | null): void;
}

/** One picture, or one map over its picture, under its name. */
export function mapPanel(): MapPanel {
  const name = buildElement("figcaption", { class: "ls-panel-name" });
  const canvas = buildElement("canvas", { class: "ls-panel-pixels", attributes: { role: "img" } });
  const contours = buildSvg("svg", {
    class: "ls-panel-contours",
    attributes: { preserveAspectRatio: "none", "aria-hidden": "true" },
  });
  const across = buildElement("div", { class: "ls-cross ls-cross-across", attributes: { "aria-hidden": "true" } });
  const down = buildElement("div", { class: "ls-cross ls-cross-down", attributes: { "aria-hidden": "true" } });
  const stage = buildElement("div", { class: "ls-panel-stage", children: [canvas, contours, across, down] });
  across.hidden = true;
  down.hidden = true;
  return {
    element: buildElement("figure", { class: "ls-panel", children: [name, stage] }),
    stage,
    setName(text, label) {
      setDataText(name, text);
      canvas.setAttribute("aria-label", label);
    },
    setSize({ width, height }) {
      stage.style.width = `${width}px`;
      stage.style.height = `${height}px`;
    },
    draw(pixels) {
      const { width, height, data } = pixels;
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      canvas.classList.toggle("ls-pixelated", isCrisp(pixels));
      canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
    },
    drawContours(lines, { width, height }) {
      contours.setAttribute("viewBox", `0 0 ${width} ${height}`);
      const d = lines.map(pathOf).join("");
      // A dark line inside a light one: it is seen over any picture.
      const path = (kind: string) => buildSvg("path", { class: `ls-contour ls-contour-${kind}`, attributes: { d } });
      contours.replaceChildren(...(lines.length > 0 ? [path("halo"), path("line")] : []));
    },
    setCross(point) {
      across.hidden = point === null;
      down.hidden = point === null;
      if (!point) return;
      across.style.top = `${100 * point.y}%`;
      down.style.left = `${100 * point.x}%`;
    },
  };
}

function pathOf({ points }: ContourLine): string {
  const pairs: string[] = [];
  for (let at = 0; at < points.length; at += 2) pairs.push(`${points[at]},${points[at + 1]}`);
  return `M${pairs.join("L")}Z`;
}
