import { formatCounted } from "../../theme/numbers.ts";
import { className } from "../data/class-names.ts";
import type { SaliencyPicture, ShownSaliency } from "../data/shown-saliency.ts";
import type { ScenePanel } from "../plot/panel-scene.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import type { PanelWords } from "./panel-grid.ts";

/** A probability in two decimals: 0.94; what is not nothing is not told as nothing. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.005) return "< 0.01";
  return share < 1 && share > 0.995 ? "> 0.99" : share.toFixed(2).replace("-", "−");
}

/** The same in as many figures as two shares take that are read beside each other. */
export function formatArea(area: number): string {
  return area.toFixed(2);
}

/** "integrated gradients, of the logit, dog.jpg": what stands beside the title. */
export function overlaySubtitle(shown: ShownSaliency | null, { of }: Pick<SaliencyOverlayProps, "of">): string {
  if (!shown) return "";
  const { columns, pictures } = shown;
  const isGiven = columns.every(({ method }) => method === null);
  const maps = columns.length > 2 ? formatCounted(columns.length, "map") : columns.map(({ name }) => name).join("; ");
  const target = isGiven ? "" : of === "logits" ? "of the logit" : "of the probability";
  const named =
    pictures.length > 2 ? formatCounted(pictures.length, "picture") : pictures.map(({ name }) => name).join(" and ");
  return [maps, target, named].filter(Boolean).join(", ");
}

/** All of it for those who don't see it. */
export function overlayLabel(shown: ShownSaliency | null, props: Pick<SaliencyOverlayProps, "of">): string {
  if (!shown) return "There are no saliency maps yet";
  return `Saliency${shown.model ? ` of ${shown.model}` : ""}: ${overlaySubtitle(shown, props)}`;
}

/** The class that a map is about; "" where it is about none. */
export function classOf({ classNames }: ShownSaliency, picture: SaliencyPicture, column: number): string {
  const classIdx = picture.classes[column] ?? null;
  return classIdx === null ? "" : className(classNames, classIdx);
}

/**
 * What stands over a panel: what is the same for all pictures once.
 *
 * @param isWrapped Panels of one picture stand in several lines: each says all of it.
 * @param isBeside Pictures stand beside their maps, under their own names.
 */
export function panelWords(shown: ShownSaliency, panel: ScenePanel, isWrapped: boolean, isBeside: boolean): PanelWords {
  const picture = shown.pictures[panel.picture];
  if (!picture) return { name: "", label: "" };
  if (panel.column === null) return { name: picture.name, label: picture.name };
  const column = shown.columns[panel.column];
  // A column that is about one class has it in its name.
  const its = column?.classIdx === null ? classOf(shown, picture, panel.column) : "";
  const full = [column?.name, its].filter(Boolean).join(", ");
  const map = panel.picture === 0 || isWrapped ? full : its;
  const isCalled = !isBeside && shown.pictures.length > 1 && panel.column === 0;
  const name = [isCalled ? picture.name : "", map].filter(Boolean).join(": ");
  return { name, label: `${full}, over ${picture.name}` };
}
