import { buildElement, setText } from "./build-element.ts";
import { dialog } from "./dialog.ts";

const ROW_HEIGHT = 24;
/** Rows built beyond the edges of what is seen. */
const SPARE = 6;
/** Browsers cut elements that are taller; above it, a px of scrolling stands for more than a px of table. */
const TALLEST = 8_000_000;

export interface TableColumn {
  readonly name: string;
  readonly align?: "left" | "right";
  cell(row: number): string;
}

export interface RowTableOptions {
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  readonly onChoose: (row: number) => void;
  readonly onClose: () => void;
}

/**
 * All rows as a table, of which only those in view are built: a million rows cost as much as forty. It lets go of the
 * columns when it is taken out of the frame, or when `signal` aborts.
 */
export function rowTable(
  { title, columns, rows, onChoose, onClose }: RowTableOptions,
  signal: AbortSignal,
): HTMLElement {
  const widths = `repeat(${columns.length}, minmax(0, 1fr))`;
  const head = buildRow(columns, "columnheader");
  for (const [column, { name }] of columns.entries()) setText(head.children[column] ?? head, name);
  head.setAttribute("aria-rowindex", "1");
  const visible = buildElement("div", { class: "ls-table-window", attributes: { role: "rowgroup" } });
  const height = Math.min(TALLEST, rows * ROW_HEIGHT);
  const space = buildElement("div", {
    class: "ls-table-space",
    attributes: { role: "presentation" },
    children: [visible],
  });
  space.style.height = `${height}px`;
  const scroller = buildElement("div", {
    class: "ls-table-scroller",
    attributes: { role: "presentation", tabindex: "0" },
    children: [space],
  });
  const table = buildElement("div", {
    class: "ls-table",
    attributes: { role: "table", "aria-label": title, "aria-rowcount": String(rows + 1) },
    children: [
      buildElement("div", { class: "ls-table-head", attributes: { role: "rowgroup" }, children: [head] }),
      scroller,
    ],
  });
  table.style.setProperty("--ls-columns", widths);

  const follow = (): void => {
    const seen = Math.ceil(scroller.clientHeight / ROW_HEIGHT);
    const reach = Math.max(1, height - scroller.clientHeight);
    const top =
      height === rows * ROW_HEIGHT ? scroller.scrollTop / ROW_HEIGHT : (scroller.scrollTop / reach) * (rows - seen);
    const first = Math.max(0, Math.floor(top) - SPARE);
    const last = Math.min(rows, Math.ceil(top) + seen + SPARE);
    while (visible.children.length < last - first) visible.append(buildRow(columns, "cell"));
    while (visible.children.length > last - first) visible.lastElementChild?.remove();
    visible.style.transform = `translateY(${scroller.scrollTop - (top - first) * ROW_HEIGHT}px)`;
    for (let row = first; row < last; row++) {
      const line = visible.children[row - first];
      if (!(line instanceof HTMLElement)) continue;
      line.dataset.lsRow = String(row);
      line.setAttribute("aria-rowindex", String(row + 2));
      columns.forEach(({ cell }, column) => {
        const place = line.children[column];
        if (place) setText(place, cell(row));
      });
    }
  };
  const panel = dialog(title, [table], onClose);
  const end = new AbortController();
  // Taken away it has no size any more; a frame that is only put elsewhere keeps it in place.
  const observer = new ResizeObserver(() => (panel.parentNode ? follow() : end.abort()));
  observer.observe(scroller);
  end.signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  signal.addEventListener("abort", () => end.abort(), { once: true, signal: end.signal });
  scroller.addEventListener("scroll", follow, { signal: end.signal });
  visible.addEventListener(
    "click",
    (event) => {
      const line = event.composedPath().find((node) => node instanceof HTMLElement && node.dataset.lsRow !== undefined);
      if (line instanceof HTMLElement) onChoose(Number(line.dataset.lsRow));
    },
    { signal: end.signal },
  );
  return panel;
}

function buildRow(columns: readonly TableColumn[], role: string): HTMLElement {
  return buildElement("div", {
    class: "ls-table-row",
    attributes: { role: "row" },
    children: columns.map(({ align }) =>
      buildElement("span", {
        class: align === "right" ? "ls-table-cell ls-number" : "ls-table-cell",
        attributes: { role },
      }),
    ),
  });
}
