import { type SelectionMode, selectionModeOf } from "../../chrome/selection-mode.ts";
import type { Corner, GestureTarget } from "./gesture-target.ts";
import { pinchBetween } from "./pinch.ts";

/** A press that moves less than this is a click, CSS pixels. */
const SLOP = 4;
/** A lasso gets a corner this often, CSS pixels. */
const CORNER_EVERY = 2;

type Drag =
  | { readonly kind: "press"; readonly start: Corner; readonly mode: SelectionMode; readonly pans: boolean }
  | { readonly kind: "pan"; last: Corner }
  | { readonly kind: "select"; readonly start: Corner; corners: Corner[]; readonly mode: SelectionMode };

/** Mouse, pen and fingers on the surface: clicks, selecting drags, moving, pinching, hovering. */
export class PointerGestures {
  /** While Space is held every drag moves the view. */
  isSpaceHeld = false;
  readonly #touches = new Map<number, Corner>();
  #drag: Drag | null = null;
  #isTapped = false;

  constructor(
    private readonly surface: HTMLElement,
    private readonly target: GestureTarget,
    signal: AbortSignal,
  ) {
    const listen = <Name extends keyof HTMLElementEventMap>(
      name: Name,
      listener: (event: HTMLElementEventMap[Name]) => void,
    ) => surface.addEventListener(name, listener, { signal, passive: false });
    listen("pointerdown", (event) => this.#down(event));
    listen("pointermove", (event) => this.#move(event));
    listen("pointerup", (event) => this.#up(event));
    listen("pointercancel", (event) => this.#cancelled(event));
    listen("pointerleave", () => this.#drag === null && target.leave());
    listen("dblclick", () => target.fit());
    listen("mousedown", (event) => {
      // JupyterLab would extend its selection of cells; the middle button would scroll the page.
      if (event.shiftKey) event.stopPropagation();
      if (event.button === 1) event.preventDefault();
    });
    // Two fingers are ours even before the body was tapped; one finger is the page's until then.
    listen("touchstart", (event) => event.touches.length > 1 && event.preventDefault());
    // On a Mac Ctrl and a click, which subtract here, would open a menu.
    listen("contextmenu", (event) => event.ctrlKey && event.preventDefault());
    this.showCursor();
    this.setTapped(false);
  }

  get isDragging(): boolean {
    return this.#drag !== null;
  }

  /** Give up the drag under way without an effect. */
  giveUp(): void {
    this.#drag = null;
    this.target.outline([]);
    this.showCursor();
  }

  /** One finger scrolls the page until the body was tapped. */
  setTapped(isTapped: boolean): void {
    this.#isTapped = isTapped;
    this.surface.style.touchAction = isTapped ? "none" : "pan-x pan-y";
  }

  showCursor(): void {
    const isPanning = this.#drag?.kind === "pan";
    const pans = this.isSpaceHeld || this.target.tool === "pan";
    this.surface.style.cursor = isPanning ? "grabbing" : pans ? "grab" : "crosshair";
  }

  #down(event: PointerEvent): void {
    const place = this.#placeOf(event);
    if (event.pointerType === "touch") {
      this.#touches.set(event.pointerId, place);
      if (this.#touches.size > 1) {
        this.giveUp();
        return;
      }
    } else if (event.button > 1) return;
    const pans = event.button === 1 || this.isSpaceHeld || this.target.tool === "pan";
    this.#drag = { kind: "press", start: place, mode: selectionModeOf(event), pans };
    if (event.pointerType !== "touch" || this.#isTapped) this.surface.setPointerCapture(event.pointerId);
  }

  #move(event: PointerEvent): void {
    const place = this.#placeOf(event);
    const before = this.#touches.get(event.pointerId);
    if (before && this.#touches.size > 1) {
      this.#pinch(event.pointerId, before, place);
      return;
    }
    if (before) this.#touches.set(event.pointerId, place);
    const drag = this.#drag;
    if (!drag) {
      if (event.pointerType !== "touch") this.target.hoverAt(...place);
    } else if (drag.kind === "press") {
      if (distance(drag.start, place) >= SLOP) this.#begin(drag, place, event.pointerType === "touch");
    } else if (drag.kind === "pan") {
      this.target.panBy(place[0] - drag.last[0], place[1] - drag.last[1]);
      drag.last = place;
    } else this.#extend(drag, event);
  }

  #begin({ start, mode, pans }: Drag & { readonly kind: "press" }, place: Corner, isTouch: boolean): void {
    if (isTouch && !this.#isTapped) {
      this.giveUp();
      return;
    }
    this.target.leave();
    this.#drag = pans ? { kind: "pan", last: start } : { kind: "select", start, corners: [start], mode };
    this.showCursor();
    if (this.#drag.kind === "pan") {
      this.target.panBy(place[0] - start[0], place[1] - start[1]);
      this.#drag.last = place;
    } else this.#addCorner(this.#drag, place);
  }

  /** A fast hand moves far between two frames: the browser keeps the places in between. */
  #extend(drag: Drag & { readonly kind: "select" }, event: PointerEvent): void {
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) this.#addCorner(drag, this.#placeOf(each));
  }

  #addCorner(drag: Drag & { readonly kind: "select" }, place: Corner): void {
    const { start, corners } = drag;
    if (this.target.tool === "rectangle") drag.corners = [start, [place[0], start[1]], place, [start[0], place[1]]];
    else if (distance(corners[corners.length - 1] ?? start, place) >= CORNER_EVERY) corners.push(place);
    this.target.outline(drag.corners);
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag;
    const wasPinching = this.#touches.size > 1;
    this.#touches.delete(event.pointerId);
    if (wasPinching || !drag) return;
    this.#drag = null;
    this.showCursor();
    if (drag.kind === "press" && event.button === 0) {
      if (event.pointerType === "touch") this.setTapped(true);
      this.target.clickAt(...drag.start, drag.mode);
    } else if (drag.kind === "select") {
      this.target.outline([]);
      this.target.select(drag.corners, drag.mode);
    }
  }

  #cancelled(event: PointerEvent): void {
    this.#touches.delete(event.pointerId);
    this.giveUp();
  }

  #pinch(id: number, before: Corner, now: Corner): void {
    const other = [...this.#touches].find(([touch]) => touch !== id)?.[1];
    this.#touches.set(id, now);
    if (!other) return;
    const { factor, middle, moved } = pinchBetween(before, now, other);
    this.target.panBy(...moved);
    this.target.zoomBy(factor, ...middle);
  }

  #placeOf(event: MouseEvent): Corner {
    const { left, top } = this.surface.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }
}

function distance(a: Corner, b: Corner): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
