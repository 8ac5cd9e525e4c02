import { buildElement } from "./build-element.ts";

const SMALLEST = 160;
const LARGEST = 2000;
const STEP = 16;
const PAGE = 96;

/**
 * The 6 px strip under a body that drags its height; arrows and Page keys do the same, a double click gives the
 * height back to the layout. The height stands in `--ls-height` of `frame`, null when the layout decides.
 */
export function resizeHandle(frame: HTMLElement, body: HTMLElement, signal: AbortSignal): HTMLElement {
  const handle = buildElement("div", {
    class: "ls-resize",
    attributes: {
      role: "separator",
      "aria-orientation": "horizontal",
      "aria-label": "Height",
      "aria-valuemin": String(SMALLEST),
      "aria-valuemax": String(LARGEST),
      tabindex: "0",
    },
  });
  const setHeight = (height: number | null): void => {
    const kept = height === null ? null : Math.round(Math.min(LARGEST, Math.max(SMALLEST, height)));
    if (kept === null) frame.style.removeProperty("--ls-height");
    else frame.style.setProperty("--ls-height", `${kept}px`);
    handle.setAttribute("aria-valuenow", String(kept ?? Math.round(body.clientHeight)));
  };
  handle.addEventListener("focus", () => handle.setAttribute("aria-valuenow", String(Math.round(body.clientHeight))), {
    signal,
  });
  handle.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      const drag = new AbortController();
      const from = event.clientY - body.clientHeight;
      handle.addEventListener("pointermove", (move) => setHeight(move.clientY - from), { signal: drag.signal });
      for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
        handle.addEventListener(end, () => drag.abort(), { signal: drag.signal });
    },
    { signal },
  );
  handle.addEventListener("dblclick", () => setHeight(null), { signal });
  handle.addEventListener(
    "keydown",
    (event) => {
      const by = { ArrowUp: -STEP, ArrowDown: STEP, PageUp: -PAGE, PageDown: PAGE }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setHeight(body.clientHeight + by);
    },
    { signal },
  );
  return handle;
}
