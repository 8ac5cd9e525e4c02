import type { GestureTarget } from "./gesture-target.ts";

/** Pixels of wheel that make everything twice as large. */
const DOUBLING = 480;
const MOST_AN_EVENT = 1.25;
const LINE = 16;
const PAGE = 400;

/**
 * Ctrl or ⌘ and the wheel (a pinch on a touch pad arrives as that) zooms about the pointer, the plain wheel in full
 * screen too; otherwise it scrolls the page.
 *
 * @param onPlainWheel Told of a wheel that went on to the page.
 */
export function listenWheel(
  surface: HTMLElement,
  target: GestureTarget,
  onPlainWheel: () => void,
  signal: AbortSignal,
): void {
  surface.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey && !target.isFullScreen) return onPlainWheel();
      event.preventDefault();
      // VS Code scrolls its notebook unless the event stays here.
      event.stopPropagation();
      const { left, top } = surface.getBoundingClientRect();
      target.zoomBy(wheelFactor(event), event.clientX - left, event.clientY - top);
    },
    { signal, passive: false },
  );
}

/** How much closer one wheel event brings the map, 1 / 1.25 to 1.25. */
export function wheelFactor({ deltaY, deltaMode }: Pick<WheelEvent, "deltaY" | "deltaMode">): number {
  const pixels = deltaY * (deltaMode === 1 ? LINE : deltaMode === 2 ? PAGE : 1);
  return Math.min(MOST_AN_EVENT, Math.max(1 / MOST_AN_EVENT, 2 ** (-pixels / DOUBLING)));
}
