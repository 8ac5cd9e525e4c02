import { version } from "../../version.ts";
import { type Theme, watchColorScheme } from "../theme/color-scheme.ts";
import { installStyles } from "../theme/install-styles.ts";
import tokens from "../theme/tokens.css";
import { buildElement } from "./build-element.ts";
import layout from "./explore-layout.css";

/** What `explore` lays out, in the order in which it is read. */
export const EXPLORE_PARTS = ["map", "mosaic", "units", "featureMaps", "saliency"] as const;
export type ExplorePart = (typeof EXPLORE_PARTS)[number];

export interface ExploreHeading {
  /** The model's name, unless its owner has written another title. */
  readonly title: string;
  /** "1,000 pictures". */
  readonly subtitle: string;
  readonly theme: Theme;
  /** Of every widget's body, px; null: each has its own. */
  readonly height: number | null;
}

/**
 * Five places in `host`, each for a widget: from 1,000 px on the map beside the mosaic, the units below them in the full
 * width, then the feature maps beside the saliency; below each other where there is less room. They are removed when
 * `signal` aborts.
 */
export function exploreLayout(
  host: HTMLElement,
  { title, subtitle, theme, height }: ExploreHeading,
  signal: AbortSignal,
): ReadonlyMap<ExplorePart, HTMLElement> {
  const places = new Map(
    EXPLORE_PARTS.map((part) => [part, buildElement("div", { attributes: { "data-ls-part": part } })]),
  );
  const header = buildElement("header", {
    children: [buildElement("h2", { text: title }), buildElement("p", { text: subtitle })],
  });
  const grid = buildElement("div", { class: "ls-explore-grid", children: [...places.values()] });
  const root = buildElement("section", {
    class: "ls-explore",
    attributes: { "aria-label": `${title}, ${subtitle}` },
    children: [header, grid],
  });
  // The bodies inherit it; one that a reader has dragged to another height keeps that.
  if (height !== null) root.style.setProperty("--ls-height", `${height}px`);
  host.append(root);
  installStyles(root, `layerscope explore ${version}`, `${tokens}\n${layout}`);
  watchColorScheme(root, theme, () => undefined, signal);
  signal.addEventListener("abort", () => root.remove(), { once: true });
  return places;
}
