import { formatCount } from "../theme/numbers.ts";
import { buildElement, setText } from "./build-element.ts";
import { classDisc } from "./class-disc.ts";

const SHOWN = 8;

export interface SearchResult {
  readonly row: number;
  /** The row's name, else its number. */
  readonly name: string;
  readonly class?: { readonly name: string; readonly color: string | null };
}

export interface SearchAnswer {
  /** The first of those found; eight are shown. */
  readonly results: readonly SearchResult[];
  /** How many were found in all. */
  readonly total: number;
}

export interface SearchBoxOptions {
  /** Find rows by label, name or row number. */
  readonly search: (query: string) => SearchAnswer;
  /** The result that the reader is at, before choosing; null for none. */
  readonly onPreview: (row: number | null) => void;
  readonly onChoose: (row: number) => void;
  /** Select everything that was found. */
  readonly onSelectAll: (query: string) => void;
  readonly onClose: () => void;
}

export interface SearchBox {
  readonly element: HTMLElement;
  focus(): void;
}

let made = 0;

/** A field with its results under it (WAI-ARIA combobox): arrows preview, Enter chooses, Esc closes. */
export function searchBox(options: SearchBoxOptions, signal: AbortSignal): SearchBox {
  const id = `ls-search-${++made}`;
  const input = buildElement("input", {
    class: "ls-search-field",
    attributes: {
      type: "search",
      role: "combobox",
      placeholder: "Name, label or row number",
      "aria-label": "Find rows",
      "aria-controls": id,
      "aria-expanded": "false",
      autocomplete: "off",
      spellcheck: "false",
    },
  });
  const list = buildElement("div", {
    class: "ls-search-results",
    attributes: { role: "listbox", id, "aria-label": "Rows found" },
  });
  const words = buildElement("span");
  const all = buildElement("button", { class: "ls-action", text: "Select all", attributes: { type: "button" } });
  const foot = buildElement("p", { class: "ls-search-foot", attributes: { role: "status" }, children: [words, all] });
  foot.hidden = true;
  const element = buildElement("div", {
    class: "ls-search",
    attributes: { role: "search" },
    children: [input, list, foot],
  });
  let answer: SearchAnswer = { results: [], total: 0 };
  let at = -1;

  const point = (index: number): void => {
    at = index;
    for (const [place, option] of [...list.children].entries())
      option.setAttribute("aria-selected", String(place === index));
    const option = list.children[index];
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    options.onPreview(answer.results[index]?.row ?? null);
  };
  const choose = (index: number): void => {
    const found = answer.results[index];
    if (found) options.onChoose(found.row);
  };
  const find = (): void => {
    const query = input.value.trim();
    answer = query ? options.search(query) : { results: [], total: 0 };
    const results = answer.results.slice(0, SHOWN);
    list.replaceChildren(...results.map((found, index) => buildResult(found, `${id}-${index}`)));
    input.setAttribute("aria-expanded", String(results.length > 0));
    foot.hidden = query === "";
    all.hidden = answer.total < 2;
    const rows = `${formatCount(answer.total)} ${answer.total === 1 ? "row" : "rows"}`;
    setText(words, answer.total === 0 ? "Nothing found." : rows);
    point(-1);
  };

  input.addEventListener("input", find, { signal });
  input.addEventListener(
    "keydown",
    (event) => {
      const count = list.children.length;
      if (event.key === "ArrowDown") point(count ? (at + 1) % count : -1);
      else if (event.key === "ArrowUp") point(count ? (at + count - (at < 0 ? 0 : 1)) % count : -1);
      else if (event.key === "Enter") choose(Math.max(0, at));
      else if (event.key === "Escape") options.onClose();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  const indexOf = (event: Event): number => {
    const option = event.composedPath().find((node) => node instanceof Element && node.parentElement === list);
    return option instanceof Element ? [...list.children].indexOf(option) : -1;
  };
  list.addEventListener("pointerover", (event) => point(indexOf(event)), { signal });
  // The field keeps the focus: a press would take it before the click arrives.
  list.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
  list.addEventListener("click", (event) => choose(indexOf(event)), { signal });
  all.addEventListener("click", () => options.onSelectAll(input.value.trim()), { signal });

  return {
    element,
    focus() {
      input.focus();
      input.select();
    },
  };
}

function buildResult({ row, name, class: label }: SearchResult, id: string): HTMLElement {
  return buildElement("div", {
    class: "ls-search-result",
    attributes: { role: "option", id, "aria-selected": "false" },
    children: [
      buildElement("span", { class: "ls-search-name", text: name, attributes: { title: name } }),
      label ? classDisc(label.name, label.color) : null,
      buildElement("span", { class: "ls-search-row", text: formatCount(row) }),
    ],
  });
}
