import pin from "lucide:pin";
import { buildElement, setAttribute, setText } from "../../chrome/build-element.ts";
import { buildIcon } from "../../chrome/icon.ts";
import { lineWindow } from "../../chrome/line-window.ts";
import { isPlain, listenKeys } from "../../chrome/listen-keys.ts";
import { markSorted } from "../../chrome/mark-sorted.ts";
import { formatCount } from "../../theme/numbers.ts";
import { bestFirst, firstOrder, type UnitColumn, type UnitOrder } from "../data/order-units.ts";

/** A unit as its line tells of it. */
export interface UnitLine {
  readonly name: string;
  readonly effect: string;
  readonly q: string;
  /** All of it, for the native tooltip. */
  readonly told: string;
}

/** What the table lists. */
export interface UnitList {
  /** In the order of their lines. */
  readonly units: Int32Array;
  /** How many there are, listed or not. */
  readonly total: number;
  readonly order: UnitOrder;
  readonly current: number;
  readonly pinned: ReadonlySet<number>;
  /** Units have names, which are longer than numbers. */
  readonly isNamed: boolean;
  line(unit: number): UnitLine;
}

export interface UnitTableEvents {
  /** A unit was clicked, or walked to and taken with Enter. */
  onUnit(unit: number): void;
  onPin(unit: number): void;
  onOrder(order: UnitOrder): void;
  onQuery(query: string): void;
  /** A key that belongs to the whole widget. */
  onHelp(): void;
}

export interface UnitTableView {
  readonly element: HTMLElement;
  show(list: UnitList): void;
  /** Where the groups are those of a selection: what they are, and a choice between them and the classes. */
  showGroups(choice: HTMLElement | null): void;
  find(): void;
}

const heads: readonly { readonly column: UnitColumn; readonly name: string; readonly told: string }[] = [
  { column: "unit", name: "unit", told: "Sort by number" },
  { column: "effect", name: "η²", told: "Sort by effect: the share of the variance that the groups explain" },
  { column: "q", name: "q", told: "Sort by q: p corrected for the number of units (Benjamini-Hochberg)" },
];

let made = 0;

