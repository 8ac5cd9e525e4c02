import { buildElement, setDataText } from "../../chrome/build-element.ts";
import { isPlain, listenKeys } from "../../chrome/listen-keys.ts";
import {
  cornerOf,
  type GridLayout,
  type GridPlace,
  type GridPoint,
  HEAD,
  layerAt,
  layOutGrid,
  pointAt,
} from "../plot/grid-layout.ts";
import { nextPlace } from "../plot/next-place.ts";
import { stripStage } from "../plot/strip-stage.ts";
import { type GridLook, type GridMaps, gridScene } from "./grid-look.ts";

/** A channel that is pointed at; by keys no place on it is. */
export type PointedAt = GridPoint | (GridPlace & { readonly input: 0; readonly x: null; readonly y: null });

export interface GridContent {
  readonly maps: GridMaps;
  readonly look: GridLook;
  /** Pictures in a row; null: as many as suit the width. */
  readonly columns: number | null;
  /** What stands over each layer: its name, and what is said beside it. */
  readonly heads: readonly { readonly name: string; readonly words: string }[];
}

export interface GridPaneOptions {
  onPoint(point: PointedAt | null): void;
  onOpen(point: PointedAt): void;
  /** Another layer is looked at. */
  onLayer(layer: number): void;
  onHelp(): void;
}

export interface GridPane {
  readonly element: HTMLElement;
  /** Where everything stands; null before there is anything. */
  readonly layout: GridLayout | null;
  /** Everything in view is drawn. */
  readonly isDrawn: boolean;
  show(content: GridContent | null): void;
  /** Scroll to a layer. */
  goTo(layer: number): void;
  /** Point at a channel, and have it in view. */
  pointAt(place: GridPlace): void;
  /** Where a channel's first picture is in CSS px of `frame`, and how large. */
  boxOf(place: GridPlace, frame: HTMLElement): { readonly x: number; readonly y: number; readonly side: number };
  focus(): void;
  setLabel(label: string): void;
}

