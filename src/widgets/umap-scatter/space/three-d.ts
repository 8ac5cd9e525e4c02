import type { PlotlyElement, PlotlyModule, PlotlyPoints } from "plotly.js-gl3d-dist-min";
import { type SelectionMode, selectionModeOf } from "../../chrome/selection-mode.ts";
import { WheelHint } from "../../plane/input/wheel-hint.ts";
import { projectionOf } from "./projection.ts";
import { nearer, type SpaceCamera, startCamera } from "./space-camera.ts";
import { pointsTrace, type Scene, spaceLayout } from "./space-figure.ts";
import { type Ringed, SpaceRings } from "./space-rings.ts";
import { rowBeside } from "./walk-rows.ts";

export interface ThreeDView {
  /** Of several pictures asked for while one is drawn, or while the reader turns it, only the last is drawn. */
  draw(scene: Scene): Promise<void>;
  /** Ring these rows from now on. */
  ring(rows: Ringed): void;
  /** Where a row's mark is, CSS pixels of the frame; null where it is not to be seen. */
  placeOf(row: number): readonly [x: number, y: number] | null;
  /** The mark beside that of `row` as it is seen now; with row -1 the one nearest to the middle. -1: none. */
  beside(row: number, direction: readonly [x: number, y: number]): number;
  /** Look from elsewhere. */
  look(change: (camera: SpaceCamera) => SpaceCamera): void;
  /** Another scene from where the reader looks now, `density` pixels for each of CSS, as a PNG data address. */
  picture(scene: Scene, size: { width: number; height: number; density: number }): Promise<string>;
}

export interface ThreeDEvents {
  /** -1: none. Client coordinates of the pointer. */
  onHover(row: number, clientX: number, clientY: number): void;
  onClick(row: number, mode: SelectionMode): void;
}

/** In a figure the axes' names take more of the width than on a screen: it is seen from so much further. */
const FURTHER = 1.2;
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
  const rings = new SpaceRings(frame, () => plot, signal);
  let scene: Scene | null = null;
  let isWanted = false;
  let drawing: Promise<void> | null = null;
  /** One for all drawings: where a drag ended is noted in the first that plotly.js was given. */
  const layout: PlotlyElement["layout"] = {};
  let isTurning = false;
  let picked = -1;
  let pointer = { x: 0, y: 0 };

  const drawWanted = async (): Promise<void> => {
    // plotly.js goes back to where the last drag ended whenever it draws: not before this one ends.
    while (isWanted && scene && !isTurning && !signal.aborted) {
      isWanted = false;
      const { positions } = scene.map;
      Object.assign(layout, spaceLayout(scene, layout.scene?.camera));
      const result = await plotly.react(element, [pointsTrace(scene)], layout, config);
      plot ??= listen(result);
      rings.move(positions);
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
      picked = points[0]?.pointNumber ?? -1;
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

  const placeOf = (row: number): readonly [x: number, y: number] | null => {
    const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = scene?.map.positions.subarray(3 * row, 3 * row + 3) ?? [];
    const place = row >= 0 && plot ? projectionOf(plot)?.(x, y, z) : null;
    return place?.every(Number.isFinite) ? place : null;
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
  listenTurns(
    frame,
    (turning) => {
      isTurning = turning;
      if (isWanted && !turning) void drawSoon();
    },
    signal,
  );
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
      if (scene && isSameScene(scene, next)) return drawing ?? Promise.resolve();
      scene = next;
      return drawSoon();
    },
    ring: (rows) => rings.show(rows),
    placeOf,
    beside(row, direction) {
      const projection = plot && projectionOf(plot);
      if (!projection || !scene) return -1;
      // From a row without a height nothing is beside it: as if there were none.
      const from = placeOf(row) ? row : ([frame.clientWidth / 2, frame.clientHeight / 2] as const);
      return rowBeside(scene.map.positions, projection, from, direction);
    },
    look(change) {
      const camera = change((layout.scene?.camera as SpaceCamera | undefined) ?? startCamera);
      void plotly.relayout(element, { "scene.camera": camera });
    },
    picture(other, { width, height, density }) {
      const camera = nearer((layout.scene?.camera as SpaceCamera | undefined) ?? startCamera, 1 / FURTHER);
      const turned = spaceLayout(other, camera);
      // Marks are as large beside the map as they are on the screen.
      const trace = pointsTrace(other, width / (frame.clientWidth || width));
      return plotly.toImage(
        { data: [trace], layout: turned, config: { ...config, plotGlPixelRatio: density } },
        { format: "png", width: Math.round(width), height: Math.round(height), scale: density },
      );
    },
  };
}

/** After each drawing plotly.js can't be turned for half a second: nothing is drawn twice. */
function isSameScene(a: Scene, b: Scene): boolean {
  const isSameData = a.map === b.map && a.colors === b.colors && a.mask === b.mask;
  const inks = ["text", "textSecond", "rule", "notSelected"] as const;
  return isSameData && inks.every((name) => a.tokens[name] === b.tokens[name]);
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

/** Told when a drag begins and, once plotly.js has noted where it ended, when it is over. */
function listenTurns(frame: HTMLElement, onTurn: (turning: boolean) => void, signal: AbortSignal): void {
  frame.addEventListener(
    "pointerdown",
    ({ target, pointerId }) => {
      // plotly.js hears of the end only on its own canvas: wherever the pointer is let go.
      if (target instanceof Element) target.setPointerCapture(pointerId);
      onTurn(true);
    },
    { signal, capture: true },
  );
  const end = (): void => {
    requestAnimationFrame(() => signal.aborted || onTurn(false));
  };
  for (const event of ["pointerup", "pointercancel"] as const)
    frame.addEventListener(event, end, { signal, capture: true });
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
