import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { buildElement, setDataText } from "../../chrome/build-element.ts";
import { layerColumns } from "../data/layer-columns.ts";

export interface LayerLine {
  readonly element: HTMLElement;
  show(layer: ModelLayer | null): void;
}

export interface LayerLineEvents {
  onCopy(layer: ModelLayer): void;
  /** What else is known of a layer than its table tells: what its answers are called; empty where nothing is. */
  aside(layer: ModelLayer): string;
}

const HINT = "Click a layer, or go to it by arrows, to see all of it.";

/** All that is known of the layer that a reader is at, also what the table has no room for; its name can be copied. */
export function layerLine({ onCopy, aside }: LayerLineEvents, signal: AbortSignal): LayerLine {
  let shown: ModelLayer | null = null;
  const name = buildElement("span", { class: "ls-layer-name" });
  const words = buildElement("span", { class: "ls-layer-words" });
  const copy = buildElement("button", {
    class: "ls-action",
    text: "Copy name",
    attributes: { type: "button" },
  });
  copy.addEventListener("click", () => shown && onCopy(shown), { signal });
  const element = buildElement("p", { class: "ls-layer-told", children: [name, words, copy] });
  return {
    element,
    show(layer) {
      shown = layer;
      setDataText(name, layer?.name ?? "");
      setDataText(words, layer ? [layerWords(layer), aside(layer)].filter(Boolean).join(", ") : HINT);
      name.hidden = layer === null;
      copy.hidden = layer === null;
      element.classList.toggle("ls-layer-hint", layer === null);
    },
  };
}

/** "Conv2D, (None, 74, 74, 32), 320 parameters, 1,401,856 multiply-adds, float32, kernel 3 × 3, stride 2 × 2, after input_1". */
export function layerWords(layer: ModelLayer): string {
  const says: Partial<Record<string, (text: string) => string>> = {
    parameters: (text) => `${text} ${layer.parameters === 1 ? "parameter" : "parameters"}`,
    multiplyAdds: (text) => `${text} multiply-adds`,
    kernel: (text) => `kernel ${text}`,
    stride: (text) => `stride ${text}`,
    module: (text) => `module ${text}`,
  };
  const parts = layerColumns
    .filter(({ name }) => name !== "layer")
    .map(({ name, text }) => ({ name, text: text(layer) }))
    .filter(({ text }) => text !== "")
    .map(({ name, text }) => says[name]?.(text) ?? text);
  const after = layer.inbound.length > 0 ? [`after ${layer.inbound.join(" and ")}`] : [];
  return [...parts, ...after].join(", ");
}
