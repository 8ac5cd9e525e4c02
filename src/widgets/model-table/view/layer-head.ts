import { buildElement } from "../../chrome/build-element.ts";
import { markSorted } from "../../chrome/mark-sorted.ts";
import { type LayerColumnName, layerColumns } from "../data/layer-columns.ts";
import type { LayerOrder } from "../data/order-layers.ts";

export interface LayerHead {
  readonly element: HTMLElement;
  show(order: LayerOrder | null): void;
}

/** The names of the columns; a press on one sorts by it, the other way, and not at all. */
export function layerHead(onSort: (column: LayerColumnName) => void, signal: AbortSignal): LayerHead {
  const cells = layerColumns.map(({ name, head, isNumber }) => {
    const button = buildElement("button", {
      class: "ls-list-sort",
      text: head,
      attributes: { type: "button", title: `Sort by ${head}` },
    });
    button.addEventListener("click", () => onSort(name), { signal });
    const cell = buildElement("span", {
      class: `ls-layer-cell ls-layer-${name.toLowerCase()}${isNumber ? " ls-layer-number" : ""}`,
      attributes: { role: "columnheader" },
      children: [button],
    });
    return { name, cell, button };
  });
  const element = buildElement("div", {
    class: "ls-list-head ls-layer-head",
    attributes: { role: "row", "aria-rowindex": "1" },
    children: cells.map(({ cell }) => cell),
  });
  return {
    element,
    show(order) {
      for (const { name, cell, button } of cells)
        markSorted(cell, button, order?.column === name ? order.isDescending : null);
    },
  };
}
