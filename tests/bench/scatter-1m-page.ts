import createScatterplot from "regl-scatterplot";
import { pageClient } from "../../src/compute/runtime/page-client.ts";
import { countRows } from "../../src/compute/selection/row-mask.ts";
import { classColors } from "../../src/widgets/theme/palette.ts";
import { createPlot } from "../../src/widgets/umap-scatter/plot/create-plot.ts";
import { makeClusters } from "../browser/plot/clusters.ts";

const ROWS = 1_000_000;
const WIDTH = 740;
const HEIGHT = 480;

/** A contender on the bench's page: what is measured, in seconds. */
export interface Contender {
  /** From data in the page to the first complete picture. */
  firstPicture(): Promise<number>;
  /** Prepare for what comes: rows can be found under the pointer. */
  ready(): Promise<void>;
  use(tool: "pan" | "lasso"): void;
  /** Places on the page of rows that the pointer may visit. */
  places(rows: readonly number[]): readonly (readonly [x: number, y: number])[];
  /** From the next move of the mouse to the picture of the moved view. */
  nextPan(): Promise<number>;
  /** From the next move of the mouse to the picture with the mark under it ringed. */
  nextHover(): Promise<number>;
  /** From the next release of the button to the rows inside. */
  nextLasso(): Promise<{ readonly seconds: number; readonly rows: number }>;
  /** Resolves once the canvas shows all that was asked for. */
  idle(): Promise<void>;
}

declare global {
  interface Window {
    contenders: Record<"layerscope" | "regl-scatterplot", () => Contender>;
  }
}

const clusters = makeClusters(ROWS, 10);

window.contenders = { layerscope, "regl-scatterplot": reglScatterplot };

function layerscope(): Contender {
  const body = document.createElement("div");
  body.className = "layerscope";
  body.style.cssText = `position: relative; width: ${WIDTH}px; height: ${HEIGHT}px;`;
  document.getElementById("root")?.append(body);
  let hovered: (() => void) | null = null;
  let lassoed: ((rows: number) => void) | null = null;
  let plot: ReturnType<typeof createPlot> | null = null;
  const made = () => {
    if (!plot) throw new Error("firstPicture comes first");
    return plot;
  };
  const canvases = () => [...body.querySelectorAll("canvas")];
  return {
    async firstPicture() {
      const start = performance.now();
      plot = createPlot(body, {
        signal: new AbortController().signal,
        buildIndex: (positions) => pageClient().call("indexPoints", { positions }),
        onHover(row) {
          plot?.setHovered(row);
          if (row >= 0) hovered?.();
        },
        onSelect: (mask) => lassoed?.(countRows(mask)),
        onCurrent: () => undefined,
        onUndo: () => undefined,
        onRedo: () => undefined,
        onEscape: () => false,
        onFind: () => undefined,
        onHelp: () => undefined,
        onNotice: () => undefined,
      });
      plot.setColors({ palette: classColors, codes: clusters.codes });
      plot.setPositions(clusters.positions, { settling: false });
      await plot.whenDrawn();
      awaitPixels(canvases()[0]);
      return (performance.now() - start) / 1000;
    },
    ready: () => made().whenSettled(),
    use: (tool) => made().setTool(tool),
    places(rows) {
      const { left, top } = body.getBoundingClientRect();
      return rows.map((row) => {
        const mark = made().markOf(row) ?? { x: 0, y: 0 };
        return [left + mark.x, top + mark.y] as const;
      });
    },
    async nextPan() {
      const start = await nextEvent("pointermove");
      await made().whenDrawn();
      awaitPixels(canvases()[0]);
      return (performance.now() - start) / 1000;
    },
    async nextHover() {
      const told = new Promise<void>((resolve) => {
        hovered = resolve;
      });
      const start = await nextEvent("pointermove");
      await told;
      // Asked for after the plot asked for its own: this frame's ring is drawn by then.
      await new Promise(requestAnimationFrame);
      awaitPixels(canvases()[1]);
      return (performance.now() - start) / 1000;
    },
    async nextLasso() {
      const told = new Promise<number>((resolve) => {
        lassoed = resolve;
      });
      const start = await nextEvent("pointerup", true);
      const rows = await told;
      return { seconds: (performance.now() - start) / 1000, rows };
    },
    idle: () => made().whenSettled(),
  };
}

function reglScatterplot(): Contender {
  const canvas = document.createElement("canvas");
  canvas.style.cssText = `width: ${WIDTH}px; height: ${HEIGHT}px;`;
  document.getElementById("root")?.append(canvas);
  let plot: ReturnType<typeof createScatterplot> | null = null;
  const made = () => {
    if (!plot) throw new Error("firstPicture comes first");
    return plot;
  };
  const nextDraw = () =>
    new Promise<void>((resolve) => {
      const subscription = made().subscribe("draw", () => {
        made().unsubscribe(subscription);
        resolve();
      });
    });
  return {
    async firstPicture() {
      // Its own form of data, and the range that it shows: made before the clock starts.
      const x = Array.from({ length: ROWS }, (_, row) => (clusters.positions[2 * row] ?? 0) / 10);
      const y = Array.from({ length: ROWS }, (_, row) => (clusters.positions[2 * row + 1] ?? 0) / 10);
      const z = Array.from(clusters.codes);
      const start = performance.now();
      plot = createScatterplot({
        canvas,
        width: WIDTH,
        height: HEIGHT,
        pointSize: 1.5,
        colorBy: "category",
        pointColor: [...classColors],
      });
      await plot.draw({ x, y, z }, { zDataType: "categorical" });
      awaitPixels(canvas);
      return (performance.now() - start) / 1000;
    },
    async ready() {
      awaitPixels(canvas);
    },
    use: (tool) => made().set({ mouseMode: tool === "lasso" ? "lasso" : "panZoom" }),
    places(rows) {
      const { left, top } = canvas.getBoundingClientRect();
      return rows.map((row) => {
        const [x = 0, y = 0] = made().getScreenPosition(row) ?? [];
        return [left + x, top + y] as const;
      });
    },
    async nextPan() {
      const start = await nextEvent("mousemove");
      await nextDraw();
      awaitPixels(canvas);
      return (performance.now() - start) / 1000;
    },
    async nextHover() {
      // Its hover is told and drawn by the same frame.
      const start = await nextEvent("mousemove");
      await nextDraw();
      awaitPixels(canvas);
      return (performance.now() - start) / 1000;
    },
    async nextLasso() {
      const told = new Promise<number>((resolve) => {
        const subscription = made().subscribe("select", ({ points }: { points: ArrayLike<number> }) => {
          made().unsubscribe(subscription);
          resolve(points.length);
        });
      });
      const start = await nextEvent("mouseup", true);
      const rows = await told;
      return { seconds: (performance.now() - start) / 1000, rows };
    },
    async idle() {
      await new Promise(requestAnimationFrame);
      awaitPixels(canvas);
    },
  };
}

/** When the next such event came from the system; resolves after (or with `first`, before) the contender heard it. */
function nextEvent(name: "pointermove" | "pointerup" | "mousemove" | "mouseup", first = false): Promise<number> {
  return new Promise((resolve) => {
    window.addEventListener(name, (event) => resolve(event.timeStamp), { once: true, capture: first });
  });
}

/** Reading one pixel waits until everything drawn before is there. */
function awaitPixels(canvas: HTMLCanvasElement | undefined): void {
  canvas?.getContext("2d")?.getImageData(0, 0, 1, 1);
}
