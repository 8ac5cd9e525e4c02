import { buildElement, setText } from "./build-element.ts";
import { classDisc } from "./class-disc.ts";
import { type HistogramInk, histogram } from "./histogram.ts";
import { placeStrip, placeTooltip } from "./place-tooltip.ts";

const DELAY_MS = 100;
const VALUES_SHOWN = 4;
const NARROW = 480;

export interface TooltipValue {
  readonly name: string;
  /** As it is shown: already formatted. */
  readonly text: string;
  /** How all rows spread over this value, and where this row lies among them, 0 to 1. */
  readonly histogram?: { readonly counts: ArrayLike<number>; readonly at: number };
}

export interface TooltipContent {
  readonly name: string;
  /** `color` null: the row has no label. */
  readonly class?: { readonly name: string; readonly color: string | null };
  /** At most four are shown. */
  readonly values?: readonly TooltipValue[];
  /**
   * Whether a picture will come (`setPicture`); its place is kept, so that nothing jumps. Its longer side takes `side`
   * CSS px, default 96.
   */
  readonly picture?: { readonly width: number; readonly height: number; readonly side?: number };
  /** Lines in the second colour, under the class. */
  readonly notes?: readonly string[];
}

export interface Tooltip {
  readonly element: HTMLElement;
  /** Show it for a mark in CSS px of the body; after 100 ms, or at once where another is on show. */
  show(mark: { readonly x: number; readonly y: number; readonly radius: number }, content: TooltipContent): void;
  /** Put the picture into the place kept for it; scaled up in whole pixels when smaller than 48. */
  setPicture(picture: CanvasImageSource & { readonly width: number; readonly height: number }): void;
  hide(): void;
}

/** The card that follows the pointer over `body`; under 480 px a strip at the body's bottom. */
export function tooltip(body: HTMLElement, ink: () => HistogramInk, signal: AbortSignal): Tooltip {
  const element = buildElement("div", { class: "ls-tooltip", attributes: { role: "tooltip" } });
  element.hidden = true;
  const holder = body.parentElement ?? body;
  holder.append(element);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let canvas: HTMLCanvasElement | null = null;
  const stopWaiting = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  signal.addEventListener(
    "abort",
    () => {
      stopWaiting();
      element.remove();
    },
    { once: true },
  );

  return {
    element,
    show(mark, content) {
      const visible = !element.hidden;
      stopWaiting();
      canvas = content.picture ? buildPicture(content.picture) : null;
      element.replaceChildren(...buildContent(content, canvas, ink()));
      const reveal = (): void => {
        waiting = undefined;
        element.hidden = false;
        const strip = (body.closest(".layerscope") ?? body).clientWidth < NARROW;
        element.classList.toggle("ls-strip", strip);
        const size = { width: element.offsetWidth, height: element.offsetHeight };
        const bounds = { x: 0, y: 0, width: body.clientWidth, height: body.clientHeight };
        const { x, y } = strip ? placeStrip(mark, size, bounds) : placeTooltip(mark, size, bounds);
        element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      };
      if (visible) reveal();
      else waiting = setTimeout(reveal, DELAY_MS);
    },
    setPicture(picture) {
      const context = canvas?.getContext("2d");
      if (!canvas || !context) return;
      // What stood for it would be seen through one that is clear in places.
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    },
    hide() {
      stopWaiting();
      element.hidden = true;
    },
  };
}

function buildContent(
  { name, class: label, values = [], notes = [] }: TooltipContent,
  picture: HTMLCanvasElement | null,
  ink: HistogramInk,
): HTMLElement[] {
  const words = buildElement("div", {
    class: "ls-tooltip-words",
    children: [
      buildElement("div", { class: "ls-tooltip-name", text: name }),
      label ? classDisc(label.name, label.color) : null,
      ...notes.map((text) => buildElement("div", { class: "ls-tooltip-note", text })),
      values.length > 0
        ? buildElement("dl", {
            class: "ls-values",
            children: values.slice(0, VALUES_SHOWN).flatMap((value) => buildValue(value, ink)),
          })
        : null,
    ],
  });
  return picture ? [picture, words] : [words];
}

function buildValue({ name, text, histogram: spread }: TooltipValue, ink: HistogramInk): HTMLElement[] {
  const term = buildElement("dt", { text: name });
  term.title = name;
  const value = buildElement("dd", { class: "ls-value" });
  setText(value, text);
  const picture = buildElement("dd", {
    class: "ls-value-spread",
    children: [spread ? histogram(spread.counts, spread.at, 60, 12, ink) : null],
  });
  return [term, value, picture];
}

function buildPicture({ width, height, side: wanted = 96 }: NonNullable<TooltipContent["picture"]>): HTMLCanvasElement {
  const canvas = buildElement("canvas", { class: "ls-tooltip-picture", attributes: { "aria-hidden": "true" } });
  canvas.width = width;
  canvas.height = height;
  const side = Math.max(width, height);
  const zoom = side < 48 ? Math.max(1, Math.floor(wanted / side)) : wanted / side;
  canvas.style.width = `${Math.round(width * zoom)}px`;
  canvas.style.height = `${Math.round(height * zoom)}px`;
  canvas.classList.toggle("ls-pixelated", side < 48);
  return canvas;
}
