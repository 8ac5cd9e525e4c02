import type { PicturePatch } from "../../../compute/feature-maps/explain/pixel-explanation.ts";
import { buildElement } from "../../chrome/build-element.ts";
import { formatCount } from "../../theme/numbers.ts";
import type { DetailContent } from "./mount-detail.ts";

/** CSS px of the longer side. */
const SIDE = 96;

/** What a pixel saw of the picture, enlarged; null: all of it. */
export function patchPicture(
  patch: PicturePatch | null,
  { picture, input }: Pick<DetailContent, "picture" | "input">,
): HTMLElement {
  const { top, left, height, width } = patch ?? { top: 0, left: 0, ...input };
  const words = patch ? `saw ${formatCount(height)} × ${formatCount(width)} of the picture` : "saw all of the picture";
  const caption = buildElement("figcaption", { text: height * width > 0 ? words : "saw padding alone" });
  const canvas = buildElement("canvas", { attributes: { role: "img", "aria-label": `The pixel ${words}` } });
  canvas.height = Math.max(1, height);
  canvas.width = Math.max(1, width);
  const zoom = SIDE / Math.max(canvas.height, canvas.width);
  canvas.style.width = `${Math.max(1, Math.round(canvas.width * zoom))}px`;
  canvas.style.height = `${Math.max(1, Math.round(canvas.height * zoom))}px`;
  canvas.classList.toggle("ls-detail-crisp", zoom > 2);
  if (height * width > 0) canvas.getContext("2d")?.drawImage(picture, -left, -top, input.width, input.height);
  return buildElement("figure", { class: "ls-detail-patch", children: [canvas, caption] });
}
