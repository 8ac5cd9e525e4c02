import type { LayerKernels } from "../../../compute/feature-maps/explain/pixel-explanation.ts";
import { buildElement } from "../../chrome/build-element.ts";
import { formatCount, formatCounted } from "../../theme/numbers.ts";
import { heatPixels, heatScale } from "./heat-map.ts";
import { kernelColors } from "./kernel-colors.ts";

/** Kernels that are drawn; of wider layers the first. */
const MOST = 512;
const COLOURS = 3;

export interface KernelGalleryOptions {
  onChannel(channel: number): void;
}

interface GalleryState {
  readonly channel: number;
  readonly colorOrder: "RGB" | "BGR" | null;
}

/**
 * The kernels of the layer on show, folded away. Those over the picture's three colours are drawn in colour, one a channel,
 * and open it; of others those of the open channel are drawn, one for each channel that it reads.
 */
export interface KernelGallery {
  readonly element: HTMLElement;
  /** null: the layer has none, and nothing is there. */
  show(kernels: LayerKernels | null, state: GalleryState): void;
  /** Another channel of the same layer is open. */
  mark(channel: number): void;
}

export function kernelGallery({ onChannel }: KernelGalleryOptions, signal: AbortSignal): KernelGallery {
  const summary = buildElement("summary");
  const content = buildElement("div", { class: "ls-detail-kernels" });
  const element = buildElement("details", { class: "ls-details", children: [summary, content] });
  element.hidden = true;
  let kernels: LayerKernels | null = null;
  let state: GalleryState = { channel: 0, colorOrder: null };

  const draw = (): void => {
    if (!kernels || !element.open) return;
    const { out, height, width } = kernels;
    content.replaceChildren();
    if (isColoured(kernels, state)) {
      for (let channel = 0; channel < Math.min(MOST, out); channel++) {
        const pixels = kernelColors(kernels, channel, state.colorOrder === "BGR");
        const label = `Channel ${channel}`;
        const attributes = { type: "button", "aria-label": label, title: label };
        const button = buildElement("button", { attributes, children: [picture(pixels, height, width)] });
        button.setAttribute("aria-current", String(channel === state.channel));
        button.dataset.lsChannel = String(channel);
        content.append(button);
      }
      return;
    }
    const size = height * width;
    const own = kernels.data.subarray(state.channel * kernels.in * size, (state.channel + 1) * kernels.in * size);
    const scale = heatScale([own], true);
    for (let from = 0; from < Math.min(MOST, kernels.in); from++) {
      const canvas = picture(
        heatPixels({ values: own.subarray(from * size, (from + 1) * size) }, scale),
        height,
        width,
      );
      canvas.title = `Channel ${formatCount(from)} of those that it reads`;
      content.append(canvas);
    }
  };
  const say = (): void => {
    if (!kernels) return;
    const sides = `${kernels.height} × ${kernels.width}`;
    const told = isColoured(kernels, state)
      ? `${formatCounted(kernels.out, "kernel")} of ${sides}, each over the picture's three colours`
      : `${formatCounted(kernels.in, "kernel")} of ${sides} for this channel: purple below 0, orange above`;
    const drawn = isColoured(kernels, state) ? kernels.out : kernels.in;
    summary.textContent = drawn > MOST ? `${told}, the first ${MOST} drawn` : told;
  };
  element.addEventListener("toggle", draw, { signal });
  content.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-ls-channel]") : null;
      if (button) onChannel(Number(button.dataset.lsChannel));
    },
    { signal },
  );

  return {
    element,
    show(shown, next) {
      kernels = shown;
      state = next;
      element.hidden = shown === null;
      say();
      draw();
    },
    mark(channel) {
      state = { ...state, channel };
      if (!kernels || !isColoured(kernels, state)) return draw();
      for (const button of content.querySelectorAll<HTMLElement>("[data-ls-channel]"))
        button.setAttribute("aria-current", String(Number(button.dataset.lsChannel) === channel));
    },
  };
}

function isColoured(kernels: LayerKernels, { colorOrder }: GalleryState): boolean {
  return kernels.in === COLOURS && colorOrder !== null;
}

function picture(pixels: Uint8ClampedArray<ArrayBuffer>, height: number, width: number): HTMLCanvasElement {
  const canvas = buildElement("canvas", { class: "ls-detail-kernel", attributes: { "aria-hidden": "true" } });
  canvas.height = height;
  canvas.width = width;
  canvas.style.aspectRatio = `${width} / ${height}`;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas;
}
