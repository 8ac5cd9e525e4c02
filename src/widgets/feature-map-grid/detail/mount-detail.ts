import previous from "lucide:chevron-left";
import next from "lucide:chevron-right";
import close from "lucide:x";
import { ComputeError } from "../../../compute/errors.ts";
import type { LayerKernels, PixelExplanation } from "../../../compute/feature-maps/explain/pixel-explanation.ts";
import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import { buildElement, setText } from "../../chrome/build-element.ts";
import { buildIcon } from "../../chrome/icon.ts";
import { installStyles } from "../../theme/install-styles.ts";
import { formatCount, formatNumber } from "../../theme/numbers.ts";
import { channelPictures } from "./channel-pictures.ts";
import styles from "./detail.css";
import { explanationView } from "./explanation-view.ts";
import { kernelGallery } from "./kernel-gallery.ts";

/** A place of the open channel, counted from 0. */
export interface DetailPixel {
  readonly row: number;
  readonly column: number;
}

/** A channel that is opened, with the picture that it answers to. */
export interface DetailContent {
  readonly layer: MapLayer;
  readonly channel: number;
  /** Whose layer it is: another one's of the same name has other kernels. null while only a saved picture is there. */
  readonly model: object | null;
  /** The channel's levels as the grid draws them (`stretchChannel`): `height * width`. */
  readonly levels: Uint8Array;
  /** 256 colours for them (`scaleTable`). */
  readonly colors: Uint8Array;
  /** The picture as a reader knows it, in any size: it is drawn as large as the input. */
  readonly picture: CanvasImageSource;
  /** Sides of the model's input, in whose pixels fields and patches are told. */
  readonly input: { readonly height: number; readonly width: number };
  readonly pictureName: string;
  /** In which order the input has its colours; kernels over three channels are drawn in colour then. null: it has none. */
  readonly colorOrder: "RGB" | "BGR" | null;
}

export interface DetailOptions {
  /** How a pixel of the channel on show came about. The question before it is given up: its signal aborts. */
  explain(pixel: DetailPixel, signal: AbortSignal): Promise<PixelExplanation>;
  /** The kernels of the layer on show; null where it has none. Asked once a model and layer. */
  kernels(layer: string, signal: AbortSignal): Promise<LayerKernels | null>;
  /** A reader went to another pixel, or another channel brought one along. */
  onPixel?(pixel: DetailPixel): void;
  /** The channel before this one is wanted, or the one after it, in the order of the grid. */
  onStep(by: -1 | 1): void;
  /** A channel was chosen by its kernel. */
  onChannel(channel: number): void;
  onClose(): void;
}

/** An opened channel: large, beside the picture, and how one of its pixels came about. */
export interface Detail {
  readonly element: HTMLElement;
  /** A place below the two pictures for what else is to be had of the channel. */
  readonly slot: HTMLElement;
  /** The pixel on show: of a layer that is opened the strongest of the channel, until the reader goes to another. */
  readonly pixel: DetailPixel;
  /** Show a channel, or the same one in other colours. A pixel that was gone to stays for the whole layer and picture. */
  show(content: DetailContent): void;
  /** Put the focus on the channel, where the arrows go from pixel to pixel. */
  focus(): void;
}

/**
 * Build the panel of an opened channel in `host`; it is gone when `signal` aborts. The channel and the picture are there at
 * once, the explanation follows when it comes; what was told before stays until then.
 *
 * Keys on the channel: arrows go to the next pixel, with Shift to the tenth, Home to the strongest, Page Up and Page Down to
 * another channel. Esc is left to whoever holds the panel.
 */