/** All layers below each other, scrolled; the wheel scrolls them once the focus is inside. */
export function gridPane(options: GridPaneOptions, signal: AbortSignal): GridPane {
  const ring = buildElement("div", { class: "ls-map-ring", attributes: { "aria-hidden": "true" } });
  const content = buildElement("div", { class: "ls-map-content", children: [ring] });
  const element = buildElement("div", {
    class: "ls-map-scroller",
    attributes: { tabindex: "0", role: "application" },
    children: [content],
  });
  ring.hidden = true;
  const stage = stripStage(element, content, signal);
  const heads: HTMLElement[] = [];
  let shown: GridContent | null = null;
  let layout: GridLayout | null = null;
  let pointed: PointedAt | null = null;
  let width = 0;
  let layer = -1;
  /** The layer that a reader went to, for as long as nothing is scrolled: not every layer can stand at the top. */
  let walked: { readonly layer: number; readonly scrollTop: number } | null = null;

  const place = (): void => {
    layout = shown && width > 0 ? layOutOf(shown, width) : null;
    stage.show(shown && layout ? gridScene(layout, shown.maps, shown.look) : null);
    placeHeads();
    const kept = pointed && layout && pointed.place < (layout.sections[pointed.layer]?.count ?? 0) ? pointed : null;
    point(kept && { ...kept, input: 0, x: null, y: null });
    follow();
  };
  const placeHeads = (): void => {
    const sections = layout?.sections ?? [];
    while (heads.length > sections.length) heads.pop()?.remove();
    for (const [at, { top, height }] of sections.entries()) {
      const head = heads[at] ?? content.appendChild(buildHead());
      heads[at] = head;
      head.style.top = `${top}px`;
      head.style.height = `${height}px`;
      const [name, words] = head.querySelectorAll("span");
      const { heads: texts } = shown ?? { heads: [] };
      if (name) setDataText(name, texts[at]?.name ?? "");
      if (words) setDataText(words, texts[at]?.words ?? "");
    }
  };
  const follow = (): void => {
    const { scrollTop } = element;
    if (walked?.scrollTop !== scrollTop || !layout?.sections[walked.layer]) walked = null;
    const next = walked?.layer ?? (layout ? layerAt(layout, scrollTop + HEAD) : -1);
    if (next === layer) return;
    layer = next;
    options.onLayer(layer);
  };
  const point = (next: PointedAt | null): void => {
    pointed = next;
    ring.hidden = next === null || layout === null;
    if (next && layout) {
      const { x, y } = cornerOf(layout, next);
      ring.style.transform = `translate(${x}px, ${y}px)`;
      ring.style.width = `${layout.cell * layout.inputs}px`;
      ring.style.height = `${layout.cell}px`;
    }
    options.onPoint(next);
  };
  const reveal = (to: GridPlace): void => {
    if (!layout) return;
    const { y } = cornerOf(layout, to);
    const [top, bottom] = [y - HEAD, y + layout.pitch.y];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
  };
  const lookAt = (to: number): void => {
    walked = { layer: to, scrollTop: element.scrollTop };
    follow();
  };
  const open = (at: PointedAt): void => {
    lookAt(at.layer);
    options.onOpen(at);
  };
  const goToPlace = (to: GridPlace): void => {
    reveal(to);
    lookAt(to.layer);
    point({ ...to, input: 0, x: null, y: null });
  };
  const under = (event: PointerEvent | MouseEvent): GridPoint | null => {
    const { target } = event;
    if (!layout || (target instanceof Element && target.closest(".ls-map-head"))) return null;
    const corner = content.getBoundingClientRect();
    return pointAt(layout, event.clientX - corner.left, event.clientY - corner.top);
  };

  element.addEventListener("scroll", follow, { signal, passive: true });
  content.addEventListener("pointermove", (event) => point(under(event)), { signal });
  element.addEventListener("pointerleave", () => point(null), { signal });
  content.addEventListener(
    "click",
    (event) => {
      const found = under(event);
      if (found) open(found);
    },
    { signal },
  );
  listenKeys(
    element,
    (event) => {
      if (!layout || !isPlain(event)) return false;
      const { key } = event;
      if (key === "?") options.onHelp();
      else if ((key === "Enter" || key === " ") && pointed) open(pointed);
      else {
        const to = pointed ? nextPlace(layout, pointed, key) : isWalk(key) ? firstPlace(layout) : null;
        if (!to) return false;
        goToPlace(to);
      }
      return true;
    },
    signal,
  );
  const observer = new ResizeObserver(() => {
    // While the page hides it, as a notebook does that changes its theme, it has no width of its own.
    if (content.clientWidth === 0 || content.clientWidth === width) return;
    width = content.clientWidth;
    const looked = layer;
    place();
    if (layout && looked > 0) goTo(looked);
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });

  function goTo(to: number): void {
    element.scrollTop = layout?.sections[to]?.top ?? 0;
    lookAt(to);
    // Keys go on from where a reader went to, not from the channel that was left behind.
    if (pointed && pointed.layer !== to) point(null);
  }

  function firstPlace(of: GridLayout): GridPlace | null {
    return walked ? { layer: walked.layer, place: 0 } : firstInView(of, element);
  }

  return {
    element,
    get layout() {
      return layout;
    },
    get isDrawn() {
      return stage.isDrawn;
    },
    show(next) {
      shown = next;
      layer = -1;
      place();
    },
    goTo,
    pointAt: goToPlace,
    boxOf(at, frame) {
      const corner = content.getBoundingClientRect();
      const origin = frame.getBoundingClientRect();
      const { x, y } = layout ? cornerOf(layout, at) : { x: 0, y: 0 };
      return { x: corner.left - origin.left + x, y: corner.top - origin.top + y, side: layout?.cell ?? 0 };
    },
    focus: () => element.focus({ preventScroll: true }),
    setLabel: (label) => element.setAttribute("aria-label", label),
  };
}

function layOutOf({ maps, columns }: GridContent, width: number): GridLayout {
  const counts = maps.orders.map(({ length }) => length);
  return layOutGrid({ width, columns, isPaired: maps.layers.length > 1, counts });
}

function buildHead(): HTMLElement {
  const head = buildElement("div", {
    class: "ls-map-head",
    children: [
      buildElement("span", { class: "ls-map-head-name" }),
      buildElement("span", { class: "ls-map-head-words" }),
    ],
  });
  return buildElement("div", { class: "ls-map-section", children: [head] });
}

function isWalk(key: string): boolean {
  return key.startsWith("Arrow") || ["Home", "End", "PageUp", "PageDown"].includes(key);
}

/** The first channel of the first row that is wholly in view. */
function firstInView(layout: GridLayout, { scrollTop }: HTMLElement): GridPlace | null {
  const layer = layerAt(layout, scrollTop);
  const section = layout.sections[layer];
  if (!section) return null;
  const row = Math.ceil(Math.max(0, scrollTop - section.top) / layout.pitch.y);
  return { layer, place: Math.min(section.count - 1, row * layout.across) };
}
