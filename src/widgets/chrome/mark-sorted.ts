import down from "lucide:chevron-down";
import up from "lucide:chevron-up";
import { setAttribute } from "./build-element.ts";
import { buildIcon } from "./icon.ts";

/** Mark the head of the column that a list is sorted by; null: it is sorted by another. */
export function markSorted(cell: HTMLElement, button: HTMLElement, isDescending: boolean | null): void {
  setAttribute(cell, "aria-sort", isDescending === null ? null : isDescending ? "descending" : "ascending");
  button.querySelector("svg")?.remove();
  if (isDescending !== null) button.append(buildIcon(isDescending ? down : up));
}
