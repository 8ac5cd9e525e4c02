import { buildElement } from "../../chrome/build-element.ts";
import type { MapPlace } from "../data/shown-saliency.ts";
import { layOutPanels } from "../plot/panel-layout.ts";
import type { PanelScene, ScenePanel } from "../plot/panel-scene.ts";
import { type EdgePanel, edgePanel } from "./edge-panel.ts";
import { type MapPanel, mapPanel, type PanelPoint } from "./map-panel.ts";

/** What a panel is called, above it and to those who don't see it. */
export interface PanelWords {
  readonly name: string;
  readonly label: string;
}

/** A place of a panel that is pointed at. */
export interface PointedPanel extends PanelPoint {
  readonly picture: number;
  /** null: the picture itself. */
  readonly column: number | null;
}

export interface PanelGridOptions {
  /** What the panels stand in: they are fitted anew when its size changes. */
  readonly frame: HTMLElement;
  /** What a panel is called; panels of one picture may stand in several lines. */
  words(panel: ScenePanel, isWrapped: boolean): PanelWords;
  /** How high a panel may be, CSS px. */
  mostHeight(): number;
  onPoint(point: PointedPanel | null): void;
  onPick(point: PointedPanel): void;
}

export interface PanelGrid {
  readonly element: HTMLElement;
  show(scene: PanelScene): void;
  /** Which map is spoken of; null: there is but one. */
  setCurrent(place: MapPlace | null): void;
  setLabel(label: string): void;
  /** The same place of every panel; null: none. */
  setCross(point: PanelPoint | null): void;
  /** Where a place of a panel is, CSS px of `frame`. */
  positionOf(point: PointedPanel, frame: HTMLElement): { readonly x: number; readonly y: number };
}

type BuiltPanel = MapPanel & Partial<Pick<EdgePanel, "drawPicture">>;

/** The panels of all pictures, a line a picture where there is room. */
export function panelGrid(options: PanelGridOptions, signal: AbortSignal): PanelGrid {
  const element = buildElement("div", {
    class: "ls-panels",
    attributes: { tabindex: "0", role: "application" },
  });
  let scene: PanelScene = [];
  let built: readonly (readonly BuiltPanel[])[] = [];
  let life = new AbortController();
  let kinds = "";
  let [width, height] = [0, 0];

  const build = (): void => {
    const wanted = scene.map((line) => line.map(({ kind }) => kind).join()).join(";");
    if (wanted === kinds) return;
    kinds = wanted;
    life.abort();
    life = new AbortController();
    const its = AbortSignal.any([life.signal, signal]);
    built = scene.map((line) => line.map(({ kind }) => (kind === "edge" ? edgePanel(its) : mapPanel())));
    element.replaceChildren(
      ...built.map((line) =>
        buildElement("div", { class: "ls-panel-line", children: line.map((panel) => panel.element) }),
      ),
    );
  };
  const place = (): void => {
    if (width === 0) return;
    const sizes = scene.map(([panel]) => panel?.pixels ?? { width: 1, height: 1 });
    const count = scene[0]?.length ?? 0;
    const layout = layOutPanels({ width, height: options.mostHeight(), sizes, count });
    element.classList.toggle("ls-wrapped", layout.isWrapped);
    for (const [row, line] of scene.entries())
      for (const [at, panel] of line.entries()) {
        const size = layout.panels[row];
        const its = built[row]?.[at];
        const { name, label } = options.words(panel, layout.isWrapped);
        if (size) its?.setSize(size);
        its?.setName(name, label);
      }
    // Maps of one method stand below each other, however wide their pictures are.
    const widest = Math.max(0, ...layout.panels.map((size) => size.width));
    element.style.setProperty("--ls-across", String(layout.across));
    element.style.setProperty("--ls-panel", `${widest}px`);
  };
  const draw = (): void => {
    for (const [row, line] of scene.entries())
      for (const [at, panel] of line.entries()) {
        const its = built[row]?.[at];
        its?.draw(panel.pixels);
        its?.drawContours(panel.contours, panel.contourSize);
        if (panel.beside) its?.drawPicture?.(panel.beside);
      }
  };
  const find = (target: EventTarget | null): { panel: ScenePanel; stage: HTMLElement } | null => {
    const stage = target instanceof Element ? target.closest(".ls-panel-stage") : null;
    for (const [row, line] of built.entries())
      for (const [at, its] of line.entries()) {
        const panel = scene[row]?.[at];
        if (its.stage === stage && panel) return { panel, stage: its.stage };
      }
    return null;
  };
  const under = (event: PointerEvent | MouseEvent): PointedPanel | null => {
    const found = find(event.target);
    if (!found) return null;
    const box = found.stage.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    if (x < 0 || y < 0 || x >= 1 || y >= 1) return null;
    return { picture: found.panel.picture, column: found.panel.column, x, y };
  };

  element.addEventListener("pointermove", (event) => options.onPoint(under(event)), { signal });
  element.addEventListener("pointerleave", () => options.onPoint(null), { signal });
  element.addEventListener(
    "click",
    (event) => {
      const point = under(event);
      if (point) options.onPick(point);
    },
    { signal },
  );
  const observer = new ResizeObserver(() => {
    const most = options.mostHeight();
    // While the page hides it, as a notebook does that changes its theme, it has no width of its own.
    if (element.clientWidth === 0 || (element.clientWidth === width && most === height)) return;
    width = element.clientWidth;
    height = most;
    place();
  });
  observer.observe(element);
  observer.observe(options.frame);
  signal.addEventListener(
    "abort",
    () => {
      observer.disconnect();
      life.abort();
    },
    { once: true },
  );

  return {
    element,
    show(next) {
      scene = next;
      build();
      place();
      draw();
    },
    setCurrent(place) {
      for (const [row, line] of scene.entries())
        for (const [at, { column }] of line.entries()) {
          const isCurrent = place?.picture === row && place.column === column;
          built[row]?.[at]?.element.classList.toggle("ls-current", isCurrent);
        }
    },
    setLabel: (label) => element.setAttribute("aria-label", label),
    setCross(point) {
      for (const line of built) for (const panel of line) panel.setCross(point);
    },
    positionOf({ picture, column, x, y }, frame) {
      const at = scene[picture]?.findIndex((panel) => panel.column === column) ?? -1;
      const box = built[picture]?.[at]?.stage.getBoundingClientRect();
      const origin = frame.getBoundingClientRect();
      if (!box) return { x: 0, y: 0 };
      return { x: box.left - origin.left + x * box.width, y: box.top - origin.top + y * box.height };
    },
  };
}
