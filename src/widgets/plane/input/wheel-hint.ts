const KEY = Symbol.for("layerscope.wheel-hints");
const MOST_A_PAGE = 2;
const SHOWN_MS = 1500;

/**
 * A line that says how to zoom, for a wheel that passed over the map; twice a page and no more. The count lives on the
 * page: several maps, from several copies of the code, share it.
 */
export class WheelHint {
  readonly #element: HTMLElement;
  #isShown = false;

  constructor(
    surface: HTMLElement,
    private readonly signal: AbortSignal,
  ) {
    const page = surface.ownerDocument;
    const key = /mac|iphone|ipad/i.test(page.defaultView?.navigator.userAgent ?? "") ? "⌘" : "Ctrl";
    this.#element = page.createElement("div");
    this.#element.className = "ls-plot-hint";
    this.#element.textContent = `${key} + wheel zooms`;
    this.#element.hidden = true;
    surface.append(this.#element);
  }

  show(): void {
    const page = globalThis as { [KEY]?: number };
    const shown = page[KEY] ?? 0;
    if (this.#isShown || shown >= MOST_A_PAGE || this.signal.aborted) return;
    page[KEY] = shown + 1;
    this.#isShown = true;
    this.#element.hidden = false;
    const timer = setTimeout(() => this.#hide(), SHOWN_MS);
    this.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }

  #hide(): void {
    this.#isShown = false;
    this.#element.hidden = true;
  }
}
