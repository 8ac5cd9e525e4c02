import { buildElement } from "../../chrome/build-element.ts";
import type { InputPixels } from "../../models/input-pixels.ts";
import { isCrisp } from "../plot/panel-layout.ts";
import { type MapPanel, mapPanel } from "./map-panel.ts";
import { slidingEdge } from "./sliding-edge.ts";

export interface EdgePanel extends MapPanel {
  /** What is seen left of the edge. */
  drawPicture(pixels: InputPixels): void;
}

/** A map and its picture in one place: the picture left of an edge that slides, the map right of it. */
export function edgePanel(signal: AbortSignal): EdgePanel {
  const panel = mapPanel();
  const picture = buildElement("canvas", {
    class: "ls-panel-pixels ls-panel-picture",
    attributes: { "aria-hidden": "true" },
  });
  const clip = (share: number): void => panel.stage.style.setProperty("--ls-edge-at", `${100 * share}%`);
  const edge = slidingEdge(clip, signal);
  panel.stage.classList.add("ls-panel-edged");
  panel.stage.prepend(picture);
  panel.stage.append(edge.element);
  clip(0.5);
  return {
    ...panel,
    drawPicture(pixels) {
      const { width, height, data } = pixels;
      picture.width = width;
      picture.height = height;
      picture.classList.toggle("ls-pixelated", isCrisp(pixels));
      picture.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
    },
  };
}
