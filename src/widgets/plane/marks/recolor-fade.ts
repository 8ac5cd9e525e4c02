/** What is selected turns coloured and grey in so many ms. */
const FADE_MS = 120;

/**
 * Cross-fades from the picture that was on a canvas to the one that takes its place. The old one is copied once onto a
 * canvas above, and the compositor does the rest: as cheap for a million marks as for ten. The two are added up in
 * proportion, so what looks the same before and after does not flicker.
 */
export class RecolorFade {
  readonly #old: HTMLCanvasElement;
  #running: readonly Animation[] = [];

  /** @param canvas Where both pictures are drawn; its parent must be positioned and isolated. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly isMotionReduced: () => boolean,
    signal: AbortSignal,
  ) {
    this.#old = canvas.ownerDocument.createElement("canvas");
    this.#old.className = "ls-plot-fading";
    this.#old.setAttribute("aria-hidden", "true");
    signal.addEventListener("abort", () => this.end(), { once: true });
  }

  /** Call before the canvas is drawn anew. */
  begin(): void {
    this.end();
    const { width, height } = this.canvas;
    if (width === 0 || height === 0 || this.isMotionReduced()) return;
    this.#old.width = width;
    this.#old.height = height;
    this.#old.getContext("2d")?.drawImage(this.canvas, 0, 0);
    this.canvas.after(this.#old);
    this.#running = [
      this.canvas.animate({ opacity: [0, 1] }, FADE_MS),
      this.#old.animate({ opacity: [1, 0] }, { duration: FADE_MS, fill: "forwards" }),
    ];
    for (const animation of this.#running) animation.onfinish = () => this.end();
  }

  /** Show the new picture alone, at once. */
  end(): void {
    for (const animation of this.#running) animation.cancel();
    this.#running = [];
    this.#old.remove();
    // Browsers free the memory of a canvas late unless it is emptied.
    this.#old.width = this.#old.height = 0;
  }
}
