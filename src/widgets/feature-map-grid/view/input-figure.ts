import type { PicturePatch } from "../../../compute/feature-maps/explain/pixel-explanation.ts";
import { buildElement, setDataText } from "../../chrome/build-element.ts";
import type { PictureMaps } from "../data/shown-maps.ts";

export interface InputFigure {
  readonly element: HTMLElement;
  /** The picture as the model saw it, in its own size; empty before there is one. */
  readonly canvas: HTMLCanvasElement;
  show(picture: PictureMaps): void;
  /** Draw what of it a pixel saw; null: nothing. */
  mark(patch: PicturePatch | null): void;
}

/** A picture that the model was asked about, small, with what of it a pixel saw. */
export function inputFigure(): InputFigure {
  const canvas = buildElement("canvas", { class: "ls-map-input", attributes: { role: "img" } });
  const patch = buildElement("div", { class: "ls-map-patch", attributes: { "aria-hidden": "true" } });
  const holder = buildElement("div", { class: "ls-map-picture", children: [canvas, patch] });
  const name = buildElement("figcaption", { class: "ls-map-name" });
  patch.hidden = true;
  let shown: PictureMaps | null = null;
  return {
    element: buildElement("figure", { class: "ls-map-figure", children: [holder, name] }),
    canvas,
    show(picture) {
      if (shown === picture) return;
      shown = picture;
      const { width, height, data } = picture.pixels;
      canvas.width = width;
      canvas.height = height;
      canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
      canvas.setAttribute("aria-label", picture.name);
      canvas.classList.toggle("ls-pixelated", Math.max(width, height) < 96);
      setDataText(name, picture.name);
      patch.hidden = true;
    },
    mark(seen) {
      patch.hidden = seen === null || shown === null;
      if (!seen || !shown) return;
      const { width, height } = shown.pixels;
      patch.style.left = `${(100 * seen.left) / width}%`;
      patch.style.top = `${(100 * seen.top) / height}%`;
      patch.style.width = `${(100 * seen.width) / width}%`;
      patch.style.height = `${(100 * seen.height) / height}%`;
    },
  };
}
