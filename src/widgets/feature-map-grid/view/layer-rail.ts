import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import { buildElement, setAttribute } from "../../chrome/build-element.ts";
import { fillLayerName } from "../../chrome/layer-name.ts";
import { formatCount } from "../../theme/numbers.ts";

export interface LayerRail {
  readonly element: HTMLElement;
  show(layers: readonly MapLayer[]): void;
  /** The layer that is looked at. */
  mark(layer: number): void;
}

/** The layers one below the other, and a slider that walks from one to the next. */
export function layerRail(onLayer: (layer: number) => void, signal: AbortSignal): LayerRail {
  const slider = buildElement("input", {
    class: "ls-field-track",
    attributes: {
      type: "range",
      min: "0",
      step: "1",
      value: "0",
      "aria-label": "Layer",
      // JupyterLab takes arrow keys from whatever has the focus itself; the frame around it is asked too late.
      "data-lm-suppress-shortcuts": "true",
    },
  });
  const list = buildElement("div", { class: "ls-map-layers", attributes: { role: "group", "aria-label": "Layers" } });
  const element = buildElement("nav", {
    class: "ls-map-rail",
    children: [slider, list],
    attributes: { "aria-label": "Layers" },
  });
  let layers: readonly MapLayer[] = [];
  let buttons: readonly HTMLButtonElement[] = [];

  const mark = (at: number): void => {
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", layers[at]?.name ?? "");
    slider.style.setProperty("--ls-share", `${layers.length > 1 ? (100 * at) / (layers.length - 1) : 100}%`);
    for (const [each, button] of buttons.entries()) {
      setAttribute(button, "aria-current", each === at ? "true" : null);
      if (each === at) revealIn(list, button);
    }
  };
  slider.addEventListener("input", () => onLayer(Number(slider.value)), { signal });
  return {
    element,
    mark,
    show(next) {
      layers = next;
      element.hidden = layers.length === 0;
      slider.max = String(Math.max(0, layers.length - 1));
      slider.hidden = layers.length < 2;
      buttons = layers.map((_, at) => {
        const found = list.children[at];
        if (found instanceof HTMLButtonElement) return found;
        const button = buildElement("button", { class: "ls-map-layer", attributes: { type: "button" } });
        button.addEventListener("click", () => onLayer(at), { signal });
        return button;
      });
      list.replaceChildren(...buttons);
      for (const [at, button] of buttons.entries()) {
        const layer = layers[at];
        if (!layer) continue;
        fillLayerName(button, layer.name);
        button.title = `${layer.name}, ${layer.type}, ${formatCount(layer.channels)} channels`;
      }
    },
  };
}

/** Scroll the list alone: `scrollIntoView` would move the page as well. */
function revealIn(list: HTMLElement, { offsetTop, offsetHeight }: HTMLElement): void {
  if (offsetTop < list.scrollTop) list.scrollTop = offsetTop;
  else if (offsetTop + offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTop = offsetTop + offsetHeight - list.clientHeight;
}
