import { installStyles } from "../theme/install-styles.ts";
import styles from "./plane.css";

/** The elements that a plot puts into its body, beneath whatever else is there. */
export interface Surface {
  readonly element: HTMLElement;
  readonly points: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
}

export function buildSurface(body: HTMLElement, signal: AbortSignal): Surface {
  const page = body.ownerDocument;
  const element = page.createElement("div");
  element.className = "ls-plane";
  const points = page.createElement("canvas");
  const overlay = page.createElement("canvas");
  for (const canvas of [points, overlay]) canvas.setAttribute("aria-hidden", "true");
  element.append(points, overlay);
  if (!body.hasAttribute("tabindex")) body.tabIndex = 0;
  if (!body.hasAttribute("role")) body.setAttribute("role", "application");
  body.prepend(element);
  installStyles(body, "plane", styles);
  signal.addEventListener("abort", () => element.remove(), { once: true });
  return { element, points, overlay };
}

/**
 * Tell the size of an element, never before it has one: a hidden tab's widget is 0 pixels wide. A change of the
 * device's pixel ratio (another zoom, another screen) is told as well.
 *
 * @returns Tells the size at once, for who can't wait until the browser does.
 */
export function watchSize(
  element: HTMLElement,
  onSize: (width: number, height: number) => void,
  signal: AbortSignal,
): () => void {
  const tell = () => {
    const { clientWidth, clientHeight } = element;
    if (clientWidth > 0 && clientHeight > 0) onSize(clientWidth, clientHeight);
  };
  const observer = new ResizeObserver(tell);
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  watchPixelRatio(element.ownerDocument.defaultView, tell, signal);
  return tell;
}

function watchPixelRatio(window: Window | null, onChange: () => void, signal: AbortSignal): void {
  if (!window || signal.aborted) return;
  const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  query.addEventListener(
    "change",
    () => {
      onChange();
      watchPixelRatio(window, onChange, signal);
    },
    { once: true, signal },
  );
}
