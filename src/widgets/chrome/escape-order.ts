/** What Esc does first: close what lies on top, then clear the selection, then leave full screen. */
const ORDER = ["menu", "panel", "clear", "leave"] as const;

export type EscapeStep = (typeof ORDER)[number];

/** Handlers that answer whether they had anything to do; the first that had ends the key press. */
export class EscapeOrder {
  readonly #steps = new Map<EscapeStep, Set<() => boolean>>(ORDER.map((step) => [step, new Set()]));

  on(step: EscapeStep, handler: () => boolean, signal: AbortSignal): void {
    this.#steps.get(step)?.add(handler);
    signal.addEventListener("abort", () => this.#steps.get(step)?.delete(handler), { once: true });
  }

  /** Whether anybody had anything to do; the latest handler of a step is asked first. */
  press(): boolean {
    return ORDER.some((step) => [...(this.#steps.get(step) ?? [])].reverse().some((handler) => handler()));
  }
}
