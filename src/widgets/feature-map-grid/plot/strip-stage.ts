import { type GridLayout, HEAD } from "./grid-layout.ts";

/** CSS px that a strip is high, about. */
const STRIP = 256;
/** CSS px beyond what is seen that is drawn as well, so that scrolling finds it there. */
const AHEAD = 320;
/** ms of a frame that drawing may take. */
const BUDGET = 8;

/** What a stage draws. */
export interface StageScene {
  readonly layout: GridLayout;
  /** Draw a picture, and what stands under it, its corner at `x`, `y` of the canvas; `scale` canvas px to a CSS px. */
  draw(
    context: CanvasRenderingContext2D,
    at: { readonly layer: number; readonly place: number; readonly input: number },
    x: number,
    y: number,
    scale: number,
  ): void;
}

export interface StripStage {
  /** Draw something else, or the same anew; null: nothing. */
  show(scene: StageScene | null): void;
  /** Nothing that is in view waits to be drawn. */
  readonly isDrawn: boolean;
}

interface Strip {
  readonly canvas: HTMLCanvasElement;
  readonly layer: number;
  readonly first: number;
  readonly last: number;
  /** The next picture to draw: places × inputs. */
  next: number;
}

/**
 * Canvases of a few rows each in `content`, which `scroller` scrolls: those alone that are in view or soon will be, each
 * drawn picture after picture and never longer at a time than a frame has room for. Ten thousand channels cost what a
 * screenful does.
 */
export function stripStage(scroller: HTMLElement, content: HTMLElement, signal: AbortSignal): StripStage {
  const strips = new Map<string, Strip>();
  let scene: StageScene | null = null;
  let frame = 0;
  let scale = 1;

  const drop = (): void => {
    for (const { canvas } of strips.values()) canvas.remove();
    strips.clear();
  };
  const follow = (): void => {
    if (!scene) return;
    const ratio = globalThis.devicePixelRatio || 1;
    if (ratio !== scale) drop();
    scale = ratio;
    const wanted = new Map(
      stripsIn(scene.layout, scroller.scrollTop, scroller.clientHeight).map((one) => [one.key, one]),
    );
    for (const [key, { canvas }] of strips) {
      if (wanted.has(key)) continue;
      canvas.remove();
      strips.delete(key);
    }
    for (const [key, place] of wanted)
      if (!strips.has(key)) strips.set(key, makeStrip(scene.layout, place, content, scale));
    work();
  };
  const work = (): void => {
    if (frame === 0 && waiting().length > 0) frame = requestAnimationFrame(draw);
  };
  /** Those in view come first. */
  const waiting = (): readonly Strip[] => {
    const middle = scroller.scrollTop + scroller.clientHeight / 2;
    const distance = ({ canvas }: Strip) => Math.abs(canvas.offsetTop + canvas.offsetHeight / 2 - middle);
    const inputs = scene?.layout.inputs ?? 1;
    return [...strips.values()]
      .filter(({ next, first, last }) => next < (last - first) * inputs)
      .sort((a, b) => distance(a) - distance(b));
  };
  const draw = (): void => {
    frame = 0;
    const end = performance.now() + BUDGET;
    for (const strip of waiting()) {
      while (scene && drawNext(scene, strip, scale)) if (performance.now() > end) break;
      if (performance.now() > end) break;
    }
    work();
  };

  scroller.addEventListener("scroll", follow, { signal, passive: true });
  const observer = new ResizeObserver(follow);
  observer.observe(scroller);
  signal.addEventListener(
    "abort",
    () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      drop();
    },
    { once: true },
  );

  return {
    show(next) {
      const isSame = next !== null && scene !== null && isSameGeometry(scene.layout, next.layout);
      scene = next;
      if (!isSame) drop();
      for (const strip of strips.values()) strip.next = 0;
      content.style.height = `${next?.layout.height ?? 0}px`;
      follow();
    },
    get isDrawn() {
      return waiting().length === 0;
    },
  };
}

interface StripPlace {
  readonly key: string;
  readonly layer: number;
  /** Places, the last not among them. */
  readonly first: number;
  readonly last: number;
  readonly top: number;
  readonly height: number;
}

/** The strips that are in view, or soon will be. */
function stripsIn(layout: GridLayout, scrolled: number, room: number): readonly StripPlace[] {
  const rows = Math.max(1, Math.floor(STRIP / layout.pitch.y));
  const [from, to] = [scrolled - AHEAD, scrolled + room + AHEAD];
  return layout.sections.flatMap((section, layer) => {
    if (section.top > to || section.top + section.height < from) return [];
    const found: StripPlace[] = [];
    for (let row = 0; row < section.rows; row += rows) {
      const end = Math.min(section.rows, row + rows);
      const top = section.top + HEAD + row * layout.pitch.y;
      const height = (end - row) * layout.pitch.y;
      if (top > to || top + height < from) continue;
      const last = Math.min(section.count, end * layout.across);
      found.push({ key: `${layer} ${row}`, layer, first: row * layout.across, last, top, height });
    }
    return found;
  });
}

function makeStrip(layout: GridLayout, place: StripPlace, content: HTMLElement, scale: number): Strip {
  const canvas = content.ownerDocument.createElement("canvas");
  canvas.className = "ls-map-strip";
  canvas.setAttribute("aria-hidden", "true");
  canvas.width = Math.ceil(layout.width * scale);
  canvas.height = Math.ceil(place.height * scale);
  canvas.style.top = `${place.top}px`;
  canvas.style.width = `${canvas.width / scale}px`;
  canvas.style.height = `${canvas.height / scale}px`;
  content.append(canvas);
  const { layer, first, last } = place;
  return { canvas, layer, first, last, next: 0 };
}

/** Whether there was one to draw. */
function drawNext(scene: StageScene, strip: Strip, scale: number): boolean {
  const { layout } = scene;
  const { across, inputs, cell, pitch } = layout;
  const { layer, first, last, next, canvas } = strip;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const [at, input] = [Math.floor(next / inputs), next % inputs];
  if (!context || first + at >= last) return false;
  strip.next++;
  const row = Math.floor(at / across);
  const x = Math.round(((at - row * across) * pitch.x + input * cell) * scale);
  const y = Math.round(row * pitch.y * scale);
  scene.draw(context, { layer, place: first + at, input }, x, y, scale);
  return true;
}

function isSameGeometry(a: GridLayout, b: GridLayout): boolean {
  return (
    a.width === b.width &&
    a.cell === b.cell &&
    a.across === b.across &&
    a.inputs === b.inputs &&
    a.sections.length === b.sections.length &&
    a.sections.every(({ top, count }, at) => top === b.sections[at]?.top && count === b.sections[at]?.count)
  );
}
