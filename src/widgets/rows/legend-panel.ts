import { addRow, emptyMask, hasRow, type RowMask } from "../../compute/selection/row-mask.ts";
import { buildElement, setText } from "../chrome/build-element.ts";
import { categoryLegend } from "../chrome/category-legend.ts";
import { numberLegend } from "../chrome/number-legend.ts";
import type { SelectionMode } from "../chrome/selection-mode.ts";
import type { Categories, Coloring, Numbers } from "./coloring.ts";
import type { Paint } from "./paint.ts";
import { binCounts } from "./row-facts.ts";

const BINS = 37;

export interface LegendEvents {
  onPreview(rows: RowMask | null): void;
  onSelect(rows: RowMask, mode: SelectionMode): void;
  onPromote(classIndex: number): void;
}

export interface LegendPanel {
  readonly element: HTMLElement;
  show(state: {
    readonly title: string;
    readonly coloring: Coloring | null;
    readonly paint: Paint;
    readonly selected: RowMask | null;
    /** Another thing to colour by, at hand; null: there is none. */
    readonly other: { readonly name: string; run(): void } | null;
  }): void;
}

/** The legend of whatever the map is coloured by: classes with counts, a scale with its histogram, or nothing. */
export function legendPanel(events: LegendEvents, signal: AbortSignal): LegendPanel {
  let coloring: Coloring | null = null;
  const classRows = (index: number): RowMask =>
    coloring?.kind === "categories"
      ? rowsWhere(coloring.codes, (code) => classOf(code, coloring as Categories) === index)
      : emptyMask(0);
  const categories = categoryLegend(
    {
      onPreview: (index) => events.onPreview(index === null ? null : classRows(index)),
      onSelect: (index, mode) => events.onSelect(classRows(index), mode),
      onPromote: events.onPromote,
    },
    signal,
  );
  const numbers = numberLegend((low, high, mode) => {
    if (coloring?.kind !== "numbers") return;
    events.onSelect(
      rowsWhere(coloring.values, (value) => value >= low && value <= high),
      mode,
    );
  }, signal);
  const home = buildElement("div");
  let runOther: () => void = () => undefined;
  const change = buildElement("button", { class: "ls-action", attributes: { type: "button" } });
  change.addEventListener("click", () => runOther(), { signal });
  const element = buildElement("div", { children: [home, change] });

  return {
    element,
    show({ title, coloring: next, paint, selected, other }) {
      coloring = next;
      if (next?.kind === "categories") {
        showIn(home, categories.element);
        categories.show(title, classesOf(next, paint, selected), paint.rest);
      } else if (next?.kind === "numbers") {
        showIn(home, numbers.element);
        numbers.show({ title, ...scaleOf(next, selected), stops: paint.palette });
      } else home.replaceChildren();
      change.hidden = other === null;
      if (!other) return;
      runOther = other.run;
      setText(change, other.name);
    },
  };
}

/** Moving an element that is in place already would take the focus from it. */
function showIn(home: HTMLElement, element: HTMLElement): void {
  if (home.firstChild !== element) home.replaceChildren(element);
}

/** Rows without a class stand in the legend after the classes. */
function classOf(code: number, { names }: Categories): number {
  return code >= 0 && code < names.length ? code : names.length;
}

function classesOf(coloring: Categories, paint: Paint, selected: RowMask | null) {
  const chosen = new Int32Array(coloring.names.length + 1);
  if (selected)
    coloring.codes.forEach((code, row) => {
      const index = classOf(code, coloring);
      if (hasRow(selected, row)) chosen[index] = (chosen[index] ?? 0) + 1;
    });
  const classes = coloring.names.map((name, index) => ({
    name,
    color: paint.classColors[index] ?? null,
    total: coloring.counts[index] ?? 0,
    selected: selected ? (chosen[index] ?? 0) : null,
  }));
  if (coloring.missing > 0)
    classes.push({
      name: "no label",
      color: null,
      total: coloring.missing,
      selected: selected ? (chosen[coloring.names.length] ?? 0) : null,
    });
  return classes;
}

function scaleOf({ values, low, high, missing }: Numbers, selected: RowMask | null) {
  let below = 0;
  let above = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) below++;
    else if (value > high) above++;
  }
  const chosen = selected ? values.filter((_, row) => hasRow(selected, row)) : null;
  return {
    low,
    high,
    missing,
    clipped: { below, above },
    counts: binCounts(values, low, high, BINS),
    selectedCounts: chosen ? binCounts(chosen, low, high, BINS) : null,
  };
}

function rowsWhere(values: Int32Array | Float32Array, wanted: (value: number) => boolean): RowMask {
  const mask = emptyMask(values.length);
  values.forEach((value, row) => {
    if (wanted(value)) addRow(mask, row);
  });
  return mask;
}
