import { buildElement } from "../../chrome/build-element.ts";
import { isPlain, listenKeys } from "../../chrome/listen-keys.ts";

/** Of the width, a press of an arrow key. */
const KEY_STEP = 0.05;

export interface SlidingEdge {
  readonly element: HTMLElement;
  /** Where it stands, a share of the width. */
  set(share: number): void;
}

/** The edge between a picture, at its left, and its map: dragged, or moved by the arrow keys. */
export function slidingEdge(onMove: (share: number) => void, signal: AbortSignal): SlidingEdge {
  const element = buildElement("div", {
    class: "ls-edge",
    attributes: {
      role: "slider",
      tabindex: "0",
      "aria-label": "Edge between the picture and its map",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
    },
  });
  let share = 0.5;
  const set = (to: number): void => {
    share = Math.min(1, Math.max(0, to));
    element.style.left = `${100 * share}%`;
    const percent = Math.round(100 * share);
    element.setAttribute("aria-valuenow", String(percent));
    element.setAttribute("aria-valuetext", `${percent} % of the width is the picture alone`);
  };
  const move = (to: number): void => {
    set(to);
    onMove(share);
  };
  const shareAt = (event: PointerEvent): number => {
    const { left, width } = (element.parentElement ?? element).getBoundingClientRect();
    return (event.clientX - left) / width;
  };
  element.addEventListener(
    "pointerdown",
    (event) => {
      event.preventDefault();
      element.focus();
      element.setPointerCapture(event.pointerId);
      move(shareAt(event));
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      if (element.hasPointerCapture(event.pointerId)) move(shareAt(event));
    },
    { signal },
  );
  listenKeys(
    element,
    (event) => {
      const to = { ArrowLeft: share - KEY_STEP, ArrowRight: share + KEY_STEP, Home: 0, End: 1 }[event.key];
      if (to === undefined || !isPlain(event)) return false;
      move(to);
      return true;
    },
    signal,
  );
  set(share);
  return { element, set };
}
