import { totalLines } from "../../../compute/model/layers/summary-text.ts";
import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { buildElement } from "../../chrome/build-element.ts";

/** What the table ends with, in Keras' words. */
export function showTotals(element: HTMLElement, layers: readonly ModelLayer[]): void {
  const lines = layers.length === 0 ? [] : totalLines(layers);
  element.replaceChildren(...lines.map((line) => buildElement("span", { text: line.trim() })));
}
