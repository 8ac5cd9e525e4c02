import { formatCount } from "../theme/numbers.ts";
import { buildElement, setAttribute, setDataText, setText } from "./build-element.ts";
import { disc } from "./class-disc.ts";

export interface LegendClass {
  readonly name: string;
  /** null: rows without a label, drawn as hollow rings. */
  readonly color: string | null;
  readonly total: number;
  /** Rows of the class that are selected; null while nothing is selected. */
  readonly selected: number | null;
}

/** One line of a legend; `data-ls-class` holds the number of its class. */
export interface LegendRow {
  readonly index: number;
  readonly element: HTMLElement;
  readonly mark: HTMLElement;
  readonly name: HTMLElement;
  readonly count: HTMLElement;
  readonly bar: HTMLElement;
  readonly full: HTMLElement;
}

/** A line without content yet. */
export function buildLegendRow(index: number): LegendRow {
  const mark = buildElement("span", { class: "ls-legend-mark" });
  const name = buildElement("span", { class: "ls-legend-name" });
  const count = buildElement("span", { class: "ls-legend-count" });
  const full = buildElement("span", { class: "ls-legend-full" });
  const bar = buildElement("span", { class: "ls-legend-bar", children: [full] });
  const element = buildElement("div", {
    class: "ls-legend-row",
    attributes: { role: "option", tabindex: "-1", "data-ls-class": String(index) },
    children: [mark, name, count, bar],
  });
  return { index, element, mark, name, count, bar, full };
}

/** Fill a line; its bar is as long as its total is of the `largest`. */
export function showLegendRow(
  { element, mark, name, count, bar, full }: LegendRow,
  shown: LegendClass,
  largest: number,
): void {
  const { selected, total } = shown;
  mark.replaceChildren(disc(shown.color));
  setDataText(name, shown.name);
  setText(count, selected === null ? formatCount(total) : `${formatCount(selected)} / ${formatCount(total)}`);
  bar.style.setProperty("--ls-disc", shown.color ?? "var(--ls-edge)");
  bar.style.width = `${(total / largest) * 100}%`;
  full.style.width = selected === null ? "100%" : `${total > 0 ? (selected / total) * 100 : 0}%`;
  setAttribute(element, "aria-selected", String(selected !== null && selected > 0));
}
