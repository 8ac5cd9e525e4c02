import chevron from "lucide:chevron-down";
import { formatCount } from "../theme/numbers.ts";
import { buildElement, setDataText, setText } from "./build-element.ts";
import { buildIcon } from "./icon.ts";
import { buildLegendRow, type LegendClass, type LegendRow, showLegendRow } from "./legend-row.ts";
import { type SelectionMode, selectionModeOf } from "./selection-mode.ts";

/** Of the folded classes, as many are listed as a reader might scroll through; the others are found by name. */
const LONGEST = 300;

export interface CategoryLegendOptions {
  /** A class under the pointer or the focus, null when none is. */
  readonly onPreview: (index: number | null) => void;
  readonly onSelect: (index: number, mode: SelectionMode) => void;
  /** A class of the rest was chosen: it wants a colour of its own. Told before `onSelect`. */
  readonly onPromote: (index: number) => void;
}

export interface CategoryLegend {
  readonly element: HTMLElement;
  /** Show these classes under `title`; those named in `rest` share a colour and are folded into "28 more". */
  show(title: string, classes: readonly LegendClass[], rest?: readonly number[]): void;
}

/** Classes with counts: hover previews, click selects, Shift adds, Alt or Ctrl subtracts; arrows and Enter do the same. */
export function categoryLegend(options: CategoryLegendOptions, signal: AbortSignal): CategoryLegend {
  const title = buildElement("h3", { class: "ls-legend-title" });
  const list = buildElement("div", {
    class: "ls-legend-list",
    attributes: { role: "listbox", "aria-multiselectable": "true" },
  });
  const more = buildElement("button", {
    class: "ls-action ls-legend-more",
    attributes: { type: "button", "aria-expanded": "false" },
  });
  const moreWords = buildElement("span");
  more.append(buildIcon(chevron), moreWords);
  const element = buildElement("div", { class: "ls-legend", children: [title, list, more] });
  const note = buildElement("p", { class: "ls-legend-note" });
  element.append(note);
  let classes: readonly LegendClass[] = [];
  let rest: readonly number[] = [];
  let rows: LegendRow[] = [];
  let expanded = false;

  const rowOf = (event: Event): number => {
    const row = event.composedPath().find((node) => node instanceof HTMLElement && node.dataset.lsClass !== undefined);
    return row instanceof HTMLElement ? Number(row.dataset.lsClass) : -1;
  };
  const choose = (index: number, mode: SelectionMode): void => {
    if (rest.includes(index)) options.onPromote(index);
    options.onSelect(index, mode);
  };
  const rove = (index: number): void => {
    for (const row of rows) row.element.tabIndex = row.index === index ? 0 : -1;
  };
  const follow = (): void => {
    const hidden = new Set(expanded ? rest.slice(LONGEST) : rest);
    const listed = classes.flatMap((_, index) => (hidden.has(index) ? [] : [index]));
    const built = new Map(rows.map((row) => [row.index, row]));
    const before = rows;
    rows = listed.map((index) => built.get(index) ?? buildLegendRow(index));
    const largest = classes.reduce((most, { total }) => Math.max(most, total), 1);
    for (const row of rows) {
      const shown = classes[row.index];
      if (shown) showLegendRow(row, shown, largest);
    }
    // Lines that stay are left in place: moving one would take the focus and the hover from it.
    if (rows.length !== before.length || rows.some((row, place) => row !== before[place]))
      list.replaceChildren(...rows.map((row) => row.element));
    if (!rows.some((row) => row.element.tabIndex === 0)) rove(rows[0]?.index ?? 0);
    more.hidden = rest.length === 0;
    more.setAttribute("aria-expanded", String(expanded));
    setText(moreWords, expanded ? "Fewer" : `${formatCount(rest.length)} more`);
    note.hidden = !expanded || hidden.size === 0;
    setText(note, `${formatCount(hidden.size)} smaller classes are not listed; find them by name.`);
  };

  list.addEventListener(
    "click",
    (event) => {
      const index = rowOf(event);
      if (index >= 0) choose(index, selectionModeOf(event));
    },
    { signal },
  );
  list.addEventListener("pointerover", (event) => rowOf(event) >= 0 && options.onPreview(rowOf(event)), { signal });
  list.addEventListener("pointerleave", () => options.onPreview(null), { signal });
  list.addEventListener(
    "focusin",
    (event) => {
      const index = rowOf(event);
      if (index < 0) return;
      rove(index);
      options.onPreview(index);
    },
    { signal },
  );
  list.addEventListener("focusout", () => options.onPreview(null), { signal });
  list.addEventListener(
    "keydown",
    (event) => {
      const index = rowOf(event);
      const at = rows.findIndex((row) => row.index === index);
      const to = {
        ArrowDown: at + 1,
        ArrowRight: at + 1,
        ArrowUp: at - 1,
        ArrowLeft: at - 1,
        Home: 0,
        End: rows.length - 1,
      }[event.key];
      if (to !== undefined) rows[Math.min(rows.length - 1, Math.max(0, to))]?.element.focus();
      else if (event.key === "Enter" || event.key === " ") choose(index, selectionModeOf(event));
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  more.addEventListener(
    "click",
    () => {
      expanded = !expanded;
      follow();
    },
    { signal },
  );

  return {
    element,
    show(heading, nextClasses, nextRest = []) {
      setDataText(title, heading);
      title.hidden = heading === "";
      list.setAttribute("aria-label", heading || "Classes");
      classes = nextClasses;
      rest = nextRest;
      if (rest.length === 0) expanded = false;
      follow();
    },
  };
}