export function mountDetail(host: HTMLElement, options: DetailOptions, signal: AbortSignal): Detail {
  let shown: DetailContent | null = null;
  let pixel: DetailPixel = { row: 0, column: 0 };
  let strongest: DetailPixel = pixel;
  let wasChosen = false;
  let question = new AbortController();
  let kernelQuestion = new AbortController();
  /** The layer whose kernels are known or on their way. */
  let kernelsOf: { readonly model: object | null; readonly layer: string } | null = null;
  signal.addEventListener("abort", () => {
    question.abort();
    kernelQuestion.abort();
  });

  const name = buildElement("h3", { class: "ls-legend-title" });
  const tool = (label: string, icon: string, act: () => void): HTMLElement => {
    const attributes = { type: "button", "aria-label": label, title: label };
    const button = buildElement("button", { class: "ls-tool", attributes, children: [buildIcon(icon)] });
    button.addEventListener("click", act, { signal });
    return button;
  };
  const facts = buildElement("p", { class: "ls-detail-facts" });
  const pictures = channelPictures({ onPixel: choose, onStep: options.onStep }, signal);
  const slot = buildElement("div", { class: "ls-detail-slot" });
  const explained = explanationView();
  const kernels = kernelGallery({ onChannel: options.onChannel }, signal);
  const element = buildElement("section", {
    class: "ls-detail",
    children: [
      buildElement("div", {
        class: "ls-dialog-head",
        children: [
          name,
          tool("Previous channel", previous, () => options.onStep(-1)),
          tool("Next channel", next, () => options.onStep(1)),
          tool("Close", close, options.onClose),
        ],
      }),
      facts,
      pictures.element,
      slot,
      explained.element,
      kernels.element,
    ],
  });
  host.append(element);
  installStyles(element, "feature-map-detail", styles);
  signal.addEventListener("abort", () => element.remove(), { once: true });

  function choose(to: DetailPixel | "strongest"): void {
    wasChosen = to !== "strongest";
    goTo(to === "strongest" ? strongest : to);
  }

  function goTo(to: DetailPixel): void {
    if (!shown) return;
    pixel = to;
    pictures.mark(pixel, strongest);
    options.onPixel?.(pixel);
    question.abort();
    question = new AbortController();
    void ask(shown, pixel, question.signal);
  }

  async function ask(content: DetailContent, asked: DetailPixel, life: AbortSignal): Promise<void> {
    explained.wait();
    try {
      const explanation = await options.explain(asked, life);
      if (!life.aborted) explained.show(explanation, content);
    } catch (thrown) {
      if (!life.aborted) explained.fail(ComputeError.from(thrown));
    }
  }

  async function askKernels({ model, layer, channel, colorOrder }: DetailContent, life: AbortSignal): Promise<void> {
    kernelsOf = { model, layer: layer.name };
    kernels.show(null, { channel, colorOrder });
    try {
      const found = await options.kernels(layer.name, life);
      if (!life.aborted) kernels.show(found, { channel: shown?.channel ?? channel, colorOrder });
    } catch {
      // The explanation, which is asked for beside it, tells what keeps the model from answering.
      if (!life.aborted) kernelsOf = null;
    }
  }

  return {
    element,
    slot,
    get pixel() {
      return pixel;
    },
    focus: () => pictures.focus(),
    show(content) {
      const before = shown;
      const isSameLayer = before?.layer === content.layer;
      const isSameChannel = isSameLayer && before.channel === content.channel;
      shown = content;
      setText(name, `${content.layer.name}, channel ${formatCount(content.channel)}`);
      name.title = name.textContent ?? "";
      element.setAttribute("aria-label", `${name.textContent}, with how a pixel of it came about`);
      setText(facts, factsOf(content));
      pictures.show(content);
      strongest = strongestPlace(content);
      if (before?.layer.name !== content.layer.name) wasChosen = false;
      if (kernelsOf?.model !== content.model || kernelsOf.layer !== content.layer.name) {
        kernelQuestion.abort();
        kernelQuestion = new AbortController();
        void askKernels(content, kernelQuestion.signal);
      } else kernels.mark(content.channel);
      if (isSameChannel) pictures.mark(pixel, strongest);
      else goTo(wasChosen && fits(pixel, content.layer) ? pixel : strongest);
    },
  };
}

function factsOf({ layer, channel }: DetailContent): string {
  const { minimum, maximum, mean, zeros } = layer.statistics;
  const at = (values: Float32Array): number => values[channel] ?? Number.NaN;
  if (layer.height * layer.width === 1) return `one number: ${formatNumber(at(mean))}`;
  return [
    `${formatCount(layer.height)} × ${formatCount(layer.width)}`,
    `minimum ${formatNumber(at(minimum))}`,
    `mean ${formatNumber(at(mean))}`,
    `maximum ${formatNumber(at(maximum))}`,
    `${formatNumber(Math.round(at(zeros) * 1000) / 10)} % zeros`,
  ].join(" · ");
}

function strongestPlace({ layer, channel }: DetailContent): DetailPixel {
  const places = layer.height * layer.width;
  const from = channel * places;
  let best = 0;
  for (let at = 1; at < places; at++) if ((layer.data[from + at] ?? 0) > (layer.data[from + best] ?? 0)) best = at;
  return { row: Math.floor(best / layer.width), column: best % layer.width };
}

function fits({ row, column }: DetailPixel, { height, width }: MapLayer): boolean {
  return row < height && column < width;
}
