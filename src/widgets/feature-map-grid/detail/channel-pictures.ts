import { isDead } from "../../../compute/feature-maps/channel-statistics.ts";
import { patchOf } from "../../../compute/feature-maps/receptive-field.ts";
import { buildElement, setText } from "../../chrome/build-element.ts";
import { isPlain, listenKeys } from "../../chrome/listen-keys.ts";
import { formatNumber } from "../../theme/numbers.ts";
import { levelPixels } from "./color-levels.ts";
import { drawOverlay } from "./draw-overlay.ts";
import type { DetailContent, DetailPixel } from "./mount-detail.ts";

/** CSS px that the longer side of either picture has. */
const SIDE = 240;
/** CSS px that one place of a map has at most: a dense layer has a single one. */
const LARGEST_PLACE = 48;
/** Places that Shift and an arrow go. */
const FAR = 10;

export interface ChannelPicturesOptions {
  onPixel(pixel: DetailPixel | "strongest"): void;
  onStep(by: -1 | 1): void;
}

/** The picture and the open channel beside each other, with the pixel on show, the strongest, and what these saw. */
export interface ChannelPictures {
  readonly element: HTMLElement;
  show(content: DetailContent): void;
  mark(pixel: DetailPixel, strongest: DetailPixel): void;
  focus(): void;
}

export function channelPictures({ onPixel, onStep }: ChannelPicturesOptions, signal: AbortSignal): ChannelPictures {
  const input = stage("ls-detail-input");
  const channel = stage("ls-detail-channel");
  channel.element.tabIndex = 0;
  channel.element.setAttribute("role", "application");
  const overlay = buildElement("button", {
    class: "ls-action",
    text: "Overlay",
    attributes: { type: "button", "aria-pressed": "false", title: "Lay the channel over the picture" },
  });
  const pictureName = buildElement("span", { class: "ls-detail-name" });
  const told = { pixel: buildElement("div"), strongest: buildElement("div") };
  const words = buildElement("figcaption", {
    class: "ls-detail-told",
    attributes: { "aria-live": "polite" },
    children: [told.pixel, told.strongest],
  });
  const element = buildElement("div", {
    class: "ls-detail-pictures",
    children: [
      buildElement("figure", {
        class: "ls-detail-figure",
        children: [input.element, buildElement("figcaption", { children: [pictureName, overlay] })],
      }),
      buildElement("figure", { class: "ls-detail-figure", children: [channel.element, words] }),
    ],
  });
  let content: DetailContent | null = null;
  let pixel: DetailPixel = { row: 0, column: 0 };
  let isLaidOver = false;

  const drawInput = (): void => {
    if (!content) return;
    const context = input.canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return;
    const { height, width } = content.input;
    context.clearRect(0, 0, width, height);
    context.drawImage(content.picture, 0, 0, width, height);
    if (isLaidOver) drawOverlay(context, content);
  };
  overlay.addEventListener(
    "click",
    () => {
      isLaidOver = !isLaidOver;
      overlay.setAttribute("aria-pressed", String(isLaidOver));
      drawInput();
    },
    { signal },
  );

  const goTo = (row: number, column: number): void => {
    if (!content) return;
    const { height, width } = content.layer;
    const inside = (at: number, length: number) => Math.max(0, Math.min(length - 1, at));
    const to = { row: inside(row, height), column: inside(column, width) };
    if (to.row !== pixel.row || to.column !== pixel.column) onPixel(to);
  };
  const point = (event: PointerEvent): void => {
    if (!content || (event.buttons & 1) === 0) return;
    const box = channel.element.getBoundingClientRect();
    const { height, width } = content.layer;
    const along = (at: number, length: number, places: number) => Math.floor((at / length) * places);
    goTo(along(event.clientY - box.top, box.height, height), along(event.clientX - box.left, box.width, width));
  };
  channel.element.addEventListener(
    "pointerdown",
    (event) => {
      channel.element.setPointerCapture(event.pointerId);
      point(event);
    },
    { signal },
  );
  channel.element.addEventListener("pointermove", point, { signal });
  listenKeys(
    channel.element,
    (event) => {
      if (!isPlain(event)) return false;
      const step = event.shiftKey ? FAR : 1;
      const by: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
        ArrowUp: [-step, 0],
        ArrowDown: [step, 0],
        ArrowLeft: [0, -step],
        ArrowRight: [0, step],
      };
      const [rows, columns] = by[event.key] ?? [0, 0];
      if (rows !== 0 || columns !== 0) goTo(pixel.row + rows, pixel.column + columns);
      else if (event.key === "Home") onPixel("strongest");
      else if (event.key === "PageUp" || event.key === "PageDown") onStep(event.key === "PageUp" ? -1 : 1);
      else return false;
      return true;
    },
    signal,
  );

  return {
    element,
    focus: () => channel.element.focus(),
    show(shown) {
      content = shown;
      const { layer, levels, colors } = shown;
      input.resize(shown.input, Number.POSITIVE_INFINITY);
      channel.resize(layer, LARGEST_PLACE);
      setText(pictureName, shown.pictureName);
      pictureName.title = shown.pictureName;
      const context = channel.canvas.getContext("2d");
      // Sizing the canvas has emptied it: a channel that shows nothing is drawn as in the grid.
      const dead = isDead(layer.statistics, shown.channel, layer.height * layer.width);
      channel.element.classList.toggle("ls-detail-dead", dead);
      if (!dead) context?.putImageData(new ImageData(levelPixels(levels, colors), layer.width, layer.height), 0, 0);
      drawInput();
    },
    mark(at, strongest) {
      if (!content) return;
      pixel = at;
      const { layer } = content;
      const valueAt = ({ row, column }: DetailPixel): number =>
        layer.data[(content?.channel ?? 0) * layer.height * layer.width + row * layer.width + column] ?? Number.NaN;
      const isStrongest = at.row === strongest.row && at.column === strongest.column;
      for (const [mark, place] of [
        ["pixel", at],
        ["strongest", strongest],
      ] as const) {
        channel.mark(mark, { top: place.row, left: place.column, height: 1, width: 1 }, layer);
        input.mark(mark, patchOf(layer.field, place.row, place.column, content.input), content.input);
      }
      const placeWords = (place: DetailPixel): string => `row ${place.row}, column ${place.column}`;
      const isOnePlace = layer.height * layer.width === 1;
      const pixelWords = isOnePlace ? formatNumber(valueAt(at)) : `${formatNumber(valueAt(at))} at ${placeWords(at)}`;
      setText(told.pixel, isOnePlace ? "" : pixelWords);
      const other = `Strongest: ${formatNumber(valueAt(strongest))} at ${placeWords(strongest)}`;
      const dead = isDead(layer.statistics, content.channel, layer.height * layer.width);
      const strength = dead ? "The same everywhere" : isStrongest ? "The strongest" : other;
      setText(told.strongest, isOnePlace ? "" : strength);
      const keys = isOnePlace ? "" : " Arrows go to the next pixel, Home to the strongest.";
      channel.element.setAttribute("aria-label", `Channel ${content.channel} of ${layer.name}, ${pixelWords}.${keys}`);
    },
  };
}

