import { buildElement, setText } from "../../chrome/build-element.ts";
import { scaleStops } from "../../theme/color-scales.ts";
import { formatNumber } from "../../theme/numbers.ts";
import type { ShownMap, ShownSaliency } from "../data/shown-saliency.ts";
import { CONTOUR_WORDS } from "../plot/contour-lines.ts";
import { panelColors } from "../plot/panel-pixels.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import { scaleWords } from "../scale-words.ts";

export interface OverlayLegend {
  readonly element: HTMLElement;
  /** @param current The map that is spoken of; null: it is not there yet. */
  show(shown: ShownSaliency | null, props: SaliencyOverlayProps, current: ShownMap | null): void;
}

/** What the colours mean, and what is known of a map: whether its parts add up, the layer that was looked at, notes. */
export function overlayLegend(): OverlayLegend {
  const low = buildElement("span");
  const bar = buildElement("span", { class: "ls-scale-colors", attributes: { "aria-hidden": "true" } });
  const high = buildElement("span");
  const scale = buildElement("div", { class: "ls-scale", children: [low, bar, high] });
  const facts = buildElement("div", { class: "ls-map-facts" });
  const element = buildElement("div", {
    class: "ls-overlay-legend",
    attributes: { role: "group", "aria-label": "Legend" },
    children: [scale, facts],
  });
  element.hidden = true;
  return {
    element,
    show(shown, props, current) {
      element.hidden = shown === null;
      if (!shown) return;
      const words = scaleWords(shown, props);
      bar.style.background = `linear-gradient(to right, ${scaleStops(panelColors(props)).join(", ")})`;
      setText(low, words.low);
      setText(high, [words.high, words.of].filter(Boolean).join(" "));
      const told = current ? mapFacts(current, props) : [];
      facts.hidden = told.length === 0;
      facts.replaceChildren(...told.map((text) => buildElement("p", { text })));
    },
  };
}

/** A sentence each. */
export function mapFacts(
  { completeness, layer, notes, isPartial }: ShownMap,
  { top, contours }: Pick<SaliencyOverlayProps, "top" | "contours">,
): readonly string[] {
  const sum = completeness
    ? `Sum ${formatNumber(completeness.sum)}, difference ${formatNumber(completeness.difference)}.`
    : "";
  return [
    isPartial ? "Not finished." : sum,
    layer === null ? "" : `Layer ${layer}.`,
    top === null ? "" : `the most salient ${formatNumber(top)} % alone`,
    contours ? CONTOUR_WORDS : "",
    ...notes,
  ].filter(Boolean);
}
