import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { buildElement, setAttribute, setText } from "../../chrome/build-element.ts";
import { fillLayerName } from "../../chrome/layer-name.ts";
import { lineWindow } from "../../chrome/line-window.ts";
import { isPlain, listenKeys } from "../../chrome/listen-keys.ts";
import { formatCount, formatCounted } from "../../theme/numbers.ts";
import { columnsOf, type LayerColumnName, layerColumns } from "../data/layer-columns.ts";
import { findLayers, type LayerOrder, nextOrder, orderLayers } from "../data/order-layers.ts";
import { layerHead } from "./layer-head.ts";

export interface LayerTableEvents {
  /** The line that the reader is at: its layer, null where there is none. */
  onLayer(layer: ModelLayer | null): void;
  onCopy(layer: ModelLayer): void;
  onOrder(order: LayerOrder | null): void;
  onHelp(): void;
}

export interface LayerTable {
  readonly element: HTMLElement;
  /** Layers on show, in the order of their lines. */
  readonly listed: readonly ModelLayer[];
  readonly order: LayerOrder | null;
  show(layers: readonly ModelLayer[]): void;
  sortBy(order: LayerOrder | null): void;
  find(): void;
  focus(): void;
}

let made = 0;

/** The layers of a model as a grid that is sorted, searched and walked by keys. */
export function layerTable(events: LayerTableEvents, signal: AbortSignal): LayerTable {
  const id = `ls-layers-${++made}`;
  const field = buildElement("input", {
    class: "ls-search-field ls-layer-find",
    attributes: {
      type: "search",
      placeholder: "Find a layer",
      "aria-label": "Find a layer by name, type or module",
      autocomplete: "off",
      spellcheck: "false",
    },
  });
  const head = layerHead((column) => sortBy(nextOrder(order, column)), signal);
  const visible = buildElement("div", { class: "ls-layer-window", attributes: { role: "presentation" } });
  const space = buildElement("div", {
    class: "ls-list-space",
    attributes: { role: "rowgroup" },
    children: [visible],
  });
  const none = buildElement("p", { class: "ls-list-none", text: "No such layer." });
  const scroller = buildElement("div", {
    class: "ls-list-scroller ls-layer-scroller",
    attributes: { tabindex: "0", role: "grid", "aria-label": "Layers" },
    children: [head.element, space, none],
  });
  const counted = buildElement("span", { class: "ls-layer-count" });
  const search = buildElement("div", { class: "ls-layer-search", children: [field, counted] });
  const element = buildElement("div", { class: "ls-layers", children: [search, scroller] });

  let layers: readonly ModelLayer[] = [];
  let order: LayerOrder | null = null;
  /** Places of the layers on show, in the order of their lines. */
  let places: readonly number[] = [];
  /** The line that the reader is at; -1 before there was any. */
  let at = -1;

  const lines = lineWindow({ scroller, space, visible, build: buildLine, fill, onFollowed: tellActive }, signal);

  function fill(line: HTMLElement, place: number): void {
    const layer = layers[places[place] ?? -1];
    if (!layer) return;
    line.id = `${id}-${places[place]}`;
    line.dataset.lsLine = String(place);
    line.setAttribute("aria-rowindex", String(place + 2));
    line.setAttribute("aria-selected", String(place === at));
    for (const [column, { name, text, isNumber }] of layerColumns.entries()) {
      const cell = line.children[column];
      if (!(cell instanceof HTMLElement)) continue;
      const value = text(layer);
      if (name === "layer") fillLayerName(cell, value);
      else setText(cell, value);
      // A number is never cut.
      if (!isNumber && cell.title !== value) cell.title = value;
    }
  }
  function tellActive(): void {
    const isBuilt = at >= 0 && lines.isBuilt(at);
    setAttribute(scroller, "aria-activedescendant", isBuilt ? `${id}-${places[at]}` : null);
  }
  const layerAt = (place: number): ModelLayer | null => layers[places[place] ?? -1] ?? null;
  const goTo = (place: number): void => {
    at = places.length === 0 ? -1 : Math.max(0, Math.min(places.length - 1, place));
    // What is told of it takes room below the lines: it is known first.
    events.onLayer(layerAt(at));
    if (at >= 0) lines.reveal(at);
    else lines.follow();
  };
  const list = (): void => {
    const stayed = places[at];
    places = findLayers(layers, orderLayers(layers, order), field.value);
    // The reader stays with the layer where the order is another one.
    at = stayed === undefined ? -1 : places.indexOf(stayed);
    none.hidden = places.length > 0 || layers.length === 0;
    scroller.setAttribute("aria-rowcount", String(places.length + 1));
    const all = formatCounted(layers.length, "layer");
    setText(counted, places.length < layers.length ? `${formatCount(places.length)} of ${all}` : all);
    lines.show(places.length);
    events.onLayer(layerAt(at));
  };
  const sortBy = (next: LayerOrder | null): void => {
    order = next;
    head.show(order);
    list();
    events.onOrder(order);
  };
  const use = (event: KeyboardEvent): boolean => {
    // The buttons of the head have keys of their own.
    if (event.composedPath()[0] !== scroller) return false;
    const layer = layerAt(at);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c") {
      // What a reader has marked is theirs to copy.
      if (!layer || !getSelection()?.isCollapsed) return false;
      events.onCopy(layer);
      return true;
    }
    if (!isPlain(event)) return false;
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + lines.page,
      PageUp: at - lines.page,
      Home: 0,
      End: places.length - 1,
    }[event.key];
    if (to !== undefined) goTo(to);
    else if (event.key === "/") field.focus();
    else if (event.key === "?") events.onHelp();
    else return false;
    return true;
  };

  listenKeys(scroller, use, signal);
  field.addEventListener("input", list, { signal });
  field.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "ArrowDown" || event.key === "Enter") {
        scroller.focus();
        goTo(0);
      } else if (event.key === "Escape" && field.value !== "") {
        field.value = "";
        list();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  visible.addEventListener(
    "click",
    ({ target }) => {
      const line = target instanceof Element ? target.closest<HTMLElement>(".ls-layer-line") : null;
      if (!line) return;
      scroller.focus({ preventScroll: true });
      goTo(Number(line.dataset.lsLine));
    },
    { signal },
  );

  return {
    element,
    get listed() {
      return places.flatMap((place) => layers[place] ?? []);
    },
    get order() {
      return order;
    },
    show(next) {
      layers = next;
      places = [];
      at = -1;
      const shown = new Set<LayerColumnName>(columnsOf(layers).map(({ name }) => name));
      element.classList.toggle("ls-layers-with-modules", shown.has("module"));
      scroller.setAttribute("aria-colcount", String(shown.size));
      list();
    },
    sortBy,
    find() {
      field.focus();
      field.select();
    },
    focus: () => scroller.focus({ preventScroll: true }),
  };
}

function buildLine(): HTMLElement {
  return buildElement("div", {
    class: "ls-list-line ls-layer-line",
    attributes: { role: "row" },
    children: layerColumns.map(({ name, isNumber }) =>
      buildElement("span", {
        class: `ls-layer-cell ls-layer-${name.toLowerCase()}${isNumber ? " ls-layer-number" : ""}`,
        attributes: { role: "gridcell" },
      }),
    ),
  });
}
