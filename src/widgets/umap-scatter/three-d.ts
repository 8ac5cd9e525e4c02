import type { PlotlyElement, PlotlyModule, PlotlyPoints } from "plotly.js-gl3d-dist-min";
import { type SelectionMode, selectionModeOf } from "../chrome/selection-mode.ts";
import { WheelHint } from "./plot/input/wheel-hint.ts";
import { pointsTrace, type Ringed, ringedRows, ringsTrace, type Scene, spaceLayout } from "./space-figure.ts";

export interface ThreeDView {
  /** Resolves once the latest picture asked for is drawn: of several waiting only the last is. */
  draw(scene: Scene): Promise<void>;
  /** Ring these rows from now on. */
  ring(rows: Ringed): Promise<void>;
  /** Another scene from where the reader looks now, as a PNG data address. */
  picture(scene: Scene, width: number, height: number): Promise<string>;
}

export interface ThreeDEvents {
  /** -1: none. Client coordinates of the pointer. */
  onHover(row: number, clientX: number, clientY: number): void;
  onClick(row: number, mode: SelectionMode): void;
}

/** A pointer that has gone further than this between press and release has turned the map, CSS pixels. */
const STILL = 5;
const config = { displayModeBar: false, displaylogo: false };

/**
 * Points in space, drawn and turned by plotly.js with its own bar, fonts and hover put away. When the signal aborts
 * nothing of it is left: no element, no WebGL context.
 */
export function threeDView(
  frame: HTMLElement,
  plotly: PlotlyModule,
  events: ThreeDEvents,
  signal: AbortSignal,
): ThreeDView {
  const element = frame.ownerDocument.createElement("div");
  element.className = "ls-space-plot";
  frame.append(element);
  let plot: PlotlyElement | null = null;
  let scene: Scene | null = null;
  let ringed: Ringed = { hovered: -1, current: -1 };
  let drawn: { readonly scene: Scene; readonly points: object; readonly layout: object } | null = null;
  let isWanted = false;
  let drawing: Promise<void> | null = null;
  let picked = -1;
  let pointer = { x: 0, y: 0 };

  const drawWanted = async (): Promise<void> => {
    while (isWanted && scene && !signal.aborted) {
      isWanted = false;
      // The same arrays as before are not taken over again: a ring costs no walk over all rows.
      if (drawn?.scene !== scene) drawn = { scene, points: pointsTrace(scene), layout: spaceLayout(scene) };
      const rings = ringsTrace(scene, ringed);
      const result = await plotly.react(element, [drawn.points, rings], drawn.layout, config);
      plot ??= listen(result);
    }
  };
  const drawSoon = (): Promise<void> => {
    isWanted = true;
    drawing ??= drawWanted().finally(() => {
      drawing = null;
    });
    return drawing;
  };

  const listen = (result: PlotlyElement): PlotlyElement => {
    const pick = ({ points }: PlotlyPoints): void => {
      const [point] = points;
      if (!point || !scene) return;
      const rows = scene.positions.length / 3;
      picked = point.curveNumber === 1 ? (ringedRows(ringed, rows)[point.pointNumber] ?? -1) : point.pointNumber;
      events.onHover(picked, pointer.x, pointer.y);
    };
    result.on("plotly_hover", pick);
    // With a button down it tells of the point beneath by this name, again and again.
    result.on("plotly_click", pick);
    result.on("plotly_unhover", () => {
      picked = -1;
      events.onHover(-1, 0, 0);
    });
    return result;
  };

  listenClicks(frame, (mode) => picked >= 0 && events.onClick(picked, mode), signal);
  frame.addEventListener(
    "pointermove",
    ({ clientX, clientY }) => {
      pointer = { x: clientX, y: clientY };
    },
    { signal, capture: true },
  );
  leaveWheelToPage(frame, signal);
  const observer = new ResizeObserver(() => {
    if (plot && element.clientWidth > 0 && element.clientHeight > 0) void plotly.Plots.resize(element);
  });
  observer.observe(frame);
  signal.addEventListener(
    "abort",
    () => {
      observer.disconnect();
      const canvases = [...element.querySelectorAll("canvas")];
      plotly.purge(element);
      for (const canvas of canvases) loseContext(canvas);
      element.remove();
    },
    { once: true },
  );

  return {
    draw(next) {
      scene = next;
      return drawSoon();
    },
    ring(rows) {
      if (rows.hovered === ringed.hovered && rows.current === ringed.current) return Promise.resolve();
      ringed = rows;
      return drawSoon();
    },
    picture(other, width, height) {
      const layout = spaceLayout(other, plot?.layout.scene?.camera);
      const data = [pointsTrace(other), ringsTrace(other, { hovered: -1, current: ringed.current })];
      return plotly.toImage({ data, layout, config }, { format: "png", width, height, scale: 1 });
    },
  };
}

/** Presses that did not turn the map, told once what lies beneath the pointer is known: a finger has not hovered. */
function listenClicks(frame: HTMLElement, onClick: (mode: SelectionMode) => void, signal: AbortSignal): void {
  let press = { x: 0, y: 0 };
  frame.addEventListener(
    "pointerdown",
    ({ clientX, clientY }) => {
      press = { x: clientX, y: clientY };
    },
    { signal, capture: true },
  );
  frame.addEventListener(
    "click",
    (event) => {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) > STILL) return;
      requestAnimationFrame(() => requestAnimationFrame(() => signal.aborted || onClick(selectionModeOf(event))));
    },
    { signal, capture: true },
  );
}

/** As on the plane: only with Ctrl or ⌘, and in full screen, the wheel zooms; otherwise it scrolls the page. */
function leaveWheelToPage(frame: HTMLElement, signal: AbortSignal): void {
  const hint = new WheelHint(frame, signal);
  frame.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey || event.metaKey || frame.closest(".ls-full")) return;
      event.stopPropagation();
      hint.show();
    },
    { signal, capture: true, passive: true },
  );
  frame.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      // VS Code scrolls its notebook unless the event stays here.
      event.stopPropagation();
    },
    { signal, passive: false },
  );
}

/** Browsers keep 8 to 16 contexts a page, and free one that nobody holds only when they tidy up. */
function loseContext(canvas: HTMLCanvasElement): void {
  const gl = canvas.getContext("webgl") ?? canvas.getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
}