/** Units one below the other, of which only those in view are built: two thousand cost as much as forty. */
export function unitTable(events: UnitTableEvents, signal: AbortSignal): UnitTableView {
  const id = `ls-units-${++made}`;
  const field = buildElement("input", {
    class: "ls-search-field ls-unit-find",
    attributes: {
      type: "search",
      placeholder: "Find a unit",
      "aria-label": "Find a unit by number or name",
      autocomplete: "off",
      spellcheck: "false",
    },
  });
  const groups = buildElement("div", { class: "ls-unit-groups" });
  groups.hidden = true;
  const headers = heads.map(({ column, name, told }) => {
    const button = buildElement("button", {
      class: "ls-list-sort ls-unit-sort",
      text: name,
      attributes: { type: "button", title: told },
    });
    const cell = buildElement("span", {
      class: `ls-unit-${column}`,
      attributes: { role: "columnheader" },
      children: [button],
    });
    return { column, cell, button };
  });
  const visible = buildElement("div", { class: "ls-unit-window", attributes: { role: "presentation" } });
  const space = buildElement("div", {
    class: "ls-list-space",
    attributes: { role: "rowgroup" },
    children: [visible],
  });
  const none = buildElement("p", { class: "ls-list-none", text: "No such unit." });
  const head = buildElement("div", {
    class: "ls-list-head ls-unit-head",
    attributes: { role: "row", "aria-rowindex": "1" },
    children: headers.map(({ cell }) => cell),
  });
  const scroller = buildElement("div", {
    class: "ls-list-scroller ls-unit-scroller",
    attributes: { tabindex: "0", role: "grid", "aria-label": "Units", "aria-colcount": "3" },
    children: [head, space, none],
  });
  const element = buildElement("div", { class: "ls-units", children: [field, groups, scroller] });

  let list: UnitList | null = null;
  /** The line that the keyboard is at. */
  let at = 0;

  const lines = lineWindow(
    {
      scroller,
      space,
      visible,
      build: buildLine,
      fill: (line, place) => list && fillLine(line, place, list, `${id}-${list.units[place]}`, place === at),
      onFollowed() {
        const active = lines.isBuilt(at) ? list?.units[at] : undefined;
        setAttribute(scroller, "aria-activedescendant", active === undefined ? null : `${id}-${active}`);
      },
    },
    signal,
  );
  const walk = (to: number): void => {
    if (!list || list.units.length === 0) return;
    at = Math.max(0, Math.min(list.units.length - 1, to));
    lines.reveal(at);
  };
  const take = (): boolean => {
    const unit = list?.units[at];
    if (unit !== undefined) events.onUnit(unit);
    return unit !== undefined;
  };
  const use = (event: KeyboardEvent): boolean => {
    // The buttons of the head have keys of their own.
    if (!isPlain(event) || event.composedPath()[0] !== scroller) return false;
    const last = (list?.units.length ?? 1) - 1;
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + lines.page,
      PageUp: at - lines.page,
      Home: 0,
      End: last,
    }[event.key];
    if (to !== undefined) walk(to);
    else if (event.key === "Enter") return take();
    else if (event.key === " ") pinAt();
    else if (event.key === "/") field.focus();
    else if (event.key === "?") events.onHelp();
    else return false;
    return true;
  };
  const pinAt = (): void => {
    const unit = list?.units[at];
    if (unit !== undefined) events.onPin(unit);
  };

  listenKeys(scroller, use, signal);
  field.addEventListener("input", () => events.onQuery(field.value), { signal });
  field.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "ArrowDown" || event.key === "Enter") {
        walk(0);
        scroller.focus();
        if (event.key === "Enter") take();
      } else if (event.key === "Escape" && field.value !== "") {
        field.value = "";
        events.onQuery("");
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  for (const { column, button } of headers)
    button.addEventListener(
      "click",
      () => {
        const order = list?.order ?? bestFirst;
        events.onOrder(order.column === column ? { column, isDescending: !order.isDescending } : firstOrder(column));
      },
      { signal },
    );
  visible.addEventListener(
    "click",
    ({ target }) => {
      const line = target instanceof Element ? target.closest<HTMLElement>(".ls-unit-line") : null;
      if (!line) return;
      at = Number(line.dataset.lsPlace);
      if (target instanceof Element && target.closest(".ls-unit-pin")) pinAt();
      else take();
      scroller.focus({ preventScroll: true });
      lines.follow();
    },
    { signal },
  );

  return {
    element,
    show(next) {
      const unit = list?.units[at];
      const isOther = list?.units !== next.units;
      list = next;
      // The keyboard stays with its unit where the order is another one.
      if (isOther) at = Math.max(0, unit === undefined ? 0 : next.units.indexOf(unit));
      element.classList.toggle("ls-units-named", next.isNamed);
      none.hidden = next.units.length > 0 || next.total === 0;
      scroller.setAttribute("aria-rowcount", String(next.units.length + 1));
      for (const { column, cell, button } of headers)
        markSorted(cell, button, next.order.column === column ? next.order.isDescending : null);
      setAttribute(field, "title", `${formatCount(next.units.length)} of ${formatCount(next.total)} units`);
      lines.show(next.units.length);
    },
    showGroups(choice) {
      groups.hidden = choice === null;
      if (choice && groups.firstChild !== choice) groups.replaceChildren(choice);
    },
    find() {
      field.focus();
      field.select();
    },
  };
}

function buildLine(): HTMLElement {
  const cell = (name: UnitColumn) =>
    buildElement("span", { class: `ls-unit-${name}`, attributes: { role: "gridcell" } });
  return buildElement("div", {
    class: "ls-list-line ls-unit-line",
    attributes: { role: "row" },
    children: [
      ...heads.map(({ column }) => cell(column)),
      buildElement("button", {
        class: "ls-unit-pin",
        attributes: { type: "button", tabindex: "-1" },
        children: [buildIcon(pin)],
      }),
    ],
  });
}

function fillLine(element: HTMLElement, place: number, list: UnitList, id: string, isActive: boolean): void {
  const unit = list.units[place] ?? -1;
  const { name, effect, q, told } = list.line(unit);
  element.id = id;
  element.dataset.lsPlace = String(place);
  element.dataset.lsUnit = String(unit);
  element.title = told;
  element.setAttribute("aria-rowindex", String(place + 2));
  element.setAttribute("aria-selected", String(unit === list.current));
  element.classList.toggle("ls-active", isActive);
  for (const [column, text] of [name, effect, q].entries()) {
    const cell = element.children[column];
    if (cell) setText(cell, text);
  }
  const isPinned = list.pinned.has(unit);
  const button = element.querySelector(".ls-unit-pin");
  button?.setAttribute("aria-pressed", String(isPinned));
  if (button instanceof HTMLElement) {
    button.title = isPinned ? "Keep its panel no longer" : "Keep its panel";
    button.setAttribute("aria-label", `${button.title}: ${name}`);
  }
}