interface Sides {
  readonly height: number;
  readonly width: number;
}

interface Stage {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  resize(sides: Sides, largestPlace: number): void;
  /** Frame a part, told in the same places as the sides. */
  mark(name: "pixel" | "strongest", part: Sides & { readonly top: number; readonly left: number }, of: Sides): void;
}

/** A canvas with marks over it that keep their place at any size. */
function stage(name: string): Stage {
  const canvas = buildElement("canvas", { attributes: { "aria-hidden": "true" } });
  const marks = {
    strongest: buildElement("span", { class: "ls-detail-mark ls-detail-strongest" }),
    pixel: buildElement("span", { class: "ls-detail-mark" }),
  };
  const element = buildElement("div", {
    class: `ls-detail-stage ${name}`,
    children: [canvas, marks.strongest, marks.pixel],
  });
  return {
    element,
    canvas,
    resize({ height, width }, largestPlace) {
      canvas.height = height;
      canvas.width = width;
      const scale = Math.min(SIDE / Math.max(height, width), largestPlace);
      element.style.width = `${Math.round(width * scale)}px`;
      element.style.aspectRatio = `${width} / ${height}`;
      canvas.classList.toggle("ls-pixelated", scale > 1);
    },
    mark(mark, { top, left, height, width }, of) {
      const { style } = marks[mark];
      const share = (part: number, whole: number) => `${(part / whole) * 100}%`;
      style.top = share(top + height / 2, of.height);
      style.left = share(left + width / 2, of.width);
      style.height = share(height, of.height);
      style.width = share(width, of.width);
    },
  };
}
