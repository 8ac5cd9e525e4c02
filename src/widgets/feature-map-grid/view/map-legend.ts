import type { Normalize } from "../../../compute/feature-maps/stretch.ts";
import { buildElement, setText } from "../../chrome/build-element.ts";
import { scaleStops } from "../../theme/color-scales.ts";
import { CONSTANT_WORDS, STRENGTH_WORDS, scaleWords } from "../scale-words.ts";

export interface MapLegend {
  readonly element: HTMLElement;
  /** @param colors 256 colours, as `scaleTable` has them; null: nothing is on show. */
  show(normalize: Normalize, colors: Uint8Array | null): void;
}

/** What a map's colours mean, the bar below it, and the diagonal through it. */
export function mapLegend(): MapLegend {
  const bar = buildElement("div", { class: "ls-map-colors", attributes: { "aria-hidden": "true" } });
  const low = buildElement("span");
  const high = buildElement("span");
  const of = buildElement("div");
  const line = (mark: string, text: string): HTMLElement =>
    buildElement("div", {
      class: "ls-map-mark-line",
      children: [
        buildElement("span", { class: `ls-map-mark ${mark}`, attributes: { "aria-hidden": "true" } }),
        buildElement("span", { text }),
      ],
    });
  const element = buildElement("div", {
    class: "ls-map-legend",
    attributes: { role: "group", "aria-label": "Legend" },
    children: [
      buildElement("div", {
        class: "ls-map-scale",
        children: [bar, buildElement("div", { class: "ls-map-ends", children: [low, high] }), of],
      }),
      line("ls-map-mark-strength", STRENGTH_WORDS),
      line("ls-map-mark-constant", CONSTANT_WORDS),
    ],
  });
  return {
    element,
    show(normalize, colors) {
      element.hidden = colors === null;
      if (!colors) return;
      const words = scaleWords(normalize);
      bar.style.background = `linear-gradient(to right, ${scaleStops(colors).join(", ")})`;
      setText(low, words.low);
      setText(high, words.high);
      setText(of, words.of);
    },
  };
}
