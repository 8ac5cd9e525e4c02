import { buildElement } from "../chrome/build-element.ts";
import { isLinkHow, type LinkHow, linkHows } from "../link/link-how.ts";
import type { LinkedRows } from "../link/linked-rows.ts";

const words: Readonly<Record<LinkHow, { readonly label: string; readonly help: string }>> = {
  single: { label: "same rows", help: "The latest selection, wherever it was made." },
  intersect: { label: "rows in all", help: "Rows that are in every selection." },
  union: { label: "rows in any", help: "Rows that are in any selection." },
  exclude: { label: "not theirs", help: "Rows selected here and nowhere else." },
};

/** By what rule the selections of linked widgets become one; hidden where nobody is linked. */
export function linkChoice(rows: LinkedRows, signal: AbortSignal): HTMLElement {
  const select = buildElement("select", {
    class: "ls-link-choice",
    attributes: { "aria-label": "Linked" },
    children: linkHows.map((how) => buildElement("option", { text: words[how].label, attributes: { value: how } })),
  });
  const element = buildElement("label", { class: "ls-link", text: "Linked: ", children: [select] });
  const show = (): void => {
    element.hidden = !rows.isShared;
    select.value = rows.how;
    element.title = words[rows.how].help;
    select.setAttribute("aria-description", words[rows.how].help);
  };
  select.addEventListener("change", () => isLinkHow(select.value) && rows.combineBy(select.value), { signal });
  rows.listen("link", show, signal);
  show();
  return element;
}
