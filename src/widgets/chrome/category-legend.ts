import chevron from "lucide:chevron-down";
import { formatCount } from "../theme/numbers.ts";
import { buildElement, setAttribute, setDataText, setText } from "./build-element.ts";
import { disc } from "./class-disc.ts";
import { buildIcon } from "./icon.ts";
import { type SelectionMode, selectionModeOf } from "./selection-mode.ts";

export interface LegendClass {
  readonly name: string;
  /** null: rows without a label, drawn as hollow rings. */
  readonly color: string | null;
  readonly total: number;
  /** Rows of the class that are selected; null while nothing is selected. */
  readonly selected: number | null;
}

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
  let rows: LegendRow[] = [];
  let folded: ReadonlySet<number> = new Set();
  let expanded = false;

  const rowOf = (event: Event): number => {
    const row = event.composedPath().find((node) => node instanceof HTMLElement && node.dataset.lsClass !== undefined);
    return row instanceof HTMLElement ? Number(row.dataset.lsClass) : -1;
  };
  const choose = (index: number, mode: SelectionMode): void => {
    if (folded.has(index)) options.onPromote(index);
    options.onSelect(index, mode);
  };
  const visibleRows = (): LegendRow[] => rows.filter(({ element: row }) => row.isConnected);
  const rove = (index: number): void => {
    for (const row of rows) row.element.tabIndex = row.index === index ? 0 : -1;
  };
  const unfold = (open: boolean): void => {
    expanded = open;
    more.setAttribute("aria-expanded", String(open));
    list.replaceChildren(...rows.filter(({ index }) => open || !folded.has(index)).map(({ element: row }) => row));
    const restCount = rows.filter(({ index }) => folded.has(index)).length;
    setText(moreWords, open ? "Fewer" : `${formatCount(restCount)} more`);
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
      const visible = visibleRows();
      const index = rowOf(event);
      const at = visible.findIndex((row) => row.index === index);
      const to = {
        ArrowDown: at + 1,
        ArrowRight: at + 1,
        ArrowUp: at - 1,
        ArrowLeft: at - 1,
        Home: 0,
        End: visible.length - 1,
      }[event.key];
      if (to !== undefined) visible[Math.min(visible.length - 1, Math.max(0, to))]?.element.focus();
      else if (event.key === "Enter" || event.key === " ") choose(index, selectionModeOf(event));
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  more.addEventListener("click", () => unfold(!expanded), { signal });

  return {
    element,
    show(heading, classes, rest = []) {
      setDataText(title, heading);
      title.hidden = heading === "";
      list.setAttribute("aria-label", heading || "Classes");
      folded = new Set(rest);
      const largest = Math.max(1, ...classes.map(({ total }) => total));
      if (rows.length !== classes.length) rows = classes.map((_, index) => buildRow(index));
      rows.forEach((row, index) => {
        const shown = classes[index];
        if (shown) showRow(row, shown, largest);
      });
      const focused = rows.find(({ element: row }) => row.matches(":focus"))?.index;
      more.hidden = rest.length === 0;
      unfold(expanded && rest.length > 0);
      if (focused !== undefined) rows[focused]?.element.focus();
      if (!visibleRows().some(({ element: row }) => row.tabIndex === 0)) rove(visibleRows()[0]?.index ?? 0);
    },
  };
}

interface LegendRow {
  readonly index: number;
  readonly element: HTMLElement;
  readonly mark: HTMLElement;
  readonly name: HTMLElement;
  readonly count: HTMLElement;
  readonly bar: HTMLElement;
  readonly full: HTMLElement;
}

function buildRow(index: number): LegendRow {
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

function showRow({ element, mark, name, count, bar, full }: LegendRow, shown: LegendClass, largest: number): void {
  const { selected, total } = shown;
  mark.replaceChildren(disc(shown.color));
  setDataText(name, shown.name);
  setText(count, selected === null ? formatCount(total) : `${formatCount(selected)} / ${formatCount(total)}`);
  bar.style.setProperty("--ls-disc", shown.color ?? "var(--ls-edge)");
  bar.style.width = `${(total / largest) * 100}%`;
  full.style.width = selected === null ? "100%" : `${total > 0 ? (selected / total) * 100 : 0}%`;
  setAttribute(element, "aria-selected", String(selected !== null && selected > 0));
  element.classList.toggle("ls-legend-empty", selected === 0);
}
